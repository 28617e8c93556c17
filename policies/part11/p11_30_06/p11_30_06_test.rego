# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_06_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_06 as control

test_each_kind_needs_a_key[type] if {
	some type, attribute in {
		"aws_cloudwatch_log_group": "kms_key_id",
		"aws_mwaa_environment": "kms_key",
		"aws_secretsmanager_secret": "kms_key_id",
		"aws_sns_topic": "kms_master_key_id",
		"aws_sqs_queue": "kms_master_key_id",
	}
	address := $"{type}.it"
	own := "a customer managed key"
	with_key := fixture.plan([fixture.resource(type, "it", {attribute: "arn:k"})])
	control.answers == {answer.passed(address, attribute, own, "arn:k")} with input as with_key
	not control.not_applicable with input as with_key
	control.answers == {answer.failed(address, attribute, own, "not set")} with input as fixture.plan([fixture.resource(type, "it", {})])
	control.answers == {answer.failed(address, attribute, own, "alias/aws/it")} with input as fixture.plan([fixture.resource(type, "it", {attribute: "alias/aws/it"})])
	dark := fixture.plan([fixture.unknown(fixture.resource(type, "it", {}), [[attribute]])])
	control.answers == {answer.unknown(address, attribute, own, "known after apply")} with input as dark
}

test_tables[name] if {
	some name, case in {
		"own key": [{"enabled": true, "kms_key_arn": "arn:k"}, {"pass"}],
		"the service's key": [{"enabled": true}, {"pass", "fail"}],
		"off": [{"enabled": false}, {"fail"}],
	}
	plan := fixture.plan([fixture.resource("aws_dynamodb_table", "it", {"server_side_encryption": [case[0]]})])
	{found.status | some found in control.answers} == case[1] with input as plan
	{found.attribute | some found in control.answers} == {"server_side_encryption.enabled", "server_side_encryption.kms_key_arn"} with input as plan
}

test_functions[name] if {
	some name, case in {
		"variables and key": [{"environment": [{"variables": {"A": "b"}}], "kms_key_arn": "arn:k"}, {"pass"}],
		"variables without key": [{"environment": [{"variables": {"A": "b"}}]}, {"fail"}],
		"no variables": [{}, set()],
	}
	plan := fixture.plan([fixture.resource("aws_lambda_function", "it", case[0])])
	{found.status | some found in control.answers} == case[1] with input as plan
}

test_nothing_to_encrypt_is_not_applicable if {
	expected := "no queue, topic, table, log group, secret, function with variables or workflow environment in the plan"
	control.not_applicable == expected with input as fixture.plan([])
}
