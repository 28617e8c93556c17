# SPDX-License-Identifier: Apache-2.0

package lib.replication_test

import data.lib.fixture
import data.lib.replication

test_rules_are_those_for_the_whole_bucket[name] if {
	some name, case in {
		"empty filter": {"rule": {"filter": [{"and": [], "prefix": null, "tag": []}]}, "want": 1},
		"null filter block": {"rule": {"filter": [null]}, "want": 1},
		"no filter": {"rule": {}, "want": 1},
		"empty prefix": {"rule": {"prefix": ""}, "want": 1},
		"prefix": {"rule": {"prefix": "clinical/"}, "want": 0},
		"filter by prefix": {"rule": {"filter": [{"prefix": "clinical/"}]}, "want": 0},
		"filter by tag": {"rule": {"filter": [{"tag": [{"key": "a", "value": "b"}]}]}, "want": 0},
		"filter by both": {"rule": {"filter": [{"and": [{"prefix": "clinical/"}]}]}, "want": 0},
		"filter by an empty prefix": {"rule": {"filter": [{"prefix": ""}]}, "want": 1},
	}
	plan := _plan(_replication([case.rule]))
	count(replication.rules("aws_s3_bucket.raw")) == case.want with input as plan
	not replication.uncertain("aws_s3_bucket.raw") with input as plan
}

test_copying_rules_are_those_that_may_be_in_force_and_those_for_the_whole_bucket[name] if {
	part := {"filter": [{"prefix": "clinical/"}]}
	some name, case in {
		"a part of the bucket": {"rule": object.union(part, {"status": "Enabled"}), "want": 1},
		"a part of the bucket, status not said": {"rule": part, "want": 1},
		"a part of the bucket, off": {"rule": object.union(part, {"status": "Disabled"}), "want": 0},
		"the whole bucket": {"rule": {"status": "Enabled"}, "want": 1},
		"the whole bucket, off": {"rule": {"status": "Disabled"}, "want": 1},
	}
	count(replication.copying("aws_s3_bucket.raw")) == case.want with input as _plan(_replication([case.rule]))
}

test_uncertain[name] if {
	some name, configuration in {
		"the rules are not known": fixture.unknown(_replication([]), [["rule"]]),
		"the filter is not known": fixture.unknown(_replication([{"filter": [{}]}]), [["rule", 0, "filter", 0, "prefix"]]),
		"the prefix is not known": fixture.unknown(_replication([{}]), [["rule", 0, "prefix"]]),
		"the bucket is not known": fixture.ambiguously_referring(_replication([{}]), {"bucket": ["aws_s3_bucket.raw"]}),
	}
	plan := _plan(configuration)
	replication.uncertain("aws_s3_bucket.raw") with input as plan
	replication.rules("aws_s3_bucket.raw") == [] with input as plan
}

test_destinations[name] if {
	literal := {"destination": [{"bucket": "arn:aws:s3:::copy"}]}
	some name, case in {
		"by literal ARN": {"rules": [literal, {}], "refs": [], "want": {"aws_s3_bucket.copy"}},
		"by the reference of the only rule": {"rules": [{}], "refs": ["aws_s3_bucket.copy"], "want": {"aws_s3_bucket.copy"}},
		"not by a reference of several rules": {"rules": [{}, literal], "refs": ["aws_s3_bucket.copy"], "want": set()},
		"outside the plan": {"rules": [{"destination": [{"bucket": "arn:aws:s3:::elsewhere"}]}], "refs": [], "want": set()},
	}
	configuration := object.union(_replication(case.rules), {"refs": fixture.referring({}, {
		"bucket": ["aws_s3_bucket.raw"],
		"rule.destination.bucket": case.refs,
	}).refs})
	rule := {"address": "aws_s3_bucket_replication_configuration.r", "index": 0}
	replication.destinations(rule) == case.want with input as _plan(configuration)
}

_replication(rules) := fixture.part("aws_s3_bucket_replication_configuration", "r", "raw", {"rule": rules})

_plan(configuration) := fixture.plan([fixture.bucket("raw", {}), fixture.bucket("copy", {}), configuration])
