# SPDX-License-Identifier: Apache-2.0

package lib.bucket_test

import data.lib.bucket
import data.lib.fixture

test_role[name] if {
	some name, case in {
		"tag": {"bucket": {"tags": {"BucketRole": "inbox"}}, "want": "inbox"},
		"tag over settings": {"bucket": {"bucket": "mapped", "tags": {"BucketRole": "inbox"}}, "want": "inbox"},
		"tag that names no role": {"bucket": {"tags": {"BucketRole": "recrod"}}, "want": "record"},
		"settings by name": {"bucket": {"bucket": "mapped"}, "want": "evidence"},
		"settings by name pattern": {"bucket": {"bucket": "acme.results-1"}, "want": "results"},
		"a pattern is literal but for the star": {"bucket": {"bucket": "acmexresults-1"}, "want": "other"},
		"lock enabled": {"bucket": {"object_lock_enabled": true}, "want": "record"},
		"nothing known": {"bucket": {}, "want": "other"},
	}
	plan := fixture.with_settings(
		fixture.plan([fixture.bucket("raw", case.bucket)]),
		{"buckets": [{"name": "mapped", "role": "evidence"}, {"name": "acme.results-*", "role": "results"}]},
	)
	bucket.roles["aws_s3_bucket.raw"] == case.want with input as plan
}

test_role_by_settings_takes_the_first_match_of_address_and_name if {
	plan := fixture.with_settings(fixture.plan([fixture.bucket("raw", {})]), {"buckets": [
		{"address": "aws_s3_bucket.raw", "name": "other", "role": "audit"},
		{"address": "aws_s3_bucket.*", "role": "evidence"},
		{"address": "*", "role": "results"},
	]})
	bucket.roles["aws_s3_bucket.raw"] == "evidence" with input as plan
}

test_role_with_an_unknown_tag_is_record if {
	plan := fixture.plan([fixture.unknown(fixture.bucket("raw", {}), [["tags", "BucketRole"]])])
	bucket.roles["aws_s3_bucket.raw"] == "record" with input as plan
}

test_a_bucket_that_may_have_the_lock_is_a_record_bucket if {
	lock := fixture.ambiguously_referring(fixture.lock("raw", {"years": 7}), {"bucket": ["aws_s3_bucket.raw"]})
	plan := fixture.plan([fixture.bucket("raw", {}), lock])
	bucket.roles["aws_s3_bucket.raw"] == "record" with input as plan
}

test_role_by_relation[want] if {
	some want, relation in {
		"replica": fixture.resource("aws_s3_bucket_replication_configuration", "r", {
			"bucket": "source",
			"rule": [{"destination": [{"bucket": "arn:aws:s3:::raw"}]}],
		}),
		"audit": fixture.resource("aws_cloudtrail", "t", {"s3_bucket_name": "raw"}),
		"record": fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}),
		"access-log": fixture.resource("aws_s3_bucket_logging", "l", {"bucket": "source", "target_bucket": "raw"}),
	}
	plan := fixture.plan([fixture.bucket("raw", {}), relation])
	bucket.roles["aws_s3_bucket.raw"] == want with input as plan
}

test_a_replicated_bucket_is_a_record_bucket if {
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.part("aws_s3_bucket_replication_configuration", "r", "raw", {"rule": []}),
	])
	bucket.roles["aws_s3_bucket.raw"] == "record" with input as plan
}

test_a_lenient_role_does_not_count_against_what_the_plan_does[name] if {
	some role in ["inbox", "access-log", "results", "other"]
	some want, relation in {
		"replica": fixture.copying_to("raw"),
		"audit": fixture.resource("aws_cloudtrail", "t", {"s3_bucket_name": "raw"}),
		"record": fixture.part("aws_s3_bucket_replication_configuration", "r", "raw", {"rule": []}),
	}
	some by, plan in {
		"tag": fixture.plan([fixture.tagged_bucket("raw", role), relation]),
		"settings": fixture.with_settings(
			fixture.plan([fixture.bucket("raw", {}), relation]),
			{"buckets": [{"name": "raw", "role": role}]},
		),
	}
	name := $"{role} by {by}, {want} by relation"
	bucket.roles["aws_s3_bucket.raw"] == want with input as plan
}

test_a_lenient_role_counts_where_nothing_contradicts_it[role] if {
	some role in ["inbox", "access-log", "results", "other"]
	plan := fixture.plan([fixture.tagged_bucket("raw", role), fixture.lock("raw", {"mode": "COMPLIANCE", "days": 7})])
	bucket.roles["aws_s3_bucket.raw"] == role with input as plan
}

test_a_strict_role_counts_whatever_the_plan_does[role] if {
	some role in ["record", "audit", "replica", "evidence"]
	plan := fixture.plan([fixture.tagged_bucket("raw", role), fixture.copying_to("raw")])
	bucket.roles["aws_s3_bucket.raw"] == role with input as plan
}

