# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_03 as control

test_answers[name] if {
	some name, case in {
		"BucketOwnerEnforced passes": {
			"parts": [_controls({"rule": [{"object_ownership": "BucketOwnerEnforced"}]})],
			"want": {answer.passed(_address, _attribute, "BucketOwnerEnforced", "BucketOwnerEnforced")},
		},
		"another ownership fails": {
			"parts": [_controls({"rule": [{"object_ownership": "ObjectWriter"}]})],
			"want": {answer.failed(_address, _attribute, "BucketOwnerEnforced", "ObjectWriter")},
		},
		"ownership not known is unknown": {
			"parts": [fixture.unknown(_controls({"rule": [{}]}), [["rule", 0, "object_ownership"]])],
			"want": {answer.unknown(_address, _attribute, "BucketOwnerEnforced", "known after apply")},
		},
		"no ownership controls fail": {
			"parts": [],
			"want": {answer.failed("aws_s3_bucket.any", _attribute, "BucketOwnerEnforced", "not set")},
		},
		"an ACL fails": {
			"parts": [
				_controls({"rule": [{"object_ownership": "BucketOwnerEnforced"}]}),
				fixture.part("aws_s3_bucket_acl", "any", "any", {"acl": "private"}),
			],
			"want": {
				answer.passed(_address, _attribute, "BucketOwnerEnforced", "BucketOwnerEnforced"),
				answer.failed("aws_s3_bucket_acl.any", "bucket", "no bucket ACL", "an aws_s3_bucket_acl"),
			},
		},
	}
	control.answers == case.want with input as fixture.plan(array.concat([fixture.bucket("any", {})], case.parts))
}

test_no_bucket_is_not_applicable if {
	control.not_applicable == "no bucket in the plan" with input as fixture.plan([])
}

_address := "aws_s3_bucket_ownership_controls.any"

_attribute := "rule.object_ownership"

_controls(values) := fixture.part("aws_s3_bucket_ownership_controls", "any", "any", values)
