# SPDX-License-Identifier: Apache-2.0

package lib.table_test

import data.lib.fixture
import data.lib.table

test_of_role[name] if {
	some name, case in {
		"a ledger": ["ledger", {"ledger"}],
		"a signature store": ["signature", {"signature"}],
		"a misspelt role is both": ["Ledger", {"ledger", "signature"}],
		"another role": ["identity-provider", set()],
	}
	plan := fixture.plan([fixture.resource("aws_dynamodb_table", "t", {"tags": {"Part11Role": case[0]}})])
	{role | some role in ["ledger", "signature"]; table.of_role(role)["aws_dynamodb_table.t"]} == case[1] with input as plan
}

test_touched[name] if {
	some name, case in {
		"the table by reference": [{"resources": ["${aws_dynamodb_table.ledger.arn}"], "refs": [_ledger]}, {_ledger}],
		"its indexes by reference": [{"resources": ["arn:aws:dynamodb:r:1:table/ledger/index/i"], "refs": [_ledger]}, {_ledger}],
		"another table": [{"resources": ["arn:aws:dynamodb:r:1:table/elsewhere"]}, set()],
		"everything": [{"resources": ["*"]}, {_ledger, _other}],
		"every table": [{"resources": ["arn:aws:dynamodb:*:*:table/*"]}, {_ledger, _other, _nameless}],
		"everything of the service": [{"resources": ["arn:aws:dynamodb:*"]}, {_ledger, _other}],
		"any service": [{"resources": ["arn:*"]}, {_ledger, _other}],
		"a service with a wildcard": [{"resources": ["arn:aws:d*:r:1:x"]}, {_ledger, _other}],
		"another service": [{"resources": ["arn:aws:s3:::*"]}, set()],
		"a wildcard in the name": [{"resources": ["arn:aws:dynamodb:r:1:table/led*"]}, {_ledger, _nameless}],
		"a question mark in the name": [{"resources": ["arn:aws:dynamodb:r:1:table/ledge?"]}, {_ledger, _nameless}],
		"another name with a wildcard": [{"resources": ["arn:aws:dynamodb:r:1:table/x*"]}, {_nameless}],
		"all but something": [{"notResources": ["arn:aws:dynamodb:r:1:table/x"]}, {_ledger, _other}],
		"not known": [{"partial": true}, set()],
		"nothing": [{}, set()],
		"three parts of another service": [{"resources": ["arn:*:ec2"]}, set()],
	}
	tables := {_ledger, _other} | {one | one := _nameless; case[1][one]}
	table.touched(fixture.statement(case[0]), tables) == case[1] with input as _plan
}

test_a_table_whose_name_is_not_known_may_be_any_that_no_other_has[name] if {
	some name, case in {
		"a name of no table": [["arn:aws:dynamodb:r:1:table/elsewhere"], {_nameless}],
		"an index of no table": [["arn:aws:dynamodb:r:1:table/elsewhere/index/i"], {_nameless}],
		"the name of another": [["arn:aws:dynamodb:r:1:table/other"], set()],
		"an index of another": [["arn:aws:dynamodb:r:1:table/other/index/i"], set()],
		"another service": [["arn:aws:s3:::bucket"], set()],
	}
	table.touched(fixture.statement({"resources": case[0]}), {_ledger, _nameless}) == case[1] with input as _plan
}

test_covers[name] if {
	some name, case in {
		"everything": [{"resources": ["*"]}, true],
		"the reference": [{"resources": ["${aws_dynamodb_table.ledger.arn}"], "refs": [_ledger]}, true],
		"the ARN": [{"resources": ["arn:aws:dynamodb:r:1:table/ledger"], "refs": [_ledger]}, true],
		"an index alone": [{"resources": ["arn:aws:dynamodb:r:1:table/ledger/index/i"], "refs": [_ledger]}, false],
		"another table": [{"resources": ["arn:aws:dynamodb:r:1:table/other"], "refs": [_other]}, false],
	}
	{x | x := true; table.covers(fixture.statement(case[0]), _ledger)} == {x | x := true; case[1]} with input as _plan
}

_ledger := "aws_dynamodb_table.ledger"

_other := "aws_dynamodb_table.other"

_nameless := "aws_dynamodb_table.nameless"

_plan := fixture.plan([
	fixture.resource("aws_dynamodb_table", "ledger", {"name": "ledger"}),
	fixture.resource("aws_dynamodb_table", "other", {"name": "other"}),
	fixture.unknown(fixture.resource("aws_dynamodb_table", "nameless", {}), [["name"]]),
])

test_signature_buckets if {
	plan := fixture.plan([fixture.bucket("s", {"tags": {"Part11Role": "signature"}}), fixture.tagged_bucket("raw", "record")])
	table.signature_buckets == {"aws_s3_bucket.s"} with input as plan
}
