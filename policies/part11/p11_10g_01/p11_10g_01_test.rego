# SPDX-License-Identifier: Apache-2.0

package part11.p11_10g_01_test

import data.lib.fixture
import data.part11.p11_10g_01 as control

test_duties[name] if {
	some name, case in {
		"none": [[], "pass", "none"],
		"reading": [[_allow("s3:getobject", "*")], "pass", "none"],
		"writing records": [[_allow("s3:putobject", _objects)], "pass", "writing records"],
		"writing elsewhere": [[_allow("s3:putobject", "arn:aws:s3:::results/*")], "pass", "none"],
		"legal holds": [[_allow("s3:putobjectlegalhold", "*")], "pass", "lock, key or policy administration"],
		"writing and signing": [
			[_allow("s3:putobject", _objects), _allow("kms:sign", "*")],
			"fail",
			"signing and writing records",
		],
		"writing and locking": [
			[_allow("s3:putobject", _objects), _allow("s3:putobjectretention", _objects)],
			"fail",
			"lock, key or policy administration and writing records",
		],
		"users and audit": [
			[_allow("cognito-idp:adminsetuserpassword", "*"), _allow("cloudtrail:*", "*")],
			"fail",
			"audit administration and user administration",
		],
		"a wildcard": [
			[_allow("s3:*", _objects)],
			"fail",
			"lock, key or policy administration and writing records",
		],
		"denied again": [
			[
				_allow("s3:putobject", _objects),
				_allow("kms:sign", "*"),
				fixture.statement({"effect": "Deny", "actions": ["kms:sign"], "resources": ["*"]}),
			],
			"pass",
			"writing records",
		],
	}
	control.answers == {_answer(case[1], case[2])} with input as _plan([_own({"statements": case[0]})])
}

test_a_key_policy_grants_too if {
	of_key := {
		"address": "aws_kms_key.k",
		"attribute": "policy",
		"use": "resource",
		"subjects": ["aws_kms_key.k"],
		"statements": [fixture.statement({
			"actions": ["kms:putkeypolicy"],
			"principals": [{"type": "AWS", "value": "arn:aws:iam::1:role/r"}],
		})],
	}
	plan := _plan([_own({"statements": [_allow("s3:putobject", _objects)]}), of_key])
	control.answers == {_answer("fail", "lock, key or policy administration and writing records")} with input as plan
}

test_origins[name] if {
	some name, case in {
		"administrator": [
			{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
			"fail",
			"every duty, by an AWS-managed policy",
		],
		"not known": [{"origin": "unknown"}, "unknown", "rights not known"],
	}
	plan := _plan([_own(object.union({"statements": []}, case[0]))])
	control.answers == {_answer(case[1], case[2])} with input as plan
	not control.not_applicable with input as plan
}

test_two_duties_fail_though_more_is_not_known if {
	both := [_allow("s3:putobject", _objects), object.union(_allow("kms:sign", "*"), {"partial": true})]
	control.answers == {_answer("fail", "signing and writing records")} with input as _plan([_own({"statements": both})])
}

test_boundaries_and_deploy_roles[name] if {
	both := [_allow("s3:putobject", _objects), _allow("kms:sign", "*")]
	some name, case in {
		"boundary": [_plan([_own({"use": "boundary", "statements": both})]), {_answer("pass", "none")}],
		"deploy role": [
			fixture.with_settings(_plan([_own({"statements": both})]), {"deployRoleArns": ["arn:aws:iam::1:role/r"]}),
			set(),
		],
	}
	control.answers == case[1] with input as case[0]
}

test_a_policy_of_nobody_in_the_plan_is_judged_alone[name] if {
	duties := [fixture.statement({"actions": [action]}) | some action in ["kms:sign", "cognito-idp:admincreateuser"]]
	some name, case in {
		"two duties": [{"statements": duties}, "fail"],
		"one duty": [{"statements": [duties[0]]}, "pass"],
		"writing records and signing": [
			{"statements": [duties[0], fixture.statement({"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::raw/*"]})]},
			"fail",
		],
		"administrator": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess", "statements": []}, "fail"],
		"not readable": [{"origin": "unknown", "statements": []}, "unknown"],
		"an AWS-managed policy of unknown rights": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/Unheard", "statements": []}, "unknown"],
	}
	policy := object.union({"address": _elsewhere, "attribute": "policy", "use": "identity", "subjects": []}, case[0])
	plan := fixture.with_policies(fixture.plan([fixture.tagged_bucket("raw", "record")]), [policy])
	{[found.address, found.status] | some found in control.answers} == {[_elsewhere, case[1]]} with input as plan
}

