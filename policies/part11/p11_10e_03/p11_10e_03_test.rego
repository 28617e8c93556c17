# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_03 as control

test_answers[name] if {
	some name, case in {
		"all events pass": {"fields": [], "want": answer.passed(_raw, _attribute, _all, "recorded")},
		"reads only fail": {
			"fields": [{"field": "readOnly", "equals": ["true"]}],
			"want": answer.failed(_raw, _attribute, _all, "not recorded: other writes, puts by people, puts by services"),
		},
		"another bucket fails": {
			"fields": [{"field": "resources.ARN", "starts_with": ["arn:aws:s3:::other/"]}],
			"want": answer.failed(_raw, _attribute, _all, $"not recorded: {_all}"),
		},
		"all but PutObject fails on a record": {
			"fields": [{"field": "eventName", "not_equals": ["PutObject"]}],
			"want": answer.failed(_raw, _attribute, _all, "not recorded: puts by people, puts by services"),
		},
	}
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), _trail([case.fields], "elsewhere")])
	control.answers == {case.want} with input as plan
	not control.not_applicable with input as plan
}

test_the_trails_own_writes_may_be_left_out if {
	except_puts := [{"field": "eventName", "not_equals": ["PutObject"]}]
	puts_by_people := [{"field": "eventName", "equals": ["PutObject"]}, {"field": "userIdentity.arn", "starts_with": ["arn:aws:"]}]
	audit := fixture.tagged_bucket("audit", "audit")
	control.answers == {answer.passed("aws_s3_bucket.audit", _attribute, _own, "recorded")} with input as fixture.plan([audit, _trail([except_puts, puts_by_people], "audit")])
	control.answers == {answer.failed("aws_s3_bucket.audit", _attribute, _own, "not recorded: puts by people")} with input as fixture.plan([audit, _trail([except_puts], "audit")])
}

test_selectors_not_known_are_unknown if {
	trail := fixture.unknown(_trail([], "elsewhere"), [["advanced_event_selector"]])
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), trail])
	control.answers == {answer.unknown(_raw, _attribute, _all, "selectors known after apply")} with input as plan
}

test_no_trail_fails_each_bucket[role] if {
	some role in ["record", "inbox", "replica", "audit", "evidence"]
	plan := fixture.plan([fixture.tagged_bucket("raw", role), fixture.copying_to("raw")])
	control.answers == {answer.failed(_raw, _attribute, _all, $"not recorded: {_all}")} with input as plan
}

test_other_buckets_are_not_judged if {
	plan := fixture.plan([fixture.tagged_bucket("logs", "access-log")])
	control.not_applicable == "no record-bearing bucket in the plan" with input as plan
	control.answers == set() with input as plan
}

_raw := "aws_s3_bucket.raw"

_all := "other writes, puts by people, puts by services, reads"

_own := "other writes, puts by people, reads"

_attribute := "advanced_event_selector.field_selector.starts_with"

_trail(selectors, destination) := fixture.resource("aws_cloudtrail", "t", {
	"enable_logging": true,
	"is_multi_region_trail": true,
	"s3_bucket_name": destination,
	"advanced_event_selector": [{"field_selector": array.concat(_data, fields)} | some fields in selectors],
})

_data := [{"field": "eventCategory", "equals": ["Data"]}, {"field": "resources.type", "equals": ["AWS::S3::Object"]}]
