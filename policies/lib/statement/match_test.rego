# SPDX-License-Identifier: Apache-2.0

package lib.statement_test

import data.lib.statement

test_actions_match_with_wildcards_on_either_side if {
	cases := {
		"equal": ["s3:putobject", "s3:putobject"],
		"service wildcard": ["s3:*", "s3:putobject"],
		"everything": ["*", "s3:putobject"],
		"prefix": ["s3:put*", "s3:putobject"],
		"other prefix": ["s3:get*", "s3:putobject"],
		"inner wildcard": ["s3:*object", "s3:putobject"],
		"inner wildcard of another": ["s3:*acl", "s3:putobject"],
		"question mark": ["s3:putobjec?", "s3:putobject"],
		"question mark is one character": ["s3:putobjec?", "s3:putobjectacl"],
		"asked with wildcard": ["s3:putobject", "s3:put*"],
		"asked with wildcard of another service": ["kms:sign", "s3:put*"],
		"wildcards that meet": ["s3:*object", "s3:put*"],
		"wildcards that meet the other way": ["s3:put*", "s3:*object"],
		"wildcards apart": ["s3:get*t", "s3:put*"],
	}
	matched := {name | some name, c in cases; statement.matches_action(made({"actions": [c[0]]}), c[1])}
	matched == {
		"equal",
		"service wildcard",
		"everything",
		"prefix",
		"inner wildcard",
		"question mark",
		"asked with wildcard",
		"wildcards that meet",
		"wildcards that meet the other way",
	}
}

test_not_action_means_everything_else if {
	statement.matches_action(made({"notActions": ["iam:*"]}), "s3:putobject")
	not statement.matches_action(made({"notActions": ["s3:*"]}), "s3:putobject")
	statement.covers_action(made({"notActions": ["iam:*"]}), "s3:*")
	not statement.covers_action(made({"notActions": ["s3:get*"]}), "s3:*")
}

test_a_wildcard_is_covered_only_by_one_that_takes_any_rest if {
	cases := {
		"equal": ["s3:*", "s3:*"],
		"everything": ["*", "s3:*"],
		"inner wildcard": ["s?:*", "s3:*"],
		"two wildcards": ["s3:**", "s3:*"],
		"wider prefix": ["s3:p*", "s3:put*"],
		"one character": ["s3:?", "s3:*"],
		"at least one character": ["s3:?*", "s3:*"],
		"some endings": ["s3:*t", "s3:*"],
		"one character at the end": ["s3:pu?", "s3:put*"],
		"as long as the asked text": ["s3:put?", "s3:put*"],
		"asked in the middle": ["s3:?*", "s3:*object"],
		"asked in the middle and at the end": ["s3:?*", "s3:*object*"],
		"asked for one character": ["s3:?", "s3:?"],
		"every character but asked for one": ["?3:p*", "s3:pu?"],
	}
	covered := {name | some name, c in cases; statement.covers_action(made({"actions": [c[0]]}), c[1])}
	covered == {"equal", "everything", "inner wildcard", "two wildcards", "wider prefix", "asked for one character"}
}

test_matched_actions_lists_what_was_meant if {
	wanted := {"s3:putobject", "s3:getobject"}
	statement.matched_actions(made({"actions": ["s3:put*"]}), wanted) == {"s3:putobject"}
	statement.matched_actions(made({"actions": ["s3:putobject", "s3:putobjectacl"]}), wanted) == {"s3:putobject"}
	statement.matched_actions(made({"notActions": ["s3:get*"]}), wanted) == {"s3:putobject"}
}

on_bucket(fields) := found if {
	s := made(object.union({"refs": [bucket]}, fields))
	found := ((({"covers objects" | statement.covers_objects(s, bucket)} | {"covers bucket" | statement.covers_bucket(s, bucket)}) | {"touches objects" | statement.touches_objects(s, bucket, "")}) | {"touches in/" | statement.touches_objects(s, bucket, "in/")}) | {"touches bucket" | statement.touches_bucket(s, bucket)} with input as facts
}

