# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Which KMS key an attribute names
# description: |-
#   A key is one's own when the attribute refers to a customer managed key of the plan, or holds the literal id or ARN of
#   one. An alias of the form alias/aws/… is AWS's own key: nobody can restrict or audit its policy. Services encrypt with
#   symmetric keys that are enabled, and imported material that expires takes the data with it (KMS developer guide, Special
#   purpose keys, Imported key material). A control that reads this lists customer_master_key_spec, key_usage and is_enabled of
#   aws_kms_key, enabled and valid_to of aws_kms_external_key, enabled of aws_kms_replica_key, target_key_id of aws_kms_alias.
package lib.key

import data.lib.attribute
import data.lib.bucket
import data.lib.resource

# {"status": "pass" | "fail" | "unknown", "actual": short text}
own(of, path) := {"status": "fail", "actual": "not set"} if {
	attribute.read(of, path).status == "not_set"
} else := {"status": "fail", "actual": attribute.shown(reading)} if {
	reading := attribute.read(of, path)
	reading.status == "known"
	not _names_own(reading)
} else := _unfit(flaws) if {
	flaws := {_flaws[one] | some address in _referred_keys(of, path); some one in _behind_alias(address)}
	count(flaws) > 0
} else := {"status": "pass", "actual": attribute.shown(attribute.read(of, path))} if {
	attribute.read(of, path).status == "known"
} else := {"status": "pass", "actual": concat(", ", sort(keys))} if {
	keys := _referred_keys(of, path)
	count(keys) > 0
} else := {"status": "unknown", "actual": "known after apply"}

# What tells one key from another: addresses of the plan, whatever name is used for them, else the literal text. Empty when
# it cannot be told.
identities(of, path) := keys if {
	keys := {key |
		some address in _referred_keys(of, path)
		some key in _behind_alias(address)
	}
	count(keys) > 0
} else := {value} if {
	value := attribute.read(of, path).value
	is_string(value)
} else := set()

# Keys that encrypt a bucket by default.
of_bucket(address) := {key |
	some part in bucket.parts(address, "aws_s3_bucket_server_side_encryption_configuration")
	some i in attribute.blocks(input.resources[part], ["rule"])
	some key in identities(input.resources[part], master_key_path(i))
}

master_key_path(i) := ["rule", i, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]

# Sets and objects come in another order in wasm: of flaws of the same weight the first by its text.
_unfit(flaws) := min({flaw | some flaw in flaws; flaw.status == "fail"}) if {
	"fail" in {flaw.status | some flaw in flaws}
} else := min(flaws)

# Key -> why no service can encrypt with it for long.
_flaws[one] := _unfit(flaws) if {
	some type, wanted in _serving
	some one in resource.existing(type)
	flaws := {flaw | some name, value in wanted; flaw := _flaw(one, name, value)}
	count(flaws) > 0
}

_flaw(one, name, value) := {"status": "unknown", "actual": $"{name} of {one} known after apply"} if {
	attribute.read(input.resources[one], [name]).status == "unknown"
} else := {"status": "fail", "actual": $"{name} of {one} is {reading.value}"} if {
	reading := attribute.read(input.resources[one], [name])
	reading.status == "known"
	reading.value != value
}

_serving := {
	"aws_kms_external_key": {"enabled": true, "valid_to": ""},
	"aws_kms_key": {"customer_master_key_spec": "SYMMETRIC_DEFAULT", "is_enabled": true, "key_usage": "ENCRYPT_DECRYPT"},
	"aws_kms_replica_key": {"enabled": true},
}

_names_own(reading) if {
	attribute.is_text(reading)
	not contains(reading.value, "alias/aws/")
}

_referred_keys(of, path) := {address |
	some address in (resource.referred(of, attribute.dotted(path)) | resource.possibly_referred(of, attribute.dotted(path)))
	input.resources[address].type in _key_types
}

_behind_alias(address) := resource.referred(input.resources[address], "target_key_id") if {
	input.resources[address].type == "aws_kms_alias"
} else := {address}

_key_types := {"aws_kms_key", "aws_kms_alias", "aws_kms_external_key", "aws_kms_replica_key"}
