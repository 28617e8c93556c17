# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Signatures are made with an asymmetric key
# description: |-
#   What a private key signed, anybody can verify without being able to sign, for ever and without AWS. A key signs when a
#   statement names kms:Sign for it, when its usage is SIGN_VERIFY, or by the tag Part11Role = sign. Such keys cannot
#   rotate, so P11-30-03 lets them be. A signature store (a table or bucket with the tag Part11Role = signature) without
#   any such key fails.
# custom:
#   id: P11-70-01
#   severity: critical
#   clauses: ["11.70"]
#   annex11: ["14"]
#   alcoa: [attributable, original]
#   requirements: [URS-030]
#   resources: [aws_kms_key, aws_dynamodb_table, aws_s3_bucket]
#   attributes:
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key, path: tags}
#     - {type: aws_kms_key, path: tags_all}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#   environments: [production, qualification, development]
#   failure_msg: "Signatures are not made with an asymmetric key of sufficient strength: {attribute} is {actual}."
#   fix: Set key_usage = "SIGN_VERIFY" and customer_master_key_spec to ECC_NIST_P256, ECC_NIST_P384, RSA_3072 or RSA_4096.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_70_01

import data.lib.answer
import data.lib.attribute
import data.lib.key
import data.lib.scope
import data.lib.table

answers contains answer.exact(address, "key_usage", reading, "SIGN_VERIFY") if {
	some address in key.signing
	reading := attribute.read(input.resources[address], ["key_usage"])
}

answers contains answer.one_of(address, "customer_master_key_spec", reading, _specs) if {
	some address in key.signing
	reading := attribute.read(input.resources[address], ["customer_master_key_spec"])
}

answers contains answer.failed("plan", "key_usage", "SIGN_VERIFY", "no signing key") if {
	count(key.signing) == 0
	count(_stores) > 0
}

not_applicable := scope.reason(rego.metadata.chain(), "signing key or signature store") if {
	count(key.signing) + count(_stores) == 0
}

_stores := table.of_role("signature") | table.signature_buckets

_specs := ["ECC_NIST_P256", "ECC_NIST_P384", "RSA_3072", "RSA_4096"]