test_a_replica_that_nothing_is_copied_to_is_a_record_bucket if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "replica")])
	bucket.roles["aws_s3_bucket.raw"] == "record" with input as plan
	mapped := fixture.with_settings(plan, {"buckets": [{"name": "raw", "role": "replica"}]})
	bucket.roles["aws_s3_bucket.raw"] == "replica" with input as mapped
}

test_records_do_not_leave_with_a_new_tag[want] if {
	some want, tags in {
		"record": {"BucketRole": "other"},
		"inbox": {"BucketRole": "inbox", "was": "inbox"},
		"other": {"BucketRole": "other", "was": "results"},
	}
	before := {"tags": {"BucketRole": object.get(tags, "was", "record")}}
	bucket_then := object.union(fixture.bucket("raw", {"tags": object.remove(tags, ["was"])}), {"before": before})
	bucket.roles["aws_s3_bucket.raw"] == want with input as fixture.plan([bucket_then])
}

test_of_roles if {
	plan := fixture.plan([fixture.tagged_bucket("a", "record"), fixture.tagged_bucket("b", "results")])
	bucket.of_roles({"record", "audit"}) == {"aws_s3_bucket.a"} with input as plan
}

test_a_bucket_without_a_tag_keeps_the_locked_role_it_had[role] if {
	some role in bucket.locked_roles
	kept := object.union(fixture.bucket("raw", {}), {"before": {"tags": {"BucketRole": role}}})
	bucket.roles["aws_s3_bucket.raw"] == role with input as fixture.plan([kept])
}

test_locked_roles if bucket.locked_roles == {"record", "audit", "replica", "inbox", "evidence"}

test_a_former_inbox_may_become_anything if {
	results := object.union(fixture.tagged_bucket("raw", "results"), {"before": {"tags": {"BucketRole": "inbox"}}})
	bucket.roles["aws_s3_bucket.raw"] == "results" with input as fixture.plan([results])
}

test_role_by_relation_through_a_reference[want] if {
	some want, relation in {
		"replica": [fixture.resource("aws_s3_bucket_replication_configuration", "r", {"bucket": "source", "rule": [{"destination": [{}]}]}), "rule.destination.bucket"],
		"audit": [fixture.resource("aws_cloudtrail", "t", {}), "s3_bucket_name"],
		"access-log": [fixture.resource("aws_s3_bucket_logging", "l", {"bucket": "source"}), "target_bucket"],
	}
	source := fixture.referring(relation[0], {relation[1]: ["aws_s3_bucket.raw"]})
	bucket.roles["aws_s3_bucket.raw"] == want with input as fixture.plan([fixture.bucket("raw", {}), source])
}

test_settings_do_not_speak_of_other_buckets[name] if {
	some name, case in {
		"another address": [{"bucket": "raw"}, {"address": "aws_s3_bucket.other", "role": "evidence"}],
		"a name where the bucket's is not known": [{"bucket": null}, {"name": "~*", "role": "evidence"}],
		"any name where the bucket has none": [{}, {"name": "~*", "role": "evidence"}],
	}
	of := object.union(fixture.resource("aws_s3_bucket", "raw", {}), {"values": case[0]})
	plan := fixture.with_settings(fixture.plan([of]), {"buckets": [case[1]]})
	bucket.roles["aws_s3_bucket.raw"] == "other" with input as plan
}

test_a_replica_may_have_been_something_else if {
	replica := object.union(fixture.tagged_bucket("raw", "replica"), {"before": {"tags": {"BucketRole": "record"}}})
	bucket.roles["aws_s3_bucket.raw"] == "replica" with input as fixture.plan([replica, fixture.copying_to("raw")])
}

test_unclassified[name] if {
	some name, case in {
		"nothing says anything": {"bucket": fixture.bucket("raw", {}), "want": {"aws_s3_bucket.raw"}},
		"a tag says other": {"bucket": fixture.bucket("raw", {"tags": {"BucketRole": "other"}}), "want": set()},
		"a tag says record": {"bucket": fixture.bucket("raw", {"tags": {"BucketRole": "record"}}), "want": set()},
		"a tag is not known": {"bucket": fixture.unknown(fixture.bucket("raw", {}), [["tags", "BucketRole"]]), "want": set()},
		"a lock says record": {"bucket": fixture.bucket("raw", {"object_lock_enabled": true}), "want": set()},
	}
	bucket.unclassified == case.want with input as fixture.plan([case.bucket])
}

test_a_bucket_that_the_settings_map_is_classified if {
	plan := object.union(fixture.plan([fixture.bucket("raw", {})]), {"settings": {"buckets": [{"name": "*", "role": "other"}]}})
	bucket.unclassified == set() with input as plan
}
