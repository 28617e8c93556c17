# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Secrets are replaced every 90 days
# description: |-
#   Every secret has a rotation that replaces it after 90 days at the latest, as a number of days or as a rate; what a cron
#   expression means for the longest gap is not computed here and stays unknown.
# custom:
#   id: P11-300b-02
#   severity: medium
#   clauses: ["11.300(b)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-005]
#   resources: [aws_secretsmanager_secret, aws_secretsmanager_secret_rotation]
#   attributes:
#     - {type: aws_secretsmanager_secret, path: name}
#     - {type: aws_secretsmanager_secret_rotation, path: secret_id}
#     - {type: aws_secretsmanager_secret_rotation, path: rotation_rules.automatically_after_days}
#     - {type: aws_secretsmanager_secret_rotation, path: rotation_rules.schedule_expression}
#   environments: [production, qualification, development]
#   failure_msg: The secret is not replaced within 90 days.
#   fix: Add aws_secretsmanager_secret_rotation with automatically_after_days of 90 at most.
#   verified_by: ["none: no module brings a secret; those of vendors exist beside the stack"]
package part11.p11_300b_02

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains _judged(rotation) if {
	some secret in _secrets
	some rotation in object.get(_rotations, secret, set())
}

answers contains _unrotated(secret) if {
	some secret in _secrets
	not _rotations[secret]
}

not_applicable := scope.reason(rego.metadata.chain(), "secret") if count(_secrets) == 0

_secrets := scope.existing(rego.metadata.chain(), "aws_secretsmanager_secret")

_rotations[secret] contains rotation if {
	some rotation in resource.existing("aws_secretsmanager_secret_rotation")
	some secret in resource.referred(input.resources[rotation], "secret_id")
}

_unrotated(secret) := answer.unknown(secret, "rotation", _expected, $"perhaps by {_homeless_shown}") if {
	count(_homeless) > 0
} else := answer.failed(secret, "rotation", _expected, "no rotation")

_homeless_shown := answer.few(_homeless)

_homeless contains rotation if {
	some rotation in resource.existing("aws_secretsmanager_secret_rotation")
	of := input.resources[rotation]
	attribute.read(of, ["secret_id"]).status == "unknown"
	count(resource.referred(of, "secret_id")) == 0
}

_judged(rotation) := answer.of(rotation, _days_name, _days(rotation), matches, _expected) if {
	_days(rotation).status != "not_set"
	matches := {value | value := _days(rotation).value; value <= data.part11_data.thresholds.secret_days}
} else := answer.any_value(rotation, _schedule_name, _schedule(rotation), _expected) if {
	_rate_days(_schedule(rotation).value) <= data.part11_data.thresholds.secret_days
} else := answer.of(rotation, _schedule_name, _schedule(rotation), set(), _expected) if {
	_rate_days(_schedule(rotation).value)
} else := answer.unknown(rotation, _schedule_name, _expected, attribute.shown(_schedule(rotation))) if {
	_schedule(rotation).status != "not_set"
} else := answer.failed(rotation, _days_name, _expected, "not set")

_days(rotation) := attribute.read(input.resources[rotation], ["rotation_rules", 0, "automatically_after_days"])

_schedule(rotation) := attribute.read(input.resources[rotation], ["rotation_rules", 0, "schedule_expression"])

# rate(10 days), rate(12 hours)
_rate_days(text) := to_number(split(trim_prefix(text, "rate("), " ")[0]) if {
	regex.match(`^rate\([0-9]+ days?\)$`, text)
} else := ceil(to_number(split(trim_prefix(text, "rate("), " ")[0]) / 24) if {
	regex.match(`^rate\([0-9]+ hours?\)$`, text)
}

_days_name := "rotation_rules.automatically_after_days"

_schedule_name := "rotation_rules.schedule_expression"

_expected := $"a rotation after {data.part11_data.thresholds.secret_days} days at most"
