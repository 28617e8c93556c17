# SPDX-License-Identifier: Apache-2.0

package lib.statement_test

import data.lib.statement

condition(operator, key, values) := {"operator": operator, "key": key, "values": values}

anyone := [{"type": "*", "value": "*"}]

deny_all(fields) := made(object.union({"effect": "Deny", "principals": anyone, "actions": ["s3:*"]}, fields))

http := condition("Bool", "aws:securetransport", ["false"])

test_deny_of_plain_http if {
	cases := {
		"plain": deny_all({"conditions": [http]}),
		"if exists": deny_all({"conditions": [condition("BoolIfExists", "aws:securetransport", ["False"])]}),
		"principal AWS *": deny_all({"principals": aws("*"), "conditions": [http]}),
		"every action": deny_all({"actions": ["*"], "conditions": [http]}),
		"narrowed": deny_all({"conditions": [http, condition("StringEquals", "aws:username", ["x"])]}),
		"true instead": deny_all({"conditions": [condition("Bool", "aws:securetransport", ["true"])]}),
		"some principals": deny_all({"principals": aws("arn:aws:iam::111122223333:root"), "conditions": [http]}),
		"exceptions": deny_all({"notPrincipals": aws("arn:aws:iam::111122223333:root"), "conditions": [http]}),
		"some actions": deny_all({"actions": ["s3:get*"], "conditions": [http]}),
		"allow": made({"principals": anyone, "actions": ["s3:*"], "conditions": [http]}),
		"partial": deny_all({"partial": true, "conditions": [http]}),
	}
	{name | some name, s in cases; statement.denies_plain_http(s, "s3:*")} == {"plain", "if exists", "principal AWS *", "every action"}
}

test_deny_of_old_tls if {
	cases := {
		"1.2": deny_all({"conditions": [condition("NumericLessThan", "s3:tlsversion", ["1.2"])]}),
		"1.3": deny_all({"conditions": [condition("NumericLessThanIfExists", "s3:tlsversion", ["1.3"])]}),
		"1.1": deny_all({"conditions": [condition("NumericLessThan", "s3:tlsversion", ["1.1"])]}),
		"greater": deny_all({"conditions": [condition("NumericGreaterThan", "s3:tlsversion", ["1.2"])]}),
	}
	{name | some name, s in cases; statement.denies_old_tls(s, "s3:*", 1.2)} == {"1.2", "1.3"}
}

test_public_statements if {
	statement.public(made({"principals": anyone}))
	statement.public(made({"notPrincipals": aws("arn:aws:iam::111122223333:root")}))
	not statement.public(made({"principals": aws("arn:aws:iam::111122223333:root")}))
	not statement.public(deny_all({}))
	not statement.public(deny_all({"notPrincipals": anyone}))
}

test_service_principals_are_listed if {
	s := made({"principals": array.concat(anyone, [{"type": "Service", "value": "cloudtrail.amazonaws.com"}])})
	statement.services(s) == {"cloudtrail.amazonaws.com"}
}

