# SPDX-License-Identifier: Apache-2.0

package lib.person_test

import data.lib.fixture
import data.lib.person

test_who_stands_behind[name] if {
	some name, case in {
		"a service: nobody": [_said("Service", "s3.amazonaws.com", []), set()],
		"a role of the plan: nobody": [_said("AWS", "arn:aws:iam::111122223333:role/r", []), set()],
		"a Deny: nobody": [object.union(_said("AWS", "111122223333", []), {"effect": "Deny"}), set()],
		"an account": [_said("AWS", "arn:aws:iam::111122223333:root", []), {_one("AWS", "arn:aws:iam::111122223333:root", false)}],
		"everybody": [_said("*", "*", []), {_one("*", "*", false)}],
		"a role outside the plan": [_said("AWS", "arn:aws:iam::111122223333:role/qa", []), {_one("AWS", "arn:aws:iam::111122223333:role/qa", false)}],
		"everybody but one": [
			fixture.statement({"notPrincipals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:user/x"}]}),
			{_one("NotPrincipal", "arn:aws:iam::111122223333:user/x", false)},
		],
		"a role of IAM Identity Center": [_said("AWS", _center, []), {_one("AWS", _center, true)}],
		"an account, cut down to IAM Identity Center": [
			_said("AWS", "111122223333", [{"operator": "ArnLike", "key": "aws:principalarn", "values": ["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_QA_*"]}]),
			{_one("AWS", "111122223333", true)},
		],
		"an account, cut down with the other operator of ARNs": [
			_said("AWS", "111122223333", [{"operator": "ArnEquals", "key": "aws:principalarn", "values": ["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_QA_*"]}]),
			{_one("AWS", "111122223333", true)},
		],
		"an account, cut down to roles of whatever name": [
			_said("AWS", "111122223333", [{"operator": "ArnLike", "key": "aws:principalarn", "values": ["arn:aws:iam::111122223333:role/*/sso.amazonaws.com/x"]}]),
			{_one("AWS", "111122223333", false)},
		],
		"SAML": [_said("Federated", "arn:aws:iam::111122223333:saml-provider/idp", []), {_one("Federated", "arn:aws:iam::111122223333:saml-provider/idp", true)}],
		"SAML by reference": [
			object.union(_said("Federated", "${aws_iam_saml_provider.s.arn}", []), {"refs": ["aws_iam_saml_provider.s"]}),
			{_one("Federated", "${aws_iam_saml_provider.s.arn}", true)},
		],
		"a CI provider that names its jobs: nobody": [
			_said("Federated", _github, [{"operator": "StringLike", "key": "token.actions.githubusercontent.com:sub", "values": ["repo:acme/zone:*"]}]),
			set(),
		],
		"a CI provider by reference: nobody": [
			object.union(
				_said("Federated", "${aws_iam_openid_connect_provider.g.arn}", [{"operator": "StringEquals", "key": "gitlab.com:sub", "values": ["project_path:acme/zone:ref_type:branch:ref:main"]}]),
				{"refs": ["aws_iam_openid_connect_provider.g"]},
			),
			set(),
		],
		"a CI provider by reference, whose url ends in a slash: nobody": [
			object.union(
				_said("Federated", "${aws_iam_openid_connect_provider.slash.arn}", [{"operator": "StringEquals", "key": "gitlab.com:sub", "values": ["project_path:acme/zone:ref_type:branch:ref:main"]}]),
				{"refs": ["aws_iam_openid_connect_provider.slash"]},
			),
			set(),
		],
		"a CI provider whose issuer is one tenant's, with an audience: nobody": [
			_said("Federated", "arn:aws:iam::111122223333:oidc-provider/oidc.circleci.com/org/AB-12", [{"operator": "StringEquals", "key": "oidc.circleci.com/org/ab-12:aud", "values": ["AB-12"]}]),
			set(),
		],
		"a CI provider, with conditions on another": [
			_said("Federated", _github, [{"operator": "StringEquals", "key": "gitlab.com:sub", "values": ["project_path:acme/zone:ref_type:branch:ref:main"]}]),
			{_one("Federated", _github, false)},
		],
		"a page of a CI provider that calls itself an issuer": [
			_said("Federated", "arn:aws:iam::111122223333:oidc-provider/gitlab.com/x/pages", [{"operator": "StringEquals", "key": "gitlab.com/x/pages:sub", "values": ["project_path:acme/zone:ref_type:branch:ref:main"]}]),
			{_one("Federated", "arn:aws:iam::111122223333:oidc-provider/gitlab.com/x/pages", false)},
		],
		"a CI provider whose owner is whoever asks": [
			_said("Federated", _github, [{"operator": "StringLike", "key": "token.actions.githubusercontent.com:sub", "values": ["repo:${aws:username}/zone:*"]}]),
			{_one("Federated", _github, false)},
		],
		"a CI provider that names no owner": [
			_said("Federated", _github, [{"operator": "StringLike", "key": "token.actions.githubusercontent.com:sub", "values": ["repo:*"]}]),
			{_one("Federated", _github, false)},
		],
		"a CI provider that names an audience only": [
			_said("Federated", _github, [{"operator": "StringEquals", "key": "token.actions.githubusercontent.com:aud", "values": ["sts.amazonaws.com"]}]),
			{_one("Federated", _github, false)},
		],
		"a Deny of everybody but one: nobody": [
			fixture.statement({"effect": "Deny", "notPrincipals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:user/x"}]}),
			set(),
		],
		"an account, with another condition": [
			_said("AWS", "111122223333", [{"operator": "ArnLike", "key": "aws:sourcearn", "values": [_center]}]),
			{_one("AWS", "111122223333", false)},
		],
		"an account, but for IAM Identity Center": [
			_said("AWS", "111122223333", [{"operator": "ArnNotLike", "key": "aws:principalarn", "values": [_center]}]),
			{_one("AWS", "111122223333", false)},
		],
		"an account, cut down to nothing said": [
			_said("AWS", "111122223333", [{"operator": "ArnLike", "key": "aws:principalarn", "values": []}]),
			{_one("AWS", "111122223333", false)},
		],
		"another provider than the one referred to": [
			object.union(_said("Federated", "${aws_iam_saml_provider.other.arn}", []), {"refs": ["aws_iam_saml_provider.s"]}),
			{_one("Federated", "${aws_iam_saml_provider.other.arn}", false)},
		],
		"an OIDC provider by reference, of nobody in particular": [
			object.union(_said("Federated", "${aws_iam_openid_connect_provider.g.arn}", []), {"refs": ["aws_iam_openid_connect_provider.g"]}),
			{_one("Federated", "${aws_iam_openid_connect_provider.g.arn}", false)},
		],
		"another OIDC provider than the one referred to": [
			object.union(
				_said("Federated", "${aws_iam_openid_connect_provider.other.arn}", [{"operator": "StringEquals", "key": "gitlab.com:aud", "values": ["acme"]}]),
				{"refs": ["aws_iam_openid_connect_provider.g"]},
			),
			{_one("Federated", "${aws_iam_openid_connect_provider.other.arn}", false)},
		],
		"a CI provider with another condition": [
			_said("Federated", _github, [{"operator": "StringEquals", "key": "aws:requestedregion", "values": ["eu-central-1"]}]),
			{_one("Federated", _github, false)},
		],
		"a CI provider that names its jobs if there are any": [
			_said("Federated", _github, [{"operator": "StringLikeIfExists", "key": "token.actions.githubusercontent.com:sub", "values": ["repo:acme/zone:*"]}]),
			{_one("Federated", _github, false)},
		],
		"a CI provider that names no job": [
			_said("Federated", _github, [{"operator": "StringLike", "key": "token.actions.githubusercontent.com:sub", "values": []}]),
			{_one("Federated", _github, false)},
		],
		"a CI provider that names nothing": [
			_said("Federated", _github, [{"operator": "StringLike", "key": "token.actions.githubusercontent.com:sub", "values": ["*"]}]),
			{_one("Federated", _github, false)},
		],
		"an OIDC provider of people": [
			_said("Federated", "arn:aws:iam::111122223333:oidc-provider/login.example.org", [{"operator": "StringEquals", "key": "login.example.org:aud", "values": ["x"]}]),
			{_one("Federated", "arn:aws:iam::111122223333:oidc-provider/login.example.org", false)},
		],
		"an account, cut down by a pattern of text": [
			_said("AWS", "111122223333", [{"operator": "StringLike", "key": "aws:principalarn", "values": ["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_QA_*"]}]),
			{_one("AWS", "111122223333", true)},
		],
		"an account, cut down by text": [
			_said("AWS", "111122223333", [{"operator": "StringEquals", "key": "aws:principalarn", "values": [_center]}]),
			{_one("AWS", "111122223333", true)},
		],
	}
	person.behind(case[0]) == case[1] with input as _plan
}