all_of_it := {"covers objects", "covers bucket", "touches objects", "touches in/", "touches bucket"}

every_object := {"covers objects", "touches objects", "touches in/"}

touched := {"touches objects", "touches in/", "touches bucket"}

test_bucket_patterns if {
	cases := {
		"everything": ["*", all_of_it],
		"all buckets": ["arn:aws:s3:::*", all_of_it],
		"bucket": ["arn:aws:s3:::raw-records", {"covers bucket", "touches bucket"}],
		"objects": ["arn:aws-cn:s3:::raw-records/*", every_object],
		"bucket and objects by name wildcard": ["arn:aws:s3:::raw-*", all_of_it],
		"one prefix": ["arn:aws:s3:::raw-records/in/*", {"touches objects", "touches in/"}],
		"another prefix": ["arn:aws:s3:::raw-records/out/*", {"touches objects"}],
		"shorter prefix": ["arn:aws:s3:::raw-records/i*", {"touches objects", "touches in/"}],
		"one kind of file": ["arn:aws:s3:::raw-records/*.csv", {"touches objects", "touches in/"}],
		"one character, twice": ["arn:aws:s3:::raw-records/?/?", {"touches objects", "touches in/"}],
		"keys with a slash": ["arn:aws:s3:::raw-records/*/*", {"touches objects", "touches in/"}],
		"long keys": ["arn:aws:s3:::raw-records/???*", {"touches objects", "touches in/"}],
		"keys with an unusual end": ["arn:aws:s3:::raw-records/*\u007f", {"touches objects", "touches in/"}],
		"objects, wildcard doubled": ["arn:aws:s3:::raw-records/**", every_object],
		"objects of buckets by wildcard": ["arn:aws:s3:::*-record?/*", every_object],
		"keys with a slash by reference": ["${aws_s3_bucket.raw.arn}/*/*", {"touches objects", "touches in/"}],
		"policy variable": ["arn:aws:s3:::raw-records/${aws:username}/*", {"touches objects", "touches in/"}],
		"another bucket": ["arn:aws:s3:::other/*", set()],
		"bucket by reference": ["${aws_s3_bucket.raw.arn}", {"covers bucket", "touches bucket"}],
		"objects by reference": ["${aws_s3_bucket.raw.arn}/*", every_object],
		"objects by name reference": ["arn:aws:s3:::${aws_s3_bucket.raw.bucket}/*", every_object],
		"objects by id reference": ["arn:aws:s3:::${aws_s3_bucket.raw.id}/*", every_object],
		"another reference": ["${aws_s3_bucket.other.arn}/*", set()],
		"another service": ["arn:aws:sqs:eu-central-1:111122223333:queue", set()],
		"another service's wildcard": ["arn:aws:sqs:*", set()],
		"every ARN": ["arn:*", touched],
		"every S3 ARN": ["arn:aws:s3:*", touched],
		"local value": ["${local.raw_arn}/*", touched],
	}
	wrong := {name: got | some name, c in cases; got := on_bucket({"resources": [c[0]]}); got != c[1]}
	print(wrong)
	wrong == {}
}

test_covered_buckets_and_objects[name] if {
	some name, case in {
		"objects by name": [{"resources": ["arn:aws:s3:::raw-records/*"]}, {bucket}, set()],
		"bucket by name": [{"resources": ["arn:aws:s3:::raw-records"]}, set(), {bucket}],
		"objects of a prefix": [{"resources": ["arn:aws:s3:::raw-records/in/*"]}, set(), set()],
		"another bucket": [{"resources": ["arn:aws:s3:::other/*"]}, set(), set()],
		"another service": [{"resources": ["arn:aws:sqs:eu-west-1:1:q"]}, set(), set()],
		"everything": [{"resources": ["*"]}, {bucket}, {bucket}],
		"names by wildcard": [{"resources": ["arn:aws:s3:::raw-*"]}, {bucket}, {bucket}],
		"by reference": [{"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/*"]}, {bucket}, set()],
		"everything else": [{"resources": [], "notResources": ["arn:aws:s3:::other/*"]}, {bucket}, {bucket}],
		"objects of a prefix of one letter": [{"resources": ["arn:aws:s3:::raw-records/~*"]}, set(), set()],
	}
	statement.covered_objects(made(case[0])) == case[1] with input as facts
	statement.covered_buckets(made(case[0])) == case[2] with input as facts
}

