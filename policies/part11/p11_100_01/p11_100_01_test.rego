# SPDX-License-Identifier: Apache-2.0

package part11.p11_100_01_test

import data.lib.answer
import data.lib.attribute
import data.lib.fixture
import data.part11.p11_100_01 as control

test_a_compliant_pool_passes if {
	plan := fixture.plan([_pool({})])
	control.answers == {answer.passed(_address, attribute.dotted(path), $"{value}", $"{value}") | some [path, value] in _all} | {answer.passed(_address, "lambda_config.user_migration", "no function", "not set")} with input as plan
	not control.not_applicable with input as plan
}

test_each_attribute_is_judged[name] if {
	some [path, value] in _all
	some name, case in {
		$"{path[0]} weakened": [_weakened[path[0]], "fail", $"{_weakened[path[0]]}"],
		$"{path[0]} not set": [null, "fail", "not set"],
	}
	plan := fixture.plan([_pool(_at(path, case[0]))])
	[[found.status, found.expected, found.actual] | some found in control.answers; found.attribute == attribute.dotted(path)] == [[case[1], $"{value}", case[2]]] with input as plan
}

test_what_is_not_known_is_unknown if {
	dark := fixture.unknown(_pool({}), [["lambda_config"], ["admin_create_user_config"], ["deletion_protection"], ["username_configuration"]])
	{found.status | some found in control.answers} == {"unknown"} with input as fixture.plan([dark])
}

test_a_pool_with_nothing_said_fails if {
	bare := fixture.resource("aws_cognito_user_pool", "signers", {"name": "signers", "deletion_protection": "INACTIVE"})
	[found.status | some found in control.answers; found.attribute != "lambda_config.user_migration"] == ["fail", "fail", "fail"] with input as fixture.plan([bare])
}

test_a_function_that_makes_accounts_fails if {
	plan := fixture.plan([_pool({"lambda_config": [{"user_migration": "arn"}]})])
	[[found.attribute, found.actual] | some found in control.answers; found.status == "fail"] == [["lambda_config.user_migration", "arn"]] with input as plan
}

test_no_pool_is_not_applicable if {
	control.not_applicable == "no user pool in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_address := "aws_cognito_user_pool.signers"

_all := [
	[["admin_create_user_config", 0, "allow_admin_create_user_only"], true],
	[["deletion_protection"], "ACTIVE"],
	[["username_configuration", 0, "case_sensitive"], false],
]

_weakened := {"admin_create_user_config": false, "deletion_protection": "INACTIVE", "username_configuration": true}

_at([name, 0, leaf], value) := {name: [{leaf: value}]}

_at([name], value) := {name: value}

_pool(overrides) := fixture.resource("aws_cognito_user_pool", "signers", object.union(
	{
		"admin_create_user_config": [{"allow_admin_create_user_only": true}],
		"deletion_protection": "ACTIVE",
		"username_configuration": [{"case_sensitive": false}],
	},
	overrides,
))