_elsewhere := "aws_iam_role_policy.elsewhere"

test_no_role_is_not_applicable if {
	control.not_applicable == "no runtime role or identity policy in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_role := "aws_iam_role.r"

_objects := "arn:aws:s3:::raw/*"

_answer(status, actual) := {
	"address": _role,
	"attribute": "policy",
	"status": status,
	"expected": "at most one duty",
	"actual": actual,
}

_allow(action, resource) := fixture.statement({"actions": [action], "resources": [resource]})

_own(fields) := object.union(
	{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": [_role]},
	fields,
)

_plan(policies) := fixture.with_policies(
	fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}),
	]),
	policies,
)

test_writing_into_an_inbox_is_writing_records if {
	plan := json.patch(_plan([_own({"statements": [_allow("s3:putobject", _objects)]})]), [{"op": "replace", "path": "/resources/aws_s3_bucket.raw/values/tags/BucketRole", "value": "inbox"}])
	control.answers == {_answer("pass", "writing records")} with input as plan
}

test_who_reads_unblinded_records_reads_no_others[name] if {
	everything := "arn:aws:s3:::*/*"
	some name, case in {
		"both, by name": [[_allow("s3:getobject", _objects), _allow("s3:getobject", "arn:aws:s3:::arms/*")], "fail", _both],
		"both, by versions": [[_allow("s3:getobject", _objects), _allow("s3:getobjectversion", "arn:aws:s3:::arms/*")], "fail", _both],
		"both, by pattern": [[_allow("s3:get*", everything)], "fail", _both],
		"both, a copy": [[_allow("s3:getobject", _objects), _allow("s3:getobject", "arn:aws:s3:::arms-copy/*")], "fail", _both],
		"unblinded alone": [[_allow("s3:getobject", "arn:aws:s3:::arms/*"), _allow("s3:getobject", "arn:aws:s3:::arms-copy/*")], "pass", "none"],
		"others alone": [[_allow("s3:getobject", _objects)], "pass", "none"],
		"locks of both": [[_allow("s3:getobjectretention", everything)], "pass", "none"],
		"unblinded and what is no record": [[_allow("s3:getobject", "arn:aws:s3:::arms/*"), _allow("s3:getobject", "arn:aws:s3:::results/*")], "pass", "none"],
	}
	_of_role == {_answer(case[1], case[2])} with input as _unblinded_plan([_own({"statements": case[0]})], "unblinded", {})
}

test_promotion_reads_both[name] if {
	some name, case in {"ingest": [{"Part11Role": "ingest"}, "pass", "none"], "another part": [{"Part11Role": "sender"}, "fail", _both]}
	trust := {
		"address": _role, "attribute": "assume_role_policy", "use": "trust", "subjects": [_role],
		"statements": [fixture.statement({"actions": ["sts:assumerole"], "principals": [{"type": "Service", "value": "lambda.amazonaws.com"}]})],
	}
	policies := [_own({"statements": [_allow("s3:getobject", "*")]}), trust]
	_of_role == {_answer(case[1], case[2])} with input as _unblinded_plan(policies, "unblinded", case[0])
}

test_a_tag_says_which_is_which[name] if {
	some name, case in {"blinded": ["blinded", "pass", "none"], "unblinded": ["unblinded", "fail", _both]}
	policies := [_own({"statements": [_allow("s3:getobject", "*")]})]
	_of_role == {_answer(case[1], case[2])} with input as _unblinded_plan(policies, case[0], {})
}