test_named_roles[name] if {
	some name, case in {
		"one role": [_said("AWS", "arn:aws:iam::111122223333:role/ci", []), true],
		"an account": [_said("AWS", "111122223333", []), false],
		"roles of some name": [_said("AWS", "arn:aws:iam::111122223333:role/*", []), false],
		"a service": [_said("Service", "s3.amazonaws.com", []), false],
		"nobody": [fixture.statement({}), false],
		"everybody but one": [fixture.statement({"notPrincipals": [{"type": "AWS", "value": "x"}]}), false],
	}
	found := {name | person.named_roles(case[0])}
	found == {name | case[1]}
}

_plan := fixture.plan([
	fixture.resource("aws_iam_role", "r", {"name": "r"}),
	fixture.resource("aws_iam_saml_provider", "s", {}),
	fixture.resource("aws_iam_openid_connect_provider", "g", {"url": "https://gitlab.com"}),
	fixture.resource("aws_iam_openid_connect_provider", "slash", {"url": "https://gitlab.com/"}),
])

_said(type, value, conditions) := fixture.statement({
	"principals": [{"type": type, "value": value}],
	"actions": ["sts:assumerole"],
	"conditions": conditions,
})

_one(type, value, signed_on) := {"type": type, "value": value, "signed_on": signed_on}

_github := "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"

_center := "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_QA_0123456789abcdef"
