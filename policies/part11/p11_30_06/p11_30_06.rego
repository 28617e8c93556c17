# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Queues, topics, tables, logs and secrets have their own key
# description: |-
#   What passes through or beside the records is encrypted with a customer managed key as well: topics, queues, log
#   groups, tables, variables of functions, secrets, workflow environments. The service's own key cannot be
#   restricted, and DynamoDB's switch alone selects it.
# custom:
#   id: P11-30-06
#   severity: high
#   clauses: ["11.30"]
#   annex11: ["7.1"]
#   alcoa: [original]
#   requirements: [URS-011]
#   resources:
#     - aws_sns_topic
#     - aws_sqs_queue
#     - aws_cloudwatch_log_group
#     - aws_dynamodb_table
#     - aws_lambda_function
#     - aws_secretsmanager_secret
#     - aws_mwaa_environment
#   attributes:
#     - {type: aws_sns_topic, path: kms_master_key_id}
#     - {type: aws_sqs_queue, path: kms_master_key_id}
#     - {type: aws_cloudwatch_log_group, path: kms_key_id}
#     - {type: aws_dynamodb_table, path: server_side_encryption.enabled}
#     - {type: aws_dynamodb_table, path: server_side_encryption.kms_key_arn}
#     - {type: aws_lambda_function, path: environment.variables}
#     - {type: aws_lambda_function, path: kms_key_arn}
#     - {type: aws_secretsmanager_secret, path: kms_key_id}
#     - {type: aws_mwaa_environment, path: kms_key}
#     - {type: aws_kms_alias, path: target_key_id}
#     - {type: aws_kms_external_key, path: enabled}
#     - {type: aws_kms_external_key, path: valid_to}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: is_enabled}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_replica_key, path: enabled}
#   environments: [production, qualification, development]
#   failure_msg: The resource is not encrypted with a customer managed key.
#   fix: Set the key attribute of the resource to an aws_kms_key.
#   verified_by: [IQ]
package part11.p11_30_06

import data.lib.answer
import data.lib.attribute
import data.lib.key
import data.lib.resource
import data.lib.scope

answers contains {"address": address, "attribute": attribute.dotted(path), "status": own.status, "expected": "a customer managed key", "actual": own.actual} if {
	some type, path in _paths
	some address in resource.existing(type)
	_holds_data(type, input.resources[address])
	own := key.own(input.resources[address], path)
}

answers contains answer.exact(address, "server_side_encryption.enabled", reading, true) if {
	some address in resource.existing("aws_dynamodb_table")
	reading := attribute.read(input.resources[address], ["server_side_encryption", 0, "enabled"])
}

not_applicable := scope.reason(rego.metadata.chain(), "queue, topic, table, log group, secret, function with variables or workflow environment") if {
	count(answers) == 0
}

# A function without variables has nothing to encrypt.
_holds_data("aws_lambda_function", of) if attribute.read(of, ["environment", 0, "variables"]).status != "not_set"

_holds_data(type, _) if type != "aws_lambda_function"

_paths := {
	"aws_cloudwatch_log_group": ["kms_key_id"],
	"aws_dynamodb_table": ["server_side_encryption", 0, "kms_key_arn"],
	"aws_lambda_function": ["kms_key_arn"],
	"aws_mwaa_environment": ["kms_key"],
	"aws_secretsmanager_secret": ["kms_key_id"],
	"aws_sns_topic": ["kms_master_key_id"],
	"aws_sqs_queue": ["kms_master_key_id"],
}