test_a_tag_that_is_not_known_may_say_either if {
	plan := fixture.with_policies(
		fixture.plan([
			fixture.unknown(fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": null}}), [["tags", "Blinding"]]),
			fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}),
		]),
		[_own({"statements": [_allow("s3:getobject", "*")]})],
	)
	_of_role == {_answer("fail", _both)} with input as plan
}

test_a_policy_of_nobody_must_not_read_both[name] if {
	some name, case in {
		"both": [[_allow("s3:getobject", "*")], "fail"],
		"unblinded alone": [[_allow("s3:getobject", "arn:aws:s3:::arms/*")], "pass"],
	}
	policy := {"address": _elsewhere, "attribute": "policy", "use": "identity", "subjects": [], "statements": case[0]}
	found := {one | some one in control.answers; one.address == _elsewhere} with input as _unblinded_plan([policy], "unblinded", {})
	{one.status | some one in found} == {case[1]}
}

# The rest speaks of buckets and rows: lib/blinding tests it.
_of_role := {found | some found in control.answers; found.address == _role}

_both := "reading blinded and unblinded records"

_unblinded_plan(policies, blinding, tags) := fixture.with_policies(
	fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": blinding}}),
		fixture.bucket("arms-copy", {"tags": {"BucketRole": "replica", "Blinding": blinding}}),
		fixture.tagged_bucket("results", "results"),
		fixture.part("aws_s3_bucket_replication_configuration", "arms", "arms", {"rule": [{
			"status": "Enabled",
			"destination": [{"bucket": "arn:aws:s3:::arms-copy"}],
		}]}),
		fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/", "tags": tags}),
		fixture.resource("aws_lambda_function", "f", {"role": "arn:aws:iam::1:role/r", "tags": tags}),
	]),
	policies,
)

test_principals_are_judged_in_production_alone[environment] if {
	some environment, status in {"production": {"fail"}, "qualification": set(), "development": set()}
	trust := {
		"address": _role, "attribute": "assume_role_policy", "use": "trust", "subjects": [_role],
		"statements": [fixture.statement({"actions": ["sts:assumerole"], "principals": [{"type": "AWS", "value": "arn:aws:iam::1:user/x"}]})],
	}
	of_raw := {
		"address": "aws_s3_bucket_policy.raw", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.raw"],
		"statements": [object.union(_allow("s3:putobject", _objects), {"principals": [{"type": "AWS", "value": "arn:aws:iam::1:user/x"}]})],
	}
	plan := fixture.in_environment(_plan([_own({"statements": [_allow("kms:sign", "*")]}), trust, of_raw]), environment)
	status == {one.status | some one in control.answers; one.attribute == "assume_role_policy"} with input as plan
}

test_nobody_but_promotion_decides_what_runs_as_promotion[name] if {
	some name, case in {
		"a role": [[_steering(["aws_iam_role.other"])], {["aws_iam_role.other", "fail", _steers_function]}],
		"a policy of nobody in the plan": [[_steering([])], {[_elsewhere, "fail", _steers_function]}],
		"promotion itself": [[_steering([_role])], set()],
	}
	trust := {
		"address": _role, "attribute": "assume_role_policy", "use": "trust", "subjects": [_role],
		"statements": [fixture.statement({"actions": ["sts:assumerole"], "principals": [{"type": "Service", "value": "lambda.amazonaws.com"}]})],
	}
	base := _unblinded_plan([], "blinded", {"Part11Role": "ingest"})
	other := fixture.resource("aws_iam_role", "other", {"name": "other", "path": "/"})
	plan := fixture.with_policies(fixture.plan(array.concat([one | some one in base.resources], [other])), array.concat(case[0], [trust]))
	found := {[one.address, one.status, one.actual] | some one in control.answers; one.status != "pass"} with input as plan
	found == case[1]
}

_steers_function := "deciding by lambda:updatefunctioncode what runs as promotion"

_steering(subjects) := {
	"address": _elsewhere, "attribute": "policy", "use": "identity", "subjects": subjects,
	"statements": [_allow("lambda:updatefunctioncode", "arn:aws:lambda:eu-central-1:1:function:f")],
}
