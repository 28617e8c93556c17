# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_17_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_17 as control

test_answers[name] if {
	some name, case in {
		"a literal ARN passes": {"of": _role({_attribute: "arn:aws:iam::1:policy/b"}), "want": answer.passed(_address, _attribute, _expected, "arn:aws:iam::1:policy/b")},
		"a policy of the plan passes": {
			"of": _refers("aws_iam_policy.b"),
			"want": answer.passed(_address, _attribute, _expected, "aws_iam_policy.b"),
		},
		"something else not known is unknown": {
			"of": _refers("aws_iam_role.b"),
			"want": answer.unknown(_address, _attribute, _expected, "known after apply"),
		},
		"what is no text fails": {"of": _role({_attribute: {}}), "want": answer.failed(_address, _attribute, _expected, "no name of a policy")},
		"an empty name fails": {"of": _role({_attribute: ""}), "want": answer.failed(_address, _attribute, _expected, "no name of a policy")},
		"none fails": {"of": _role({}), "want": answer.failed(_address, _attribute, _expected, "not set")},
		"AdministratorAccess fails": {
			"of": _role({_attribute: "arn:aws:iam::aws:policy/AdministratorAccess"}),
			"want": answer.failed(_address, _attribute, _expected, "allows everything"),
		},
	}
	control.answers == {case.want} with input as fixture.plan([case.of, fixture.resource("aws_iam_policy", "b", {})])
	not control.not_applicable with input as fixture.plan([case.of])
}

test_a_boundary_that_allows_everything_fails if {
	everything := fixture.statement({"actions": ["*"], "resources": ["*"]})
	control.answers == {answer.failed(_address, _attribute, _expected, "allows everything")} with input as _bounded([everything])
}

test_a_boundary_that_the_role_may_take_off_fails[name] if {
	some name, case in {
		"another service denied": [[_allow({}), _deny({"actions": ["aws-portal:*"]})], _both],
		"one way denied": [[_allow({}), _deny({"actions": ["iam:deleterolepermissionsboundary"]})], "iam:putrolepermissionsboundary"],
		"all services": [[_allow({"actions": ["iam:*", "s3:*"]})], _both],
		"everything but something": [[_allow({"actions": [], "notActions": ["aws-portal:*"]})], _both],
		"every role": [[_allow({"resources": ["arn:aws:iam::*:role/*"]})], _both],
		"everything but another role": [[_allow({"resources": [], "notResources": ["arn:aws:iam::*:role/deploy"]})], _both],
	}
	control.answers == {answer.failed(_address, _attribute, _expected, $"leaves {case[1]} to the role")} with input as _bounded(case[0])
}

test_a_boundary_that_stays_on_passes[name] if {
	some name, case in {
		"both ways denied": [_allow({}), _deny({"actions": ["iam:*rolepermissionsboundary"]})],
		"denied unless": [_allow({}), _deny({"actions": ["iam:*"], "conditions": [{"operator": "StringNotEquals", "key": "iam:permissionsboundary", "values": ["b"]}]})],
		"no IAM": [_allow({"actions": ["s3:*", "kms:*"]})],
		"all but IAM": [_allow({"actions": [], "notActions": ["iam:*"]})],
		"on other roles": [_allow({"resources": ["arn:aws:iam::*:role/other"]})],
		"on all but its own": [_allow({"resources": [], "notResources": ["arn:aws:iam::*:role/wri*"]})],
		"on a condition": [_allow({"actions": ["iam:*"], "conditions": [{"operator": "Bool", "key": "aws:multifactorauthpresent", "values": ["true"]}]})],
	}
	{found.status | some found in control.answers} == {"pass"} with input as _bounded(case)
}

test_a_boundary_of_the_plan_that_is_not_known_is_unknown if {
	plan := fixture.with_policies(fixture.plan([_role({_attribute: "arn:aws:iam::1:policy/b"})]), [object.union(_boundary([]), {"origin": "unknown"})])
	control.answers == {answer.unknown(_address, _attribute, _expected, "not readable before apply")} with input as plan
}

test_deploy_roles_are_exempt if {
	plan := fixture.with_settings(fixture.plan([_role({})]), {"deployRoleArns": ["arn:aws:iam::1:role/writer"]})
	control.not_applicable == "no runtime role in the plan" with input as plan
	control.answers == set() with input as plan
}

_address := "aws_iam_role.writer"

_attribute := "permissions_boundary"

_expected := "a boundary that limits the role"

_role(values) := fixture.resource("aws_iam_role", "writer", object.union({"name": "writer", "path": "/"}, values))

_refers(to) := fixture.referring(fixture.unknown(_role({}), [[_attribute]]), {_attribute: [to]})

_bounded(statements) := fixture.with_policies(
	fixture.plan([_role({_attribute: "arn:aws:iam::1:policy/b"})]),
	[_boundary(statements)],
)

_boundary(statements) := {
	"address": "aws_iam_policy.b", "attribute": "policy", "use": "boundary",
	"subjects": [_address], "statements": statements,
}

_allow(fields) := fixture.statement(object.union({"actions": ["*"], "resources": ["*"]}, fields))

_deny(fields) := fixture.statement(object.union({"effect": "Deny", "resources": ["*"]}, fields))

_both := "iam:deleterolepermissionsboundary, iam:putrolepermissionsboundary"
