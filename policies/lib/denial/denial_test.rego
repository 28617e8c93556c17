# SPDX-License-Identifier: Apache-2.0

package lib.denial_test

import data.lib.denial
import data.lib.fixture

test_who_is_meant[name] if {
	some name, case in {
		"everybody": [{"principals": [{"type": "*", "value": "*"}]}, true],
		"the role": [{"principals": [{"type": "AWS", "value": "arn:aws:iam::1:role/reader"}]}, true],
		"the role by reference": [{"principals": [{"type": "AWS", "value": "${aws_iam_role.reader.arn}"}]}, true],
		"its account": [{"principals": [{"type": "AWS", "value": "111122223333"}]}, true],
		"another role": [{"principals": [{"type": "AWS", "value": "arn:aws:iam::1:role/other"}]}, false],
		"a service": [{"principals": [{"type": "Service", "value": "s3.amazonaws.com"}]}, false],
		"everybody but another role": [{"notPrincipals": [{"type": "AWS", "value": "arn:aws:iam::1:role/other"}]}, true],
		"everybody but the role": [{"notPrincipals": [{"type": "AWS", "value": "arn:aws:iam::1:role/reader"}]}, false],
		"an Allow": [{"effect": "Allow", "principals": [{"type": "*", "value": "*"}]}, false],
	}
	_refused(_on("aws_s3_bucket.raw", case[0])) == case[1]
}

test_on_what_condition[name] if {
	some name, case in {
		"no TLS": ["Bool", "aws:securetransport", ["false"], false],
		"the role": ["ArnEquals", "aws:principalarn", ["arn:aws:iam::1:role/reader"], true],
		"the role by reference": ["ArnEquals", "aws:principalarn", ["${aws_iam_role.reader.arn}"], true],
		"roles like it": ["StringLike", "aws:principalarn", ["arn:aws:iam::1:role/read*"], true],
		"anybody": ["ArnLike", "aws:principalarn", ["*"], true],
		"another role": ["ArnEquals", "aws:principalarn", ["arn:aws:iam::1:role/other"], false],
		"not another role": ["ArnNotEquals", "aws:principalarn", ["arn:aws:iam::1:role/other"], true],
		"not the role": ["ArnNotLike", "aws:principalarn", ["arn:aws:iam::1:role/other", "arn:aws:iam::*:role/reader"], false],
		"not the role by reference": ["StringNotEquals", "aws:principalarn", ["${aws_iam_role.reader.arn}"], false],
		"not somebody who is not known": ["StringNotLike", "aws:principalarn", ["${var.reader}"], false],
		"no role named": ["Null", "aws:principalarn", ["true"], false],
		"the role by text": ["StringEquals", "aws:principalarn", ["arn:aws:iam::1:role/reader"], true],
		"not another role by reference": ["ArnNotEquals", "aws:principalarn", ["${aws_iam_role.other.arn}"], true],
		"not like another role": ["ArnNotLike", "aws:principalarn", ["arn:aws:iam::1:role/other"], true],
		"not another role by text": ["StringNotEquals", "aws:principalarn", ["arn:aws:iam::1:role/other"], true],
		"not like another role by text": ["StringNotLike", "aws:principalarn", ["arn:aws:iam::1:role/other"], true],
	}
	condition := {"operator": case[0], "key": case[1], "values": case[2]}
	_refused(_on("aws_s3_bucket.raw", {"principals": [{"type": "*", "value": "*"}], "conditions": [condition]})) == case[3]
}

test_with_a_second_condition_it_is_not_told if {
	condition := {"operator": "ArnEquals", "key": "aws:principalarn", "values": ["*"]}
	_refused(_on("aws_s3_bucket.raw", {"principals": [{"type": "*", "value": "*"}], "conditions": [condition, condition]})) == false
}

test_where_it_stands[name] if {
	some name, case in {
		"in the bucket's policy": [_on("aws_s3_bucket.raw", _all), true],
		"in another bucket's policy": [_on("aws_s3_bucket.other", _all), false],
		"in a policy of the role": [_of("identity", [{"effect": "Deny"}]), true],
		"in its boundary": [_of("boundary", [{}, {"effect": "Deny"}]), true],
		"nowhere in its boundary": [_of("boundary", [{}]), false],
		"in what its boundary leaves out": [_of("boundary", [{"actions": ["kms:*"]}]), true],
		"in a boundary that is not known": [object.union(_of("boundary", []), {"origin": "unknown"}), false],
		"in a boundary of AWS": [object.union(_of("boundary", []), {"origin": "aws-managed"}), false],
	}
	_refused(case[0]) == case[1]
}

test_of_what[name] if {
	some name, case in {
		"another action": [{"actions": ["s3:deleteobject"]}, [false, false]],
		"the objects": [{"resources": ["arn:aws:s3:::raw/*"]}, [true, false]],
		"the bucket": [{"resources": ["arn:aws:s3:::raw"]}, [false, true]],
		"some objects": [{"resources": ["arn:aws:s3:::raw/in/*"]}, [true, false]],
	}
	plan := _plan(_on("aws_s3_bucket.raw", object.union(_all, case[0])))
	objects := denial.of_objects(_role, "s3:getobject", "aws_s3_bucket.raw") with input as plan
	itself := denial.of_bucket(_role, "s3:getobject", "aws_s3_bucket.raw") with input as plan
	[objects != set(), itself != set()] == case[1]
}

test_of_keys[name] if {
	some name, case in {
		"by its policy": [_on("aws_kms_key.k", object.union(_all, {"actions": ["kms:*"]})), true],
		"another action": [_on("aws_kms_key.k", object.union(_all, {"actions": ["kms:encrypt"]})), false],
		"by a policy of the role": [_of("identity", [{"effect": "Deny", "actions": ["kms:decrypt"], "refs": ["aws_kms_key.k"], "resources": []}]), true],
		"by one on another key": [_of("identity", [{"effect": "Deny", "actions": ["kms:decrypt"], "refs": ["aws_kms_key.other"], "resources": []}]), false],
	}
	found := denial.of_key(_role, "kms:decrypt", "aws_kms_key.k") with input as _plan(case[0])
	found != set() == case[1]
}

_refused(policy) := found != set() if {
	found := denial.of_objects(_role, "s3:getobject", "aws_s3_bucket.raw") with input as _plan(policy)
}

_plan(policy) := fixture.with_policies(
	fixture.plan([
		fixture.bucket("raw", {}),
		fixture.resource("aws_kms_key", "k", {}),
		fixture.resource("aws_iam_role", "reader", {"name": "reader", "path": "/"}),
		fixture.resource("aws_iam_role", "other", {"name": "other", "path": "/"}),
		fixture.resource("aws_iam_policy", "p", {}),
	]),
	[policy],
)

_on(subject, fields) := {
	"address": "aws_iam_policy.p", "attribute": "policy", "use": "resource", "subjects": [subject],
	"statements": [fixture.statement(object.union({"effect": "Deny", "actions": ["s3:*"], "resources": ["arn:aws:s3:::raw/*"]}, fields))],
}

_of(use, statements) := {
	"address": "aws_iam_policy.p", "attribute": "policy", "use": use, "subjects": [_role],
	"statements": [fixture.statement(object.union({"actions": ["s3:*"], "resources": ["*"]}, fields)) | some fields in statements],
}

_all := {"principals": [{"type": "*", "value": "*"}]}

_role := "aws_iam_role.reader"
