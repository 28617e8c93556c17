# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The configuration recorder watches every resource type
# description: |-
#   A change made beside the code shows only where something records it: a recorder of all supported types, global ones
#   included, that is switched on. A recorder that nobody starts records nothing.
# custom:
#   id: P11-10a-08
#   severity: high
#   clauses: ["11.10(a)", "11.10(k)"]
#   annex11: ["10", "11"]
#   alcoa: [complete, consistent]
#   requirements: [URS-021, URS-036]
#   resources: [aws_config_configuration_recorder, aws_config_configuration_recorder_status]
#   attributes:
#     - {type: aws_config_configuration_recorder, path: name}
#     - {type: aws_config_configuration_recorder, path: recording_group.all_supported}
#     - {type: aws_config_configuration_recorder, path: recording_group.include_global_resource_types}
#     - {type: aws_config_configuration_recorder_status, path: is_enabled}
#     - {type: aws_config_configuration_recorder_status, path: name}
#   environments: [production, qualification]
#   failure_msg: "A change beside the code may go unnoticed: {attribute} of {address} is {actual}."
#   fix: "Add an aws_config_configuration_recorder with recording_group.all_supported and include_global_resource_types true, and an aws_config_configuration_recorder_status with is_enabled true."
#   verified_by: [IQ]
package part11.p11_10a_08

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains answer.exact(recorder, $"recording_group.{flag}", reading, true) if {
	some recorder in _recorders
	some flag in ["all_supported", "include_global_resource_types"]
	reading := attribute.read(input.resources[recorder], ["recording_group", 0, flag])
}

answers contains answer.exact(status, "is_enabled", reading, true) if {
	some recorder in _recorders
	some status in object.get(_statuses, recorder, set())
	reading := attribute.read(input.resources[status], ["is_enabled"])
}

answers contains answer.failed(recorder, "is_enabled", "true", "not set") if {
	some recorder in _recorders
	not _statuses[recorder]
}

answers contains answer.failed("plan", "recording_group.all_supported", "true", "no recorder") if {
	scope.applies(rego.metadata.chain())
	count(_recorders) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "configuration recorder") if not scope.applies(rego.metadata.chain())

_recorders := scope.existing(rego.metadata.chain(), "aws_config_configuration_recorder")

# By reference, or by the literal name, which an account has once in each region.
_statuses[recorder] contains status if {
	some status in resource.existing("aws_config_configuration_recorder_status")
	some recorder in resource.referred(input.resources[status], "name")
}

_statuses[recorder] contains status if {
	some status in resource.existing("aws_config_configuration_recorder_status")
	some recorder in object.get(_by_name, _named(input.resources[status]), set())
}

_by_name[_named(input.resources[recorder])] contains recorder if some recorder in _recorders

_named(of) := $"{of.provider} {of.values.name}"
