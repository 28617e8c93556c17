# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Which KMS key an attribute names
# description: |-
#   A key is one's own when the attribute refers to a customer managed key of the plan, or holds the literal id or ARN of
#   one. An alias of the form alias/aws/… is AWS's own key: nobody can restrict or audit its policy.
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
