# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_04 as control

test_policies[name] if {
	some name, case in {
		"Enforce passes": [_config([{"untrusted_artifact_on_deployment": "Enforce"}]), answer.passed(_signing, _policy, "Enforce", "Enforce")],
		"Warn fails": [_config([{"untrusted_artifact_on_deployment": "Warn"}]), answer.failed(_signing, _policy, "Enforce", "Warn")],
		"not set fails": [_config([]), answer.failed(_signing, _policy, "Enforce", "not set")],
		"not known yet is unknown": [
			fixture.unknown(_config([]), [["policies"]]),
			answer.unknown(_signing, _policy, "Enforce", "known after apply"),
		],
	}
	plan := fixture.plan([_signed, case[0]])
	control.answers == {answer.passed(_address, _link, _linked, _signing), case[1]} with input as plan
	not control.not_applicable with input as plan
}

test_links[name] if {
	some name, case in {
		"no configuration fails": [_function({}), answer.failed(_address, _link, _linked, "not set")],
		"an empty text fails": [_function({"code_signing_config_arn": ""}), answer.failed(_address, _link, _linked, "not set")],
		"one outside the plan is unknown": [
			_function({"code_signing_config_arn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1"}),
			answer.unknown(_address, _link, _linked, "not a configuration of the plan"),
		],
		"one that is deleted is unknown": [_signed, answer.unknown(_address, _link, _linked, "not a configuration of the plan")],
		"one of several is unknown": [
			fixture.ambiguously_referring(fixture.unknown(_function({}), [[_link]]), {_link: [_signing]}),
			answer.unknown(_address, _link, _linked, "not a configuration of the plan"),
		],
	}
	control.answers == {case[1]} with input as fixture.plan([case[0], fixture.deleted(_config([]))])
}

test_publishers_for_functions_on_records[name] if {
	some name, case in {
		"a profile of the plan": [
			fixture.referring(fixture.unknown(_publishing(null), [["allowed_publishers"]]), {_arns: ["aws_signer_signing_profile.p"]}),
			[["pass", "aws_signer_signing_profile.p"]],
		],
		"one in the account of a deploy role": [_publishing(["arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p/1"]), [["pass", "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p/1"]]],
		"one in another account": [_publishing(["arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p/1"]), [["unknown", `["arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p/1"]`]]],
		"one of each": [
			_publishing(["arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p/1", "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p/1"]),
			[["unknown", `["arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p/1", "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p/1"]`]],
		],
		"not known": [fixture.unknown(_publishing(null), [["allowed_publishers"]]), [["unknown", "known after apply"]]],
		"none": [_publishing([]), [["unknown", "[]"]]],
	}
	some role in ["ingest", "sign"]
	plan := fixture.plan([_of_role(_signed, role), case[0], fixture.resource("aws_signer_signing_profile", "p", {})])
	told := [[found.status, found.actual] | some found in control.answers; found.attribute == _arns] with input as plan
	told == case[1]
}

test_publishers_for_other_functions_are_not_judged if {
	plan := fixture.plan([_signed, _publishing(["arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p/1"])])
	[found | some found in control.answers; found.attribute == _arns] == [] with input as plan
}

test_not_applicable[name] if {
	some name, resources in {
		"no function": [],
		"a function from an image": [_function({"package_type": "Image"})],
		"a function whose image is not known yet": [fixture.unknown(_function({}), [["image_uri"]])],
	}
	plan := fixture.plan(resources)
	control.not_applicable == "no Lambda function from a zip file in the plan" with input as plan
	control.answers == set() with input as plan
}

_function(values) := fixture.resource("aws_lambda_function", "f", values)

_signed := fixture.referring(fixture.unknown(_function({}), [[_link]]), {_link: [_signing]})

_config(policies) := fixture.resource("aws_lambda_code_signing_config", "c", {"policies": policies})

_address := "aws_lambda_function.f"

_signing := "aws_lambda_code_signing_config.c"

_link := "code_signing_config_arn"

_linked := "a code signing configuration of the plan"

_policy := "policies.untrusted_artifact_on_deployment"

_of_role(of, role) := object.union(of, {"values": {"tags": {"Part11Role": role}}})

_publishing(arns) := fixture.resource("aws_lambda_code_signing_config", "c", {"allowed_publishers": [{"signing_profile_version_arns": arns}]})

_arns := "allowed_publishers.signing_profile_version_arns"
