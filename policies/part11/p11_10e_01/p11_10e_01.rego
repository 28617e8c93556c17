# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: A multi-region trail records who did what
# description: |-
#   One trail at least is switched on, covers all regions and the global services, and records all management
#   events. Data event selectors replace the default: a trail that asks for data events only records no management
#   event. Further trails may do less.
# custom:
#   id: P11-10e-01
#   severity: critical
#   clauses: ["11.10(e)"]
#   annex11: ["9", "12.4"]
#   alcoa: [attributable, contemporaneous, complete]
#   requirements: [URS-016]
#   resources: [aws_cloudtrail]
#   attributes:
#     - {type: aws_cloudtrail, path: is_multi_region_trail}
#     - {type: aws_cloudtrail, path: enable_logging}
#     - {type: aws_cloudtrail, path: include_global_service_events}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.field}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.equals}
#     - {type: aws_cloudtrail, path: event_selector.include_management_events}
#     - {type: aws_cloudtrail, path: event_selector.read_write_type}
#     - {type: aws_cloudtrail, path: event_selector.exclude_management_event_sources}
#   environments: [production, qualification, development]
#   failure_msg: No trail records the management events of all regions.
#   fix: Add an aws_cloudtrail with is_multi_region_trail, enable_logging and include_global_service_events true and a selector for all management events.
#   verified_by: [IQ, OQ-trail-stop, OQ-trail-delete]
package part11.p11_10e_01

import data.lib.answer
import data.lib.attribute
import data.lib.trail

answers contains found if {
	some address in _judged
	some found in _answers(address)
}

answers contains answer.failed("plan", "is_multi_region_trail", "a multi-region trail that logs", "no aws_cloudtrail in the plan") if {
	count(trail.existing) == 0
}

# Where one trail does all of it, the others may do less.
_judged := _complete if {
	count(_complete) > 0
} else := trail.existing

_complete := [address |
	some address in trail.existing
	every found in _answers(address) {
		found.status == "pass"
	}
]

_answers(address) := {answer.exact(address, name, attribute.read(input.resources[address], [name]), true) |
	some name in ["enable_logging", "include_global_service_events", "is_multi_region_trail"]
} | {answer.exact(address, "advanced_event_selector.field_selector.equals", trail.management(address), "all")}
