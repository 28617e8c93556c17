# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_01 as control

test_answers[name] if {
	some name, case in {
		"all four flags": {"part": _block(_closed), "status": "pass", "actual": "true", "at": _address},
		"one flag false": {"part": _block(object.union(_closed, {"block_public_acls": false})), "status": "fail", "actual": "false", "at": _address},
		"one flag missing": {"part": _block(object.remove(_closed, ["block_public_acls"])), "status": "fail", "actual": "not set", "at": _address},
		"one flag not known": {
			"part": fixture.unknown(_block(object.remove(_closed, ["block_public_acls"])), [["block_public_acls"]]),
			"status": "unknown",
			"actual": "known after apply",
			"at": _address,
		},
	}
	plan := fixture.plan([fixture.bucket("any", {}), case.part])
	some found in control.answers with input as plan
	found == {"address": case.at, "attribute": "block_public_acls", "status": case.status, "expected": "true", "actual": case.actual}
	count(control.answers) == 4 with input as plan
	not control.not_applicable with input as plan
}

test_each_flag_is_judged[flag] if {
	some flag in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	plan := fixture.plan([fixture.bucket("any", {}), _block(object.union(_closed, {flag: false}))])
	answer.failed(_address, flag, "true", "false") in control.answers with input as plan
}

test_bucket_without_a_block_fails if {
	plan := fixture.plan([fixture.bucket("any", {})])
	answer.failed("aws_s3_bucket.any", "block_public_policy", "true", "not set") in control.answers with input as plan
}

test_no_bucket_is_not_applicable if {
	control.not_applicable == "no bucket in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_address := "aws_s3_bucket_public_access_block.any"

_closed := {
	"block_public_acls": true,
	"block_public_policy": true,
	"ignore_public_acls": true,
	"restrict_public_buckets": true,
}

_block(values) := fixture.part("aws_s3_bucket_public_access_block", "any", "any", values)