test_conditions_that_name_the_caller if {
	cases := {
		"account": condition("StringEquals", "aws:sourceaccount", ["111122223333"]),
		"exact ARN": condition("ArnEquals", "aws:sourcearn", ["arn:aws:s3:::raw-records"]),
		"account inside a pattern": condition("ArnLike", "aws:sourcearn", ["arn:aws:events:*:111122223333:rule/*"]),
		"account in any case": condition("StringEqualsIgnoreCase", "aws:principalarn", ["arn:aws:iam::111122223333:role/a"]),
		"account inside a text": condition("StringLike", "aws:principalarn", ["arn:aws:iam::111122223333:role/*"]),
		"any account": condition("ArnLike", "aws:sourcearn", ["arn:aws:events:eu-central-1:*:rule/*"]),
		"no account": condition("ArnLike", "aws:sourcearn", ["arn:aws:s3:::*"]),
		"too short": condition("ArnLike", "aws:sourcearn", ["arn:*"]),
		"one of two open": condition("StringLike", "aws:principalarn", ["arn:aws:iam::111122223333:role/a", "*"]),
		"if exists": condition("StringEqualsIfExists", "aws:sourceaccount", ["111122223333"]),
		"for all values": condition("ForAllValues:StringEquals", "aws:sourceaccount", ["111122223333"]),
		"wildcards before the account": condition("StringLike", "aws:principalarn", ["arn:*:*:*:role/x"]),
		"a wildcard partition in a text": condition("StringLike", "aws:principalarn", ["arn:*:iam::111122223333:role/x"]),
		"a wildcard partition in an ARN": condition("ArnLike", "aws:principalarn", ["arn:*:iam::111122223333:role/x"]),
		"reference": condition("ArnEquals", "aws:sourcearn", ["${aws_s3_bucket.raw.arn}"]),
		"reference inside": condition("ArnEquals", "aws:sourcearn", ["arn:aws:s3:::${aws_s3_bucket.raw.bucket}"]),
		"data source": condition("StringEquals", "aws:sourceaccount", ["${data.aws_caller_identity.me.account_id}"]),
		"policy variable": condition("StringEquals", "aws:principalaccount", ["${aws:PrincipalAccount}"]),
		"policy variable of KMS": condition("StringLike", "kms:calleraccount", ["${kms:CallerAccount}"]),
		"policy variable beside an account": condition("StringEquals", "aws:sourceaccount", ["111122223333", "${aws:SourceAccount}"]),
		"policy variable behind a reference": condition("ArnEquals", "aws:sourcearn", ["${aws_s3_bucket.raw.arn}${aws:SourceArn}"]),
		"policy variable inside an ARN": condition("ArnLike", "aws:principalarn", ["arn:aws:iam::${aws:PrincipalAccount}:role/a"]),
		"another key": condition("StringEquals", "aws:sourcevpce", ["vpce-1"]),
		"no value": condition("StringEquals", "aws:sourceaccount", []),
		"no pattern": condition("ArnLike", "aws:sourcearn", []),
	}
	named := {name |
		some name, c in cases
		statement.restricted_by(made({"conditions": [c]}), statement.caller_keys)
	}
	named == {"account", "account in any case", "account inside a text", "exact ARN", "account inside a pattern", "a wildcard partition in an ARN", "reference", "reference inside", "data source"}
	statement.source_keys & statement.caller_keys == statement.source_keys
}

test_condition_values_are_found_by_operator_and_key if {
	s := made({"conditions": [condition("StringEquals", "s3:x-amz-acl", ["private"])]})
	statement.has_condition(s, "StringEquals", "s3:x-amz-acl", "private")
	not statement.has_condition(s, "StringNotEquals", "s3:x-amz-acl", "private")
	not statement.has_condition(s, "StringEquals", "aws:sourceaccount", "private")
}

test_whoever_is_meant_by_a_wildcard_is_public[name] if {
	audience := [condition("StringEquals", "x:aud", ["pool"])]
	some name, case in {
		"any provider, of a named audience": [[{"type": "Federated", "value": "arn:aws:iam::*:oidc-provider/x"}], audience, true],
		"any account": [aws("arn:aws:iam::*:root"), audience, true],
		"one provider, of a named audience": [[{"type": "Federated", "value": "x"}], audience, false],
		"one provider, of a pattern of subjects": [[{"type": "Federated", "value": "x"}], [condition("StringLike", "x:sub", ["repo:acme/*"])], false],
		"one provider, of a subject that is a tilde": [[{"type": "Federated", "value": "x"}], [condition("StringLike", "x:sub", ["~*"])], false],
		"one provider, of any subject": [[{"type": "Federated", "value": "x"}], [condition("StringLike", "x:sub", ["?*"])], true],
		"one provider, of nobody in particular": [[{"type": "Federated", "value": "x"}], [], true],
	}
	{true | statement.public(made({"principals": case[0], "conditions": case[1]}))} == {true | case[2]}
}

test_each_key_of_a_caller_restricts[key] if {
	some key in [
		"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceowner",
		"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "kms:calleraccount",
	]
	statement.restricted_by(made({"conditions": [condition("StringEquals", key, ["x"])]}), statement.caller_keys)
}

test_a_text_pinned_to_an_account_has_no_wildcard_before_it[value] if {
	some value in ["*:aws:iam::111122223333:role/x", "arn:aws:iam::1111*:role/x", "arn:aws:*::111122223333:role/x"]
	restricted := made({"conditions": [condition("StringLike", "aws:principalarn", [value])]})
	not statement.restricted_by(restricted, statement.caller_keys)
}