test_touched_buckets[name] if {
	some name, case in {
		"objects of a prefix": [{"resources": ["arn:aws:s3:::raw-records/in/*"]}, {bucket}],
		"the bucket alone": [{"resources": ["arn:aws:s3:::raw-records"]}, set()],
		"another bucket": [{"resources": ["arn:aws:s3:::other/*"]}, set()],
		"names by wildcard": [{"resources": ["arn:aws:s3:::raw-*"]}, {bucket}],
		"every ARN": [{"resources": ["arn:*"]}, {bucket}],
		"not known": [{"resources": [], "partial": true}, {bucket}],
		"one object": [{"resources": ["arn:aws:s3:::raw-records/a"]}, {bucket}],
		"one object by reference": [{"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/a"]}, {bucket}],
		"objects of a prefix by reference": [{"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/in/*"]}, {bucket}],
		"three parts of another service": [{"resources": ["arn:aws:dynamodb*"]}, set()],
		"a service that begins as S3 does": [{"resources": ["arn:aws:s3~:*"]}, set()],
	}
	statement.touched_buckets(made(case[0])) == case[1] with input as facts
}

test_bucket_named_by_another_reference_is_not_meant if {
	on_bucket({"refs": [], "resources": ["${aws_s3_bucket.raw.arn}/*"]}) == set()
}

test_bucket_of_unknown_name_is_met_by_reference_only if {
	unnamed := json.patch(facts, [{"op": "remove", "path": "resources/aws_s3_bucket.raw/values/bucket"}])
	s := made({"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/*"]})
	statement.covers_objects(s, bucket) with input as unnamed
	not statement.covers_objects(made({"resources": ["arn:aws:s3:::raw-records/*"]}), bucket) with input as unnamed
}

test_not_resource_means_everything_else if {
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::other/*"]}) == all_of_it
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records"]}) == every_object
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/*"]}) == {"covers bucket", "touches bucket"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/out/*"]}) == touched | {"covers bucket"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/?/?"]}) == touched | {"covers bucket"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/in/*"]}) == {"covers bucket", "touches bucket", "touches objects"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:*"]}) == {"touches objects", "touches in/"}
	on_bucket({"resources": [], "notResources": ["arn:aws:sqs:eu-central-1:111122223333:queue"]}) == {"touches objects", "touches in/"}
}

test_unknown_resources_may_touch_anything_and_cover_nothing if {
	on_bucket({"resources": [], "partial": true}) == touched
}

test_all_but_one_action_does_not_cover_what_may_be_it if {
	not statement.covers_action(made({"notActions": ["s3:getobject"]}), "s3:get*")
}

test_objects_below_one_letter_are_not_all_objects if {
	not statement.covers_objects(made({"resources": ["arn:aws:s3:::raw-records/~*"]}), bucket) with input as facts
}

test_a_wildcard_before_the_last_letter_covers if {
	statement.covers_action(made({"actions": ["s3:*~"]}), "s3:x~")
}

test_an_address_is_no_name_of_a_bucket if {
	nameless := json.patch(facts, [{"op": "replace", "path": ["resources", bucket, "values"], "value": {}}])
	statement.touched_buckets(made({"resources": ["arn:aws:s3:::aws_s3_bucket.raw/*"]})) == set() with input as nameless
}
