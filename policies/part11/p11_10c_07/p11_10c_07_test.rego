# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_07_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_07 as control

test_a_copy_in_another_region_passes if {
	control.answers == {_enabled, _elsewhere} with input as _plan(_replication([_rule]), _copy)
}

test_answers[name] if {
	some name, case in {
		"same region": {
			"part": _replication([_rule]),
			"copy": object.union(_copy, {"region": "eu-west-1"}),
			"want": {_enabled, answer.failed(_part, _destination, "a bucket outside eu-west-1", "eu-west-1")},
		},
		"region of the copy not known": {
			"part": _replication([_rule]),
			"copy": object.union(_copy, {"region": null}),
			"want": {_enabled, answer.unknown(_part, _destination, "a bucket outside eu-west-1", "known after apply")},
		},
		"copy outside the plan": {
			"part": _replication([_rule]),
			"copy": fixture.bucket("unrelated", {}),
			"want": {_enabled, answer.unknown(_part, _destination, "a bucket outside eu-west-1", "known after apply")},
		},
		"rule off": {
			"part": _replication([object.union(_rule, {"status": "Disabled"})]),
			"copy": _copy,
			"want": {answer.failed(_part, "rule.status", "Enabled", "Disabled"), _elsewhere},
		},
		"status not known": {
			"part": fixture.unknown(_replication([object.remove(_rule, ["status"])]), [["rule", 0, "status"]]),
			"copy": _copy,
			"want": {answer.unknown(_part, "rule.status", "Enabled", "known after apply"), _elsewhere},
		},
		"only a prefix": {
			"part": _replication([object.union(_rule, {"filter": [{"prefix": "clinical/"}]})]),
			"copy": _copy,
			"want": {answer.failed(_raw, "rule.filter", "a rule for the whole bucket", "only rules for a part of it"), _elsewhere},
		},
		"filter not known": {
			"part": fixture.unknown(_replication([_rule]), [["rule", 0, "filter", 0, "prefix"]]),
			"copy": _copy,
			"want": {answer.unknown(_raw, "rule", "a replication rule", "known after apply"), _elsewhere},
		},
		"a prefix to the same region beside the whole bucket": {
			"part": _replication([_rule, _prefix_to("raw")]),
			"copy": _copy,
			"want": {_enabled, _elsewhere, answer.failed(_part, _destination, "a bucket outside eu-west-1", "eu-west-1")},
		},
		"a prefix to a bucket outside the plan beside the whole bucket": {
			"part": _replication([_rule, _prefix_to("stranger")]),
			"copy": _copy,
			"want": {_enabled, _elsewhere, answer.unknown(_part, _destination, "a bucket outside eu-west-1", "known after apply")},
		},
		"a prefix that is off": {
			"part": _replication([_rule, object.union(_prefix_to("stranger"), {"status": "Disabled"})]),
			"copy": _copy,
			"want": {_enabled, _elsewhere},
		},
		"the account of the deploy role": {"part": _to({"account": "111122223333"}), "copy": _copy, "want": {_enabled, _elsewhere}},
		"another account": {
			"part": _to({"account": "999988887777"}),
			"copy": _copy,
			"want": {_enabled, _elsewhere, answer.unknown(_part, _account, "the account of the landing zone", "999988887777")},
		},
		"an account not known": {
			"part": fixture.unknown(_replication([_rule]), [["rule", 0, "destination", 0, "account"]]),
			"copy": _copy,
			"want": {_enabled, _elsewhere, answer.unknown(_part, _account, "the account of the landing zone", "known after apply")},
		},
		"copies owned by the destination": {
			"part": _to({"access_control_translation": [{"owner": "Destination"}]}),
			"copy": _copy,
			"want": {_enabled, _elsewhere, _owned},
		},
		"copies owned by whom is not known": {
			"part": fixture.unknown(_replication([_rule]), [["rule", 0, "destination", 0, "access_control_translation"]]),
			"copy": _copy,
			"want": {_enabled, _elsewhere, _owned},
		},
		"no replication": {
			"part": fixture.bucket("unrelated", {}),
			"copy": fixture.bucket("another", {}),
			"want": {answer.failed(_raw, "rule", "a replication rule", "no replication configuration")},
		},
	}
	control.answers == case.want with input as _plan(case.part, case.copy)
}

test_source_region_not_known_never_passes if {
	source := object.union(fixture.tagged_bucket("raw", "record"), {"region": null})
	plan := fixture.plan([source, _copy, _replication([_rule])])
	control.answers == {_enabled, answer.unknown(_part, _destination, "a bucket in another region", "the source's region is not known")} with input as plan
}

test_inbox_and_replica_need_no_replica if {
	plan := fixture.plan([fixture.tagged_bucket("inbox", "inbox"), fixture.tagged_bucket("copy", "replica"), fixture.copying_to("copy")])
	control.answers == set() with input as plan
}

test_a_replica_tag_alone_is_no_replica if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "replica")])
	control.answers == {answer.failed(_raw, "rule", "a replication rule", "no replication configuration")} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record, audit or evidence bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(part, copy) := fixture.plan([fixture.tagged_bucket("raw", "record"), copy, part])

_copy := object.union(fixture.tagged_bucket("copy", "replica"), {"region": "eu-central-1"})

_replication(rules) := fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", {"rule": rules})

_rule := {"status": "Enabled", "filter": [{}], "destination": [{"bucket": "arn:aws:s3:::copy"}]}

_prefix_to(name) := {"status": "Enabled", "filter": [{"prefix": "clinical/"}], "destination": [{"bucket": $"arn:aws:s3:::{name}"}]}

_to(destination) := _replication([object.union(_rule, {"destination": [object.union(_rule.destination[0], destination)]})])

_owned := answer.unknown(_part, "rule.destination.access_control_translation", "not set", "another owner of the copies")

_account := "rule.destination.account"

_enabled := answer.passed(_part, "rule.status", "Enabled", "Enabled")

_elsewhere := answer.passed(_part, _destination, "a bucket outside eu-west-1", "eu-central-1")

_destination := "rule.destination.bucket"

_raw := "aws_s3_bucket.raw"

_part := "aws_s3_bucket_replication_configuration.raw"
