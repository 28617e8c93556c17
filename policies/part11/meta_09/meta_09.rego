# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No long irreversible lock outside production
# description: |-
#   A COMPLIANCE lock of years on test data cannot be undone by anybody and is paid for until it ends. Qualification
#   locks for one day, development not at all or one day in GOVERNANCE mode.
# custom:
#   id: META-09
#   severity: medium
#   clauses: ["11.10(c)"]
#   annex11: ["1"]
#   alcoa: [available]
#   requirements: [URS-010]
#   resources: [aws_s3_bucket_object_lock_configuration]
#   attributes:
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.mode}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#   environments: [qualification, development]
#   failure_msg: "{address} locks objects for longer than this environment may ({attribute} is {actual}); nobody can undo it."
#   fix: "Lock for one day (COMPLIANCE in qualification, GOVERNANCE in development), or judge the plan as production."
#   verified_by: [IQ]
package part11.meta_09

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope

answers contains answer.failed(address, "rule.default_retention.years", "not set", attribute.shown(years)) if {
	some address in _locks
	years := attribute.read(input.resources[address], ["rule", 0, "default_retention", 0, "years"])
	years.status == "known"
}

answers contains answer.unknown(address, "rule.default_retention.years", "not set", attribute.shown(years)) if {
	some address in _locks
	years := attribute.read(input.resources[address], ["rule", 0, "default_retention", 0, "years"])
	years.status == "unknown"
}

answers contains answer.of(address, "rule.default_retention.days", days, short, expected) if {
	some address in _locks
	attribute.read(input.resources[address], ["rule", 0, "default_retention", 0, "years"]).status == "not_set"
	days := attribute.read(input.resources[address], ["rule", 0, "default_retention", 0, "days"])
	days.status != "not_set"
	expected := $"<= {_longest} days"
	short := {1 | days.value <= _longest}
}

# Nothing to lift by hand, and nothing that needs a waiting day, where development throws buckets away.
answers contains answer.of(address, "rule.default_retention.mode", mode, liftable, "GOVERNANCE or not set") if {
	input.settings.environment == "development"
	some address in _locks
	mode := attribute.read(input.resources[address], ["rule", 0, "default_retention", 0, "mode"])
	mode.status != "not_set"
	liftable := {1 | mode.value == "GOVERNANCE"}
}

answers contains answer.passed(address, "rule.default_retention.days", "<= 1 days", "not set") if {
	some address in _locks
	bucket.lock_days(input.resources[address]).status == "not_set"
}

not_applicable := scope.reason(rego.metadata.chain(), "Object Lock configuration") if count(_locks) == 0

_locks := scope.existing(rego.metadata.chain(), "aws_s3_bucket_object_lock_configuration")

_longest := data.part11_data.thresholds.non_production_lock_days
