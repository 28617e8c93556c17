# SPDX-License-Identifier: Apache-2.0

package part11.p11_10b_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10b_01 as control

test_an_inspector_passes if {
	control.answers == {answer.passed(_raw, "policy", _expected, _inspector)} with input as _plan(_all, {})
}

test_rights[name] if {
	some name, case in {
		"every right on everything": [[_allow(array.concat(_read, _list), ["*"]), _allow(["kms:decrypt"], ["*"])], "pass"],
		"a literal key": [[_on_objects, _on_bucket, _allow(["kms:decrypt"], ["aws_kms_key.raw"])], "pass"],
		"writing elsewhere": [array.concat(_all, [_allow(["s3:putobject"], ["arn:aws:s3:::results/*"])]), "pass"],
		"no versions": [[_allow(["s3:getobject"], _objects), _on_bucket, _decrypt], "fail"],
		"no retention": [[_allow(["s3:getobjectversion", "s3:getobjectlegalhold"], _objects), _on_bucket, _decrypt], "fail"],
		"no listing": [[_on_objects, _decrypt], "fail"],
		"listing of another bucket": [[_on_objects, _allow(_list, ["arn:aws:s3:::other"]), _decrypt], "fail"],
		"some objects": [[_allow(_read, ["arn:aws:s3:::raw/in/*"]), _on_bucket, _decrypt], "fail"],
		"no key": [[_on_objects, _on_bucket], "fail"],
		"another key": [[_on_objects, _on_bucket, _allow(["kms:decrypt"], ["aws_kms_key.other"])], "fail"],
		"puts": [array.concat(_all, [_allow(["s3:putobject"], _objects)]), "fail"],
		"deletes on the audit bucket": [array.concat(_all, [_allow(["s3:delete*"], ["arn:aws:s3:::audit/*"])]), "fail"],
		"bucket policies": [array.concat(_all, [_allow(["s3:putbucketpolicy"], ["arn:aws:s3:::raw"])]), "fail"],
		"puts denied again": [
			array.concat(_all, [
				_allow(["s3:putobject"], _objects),
				fixture.statement({"effect": "Deny", "actions": ["s3:put*"], "resources": ["*"]}),
			]),
			"pass",
		],
		"puts of some objects": [array.concat(_all, [_allow(["s3:putobject"], ["arn:aws:s3:::raw/in/*"])]), "fail"],
	}
	{found.status | some found in control.answers} == {case[1]} with input as _plan(case[0], {})
}

test_what_is_taken_away[name] if {
	some name, case in {
		"reading, by the bucket": ["resource", _raw, {"actions": ["s3:getobjectversion"], "resources": _objects}],
		"retention, by the bucket": ["resource", _raw, {"actions": ["s3:getobjectret*"], "resources": ["arn:aws:s3:::raw/in/*"]}],
		"listing, by the bucket": ["resource", _raw, {"actions": ["s3:listbucketversions"], "resources": ["arn:aws:s3:::raw"]}],
		"decrypting, by the key": ["resource", "aws_kms_key.raw", {"actions": ["kms:decrypt"], "resources": ["*"]}],
		"reading, by its own policy": ["identity", _inspector, {"actions": ["s3:getobject*"], "resources": _objects}],
		"decrypting, by its boundary": ["boundary", _inspector, {"actions": ["kms:*"], "resources": ["*"]}],
	}
	refused := fixture.statement(object.union({"effect": "Deny", "principals": [{"type": "*", "value": "*"}]}, case[2]))
	allowed := [_allow(["*"], ["*"]) | case[0] == "boundary"]
	policy := {
		"address": "aws_iam_policy.p", "attribute": "policy", "use": case[0],
		"subjects": [case[1]], "statements": array.concat(allowed, [refused]),
	}
	found := control.answers with input as fixture.with_policies(_resources, [_policy(_all, {}), policy])
	found == {answer.failed(_raw, "policy", _expected, "taken away by aws_iam_policy.p")}
}

test_rights_not_known_are_unknown if {
	actual := "rights not known: aws_iam_role.inspector"
	control.answers == {answer.unknown(_raw, "policy", _expected, actual)} with input as _plan([], {"origin": "unknown"})
}

test_a_resource_not_known_hides_an_inspector_only_from_reads[name] if {
	some name, case in {
		"reads of objects not known yet": [{"actions": ["s3:getobjectversion"]}, "unknown"],
		"another service": [{"actions": ["logs:putlogevents"]}, "fail"],
		"a refusal": [{"actions": ["s3:*"], "effect": "Deny"}, "fail"],
	}
	said := fixture.statement(object.union({"partial": true}, case[0]))
	{found.status | some found in control.answers} == {case[1]} with input as _plan([said], {})
}

test_no_role_fails if {
	control.answers == {answer.failed("plan", "policy", _expected, "no such role")} with input as fixture.plan([])
}

test_without_record_buckets_the_role_is_still_needed if {
	plan := json.patch(_plan(_all, {}), [{"op": "replace", "path": "byType/aws_s3_bucket", "value": []}])
	control.answers == {answer.passed(_inspector, "policy", _expected, "no record bucket in the plan")} with input as plan
}

test_one_inspector_for_each_bucket_is_enough if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.tagged_bucket("other", "record")])
	{found.address | some found in control.answers; found.status == "fail"} == {_raw, "aws_s3_bucket.other"} with input as plan
}

test_a_deploy_role_is_no_inspector if {
	plan := fixture.with_settings(_plan(_all, {}), {"deployRoleArns": ["arn:aws:iam::1:role/inspector"]})
	control.answers == {answer.failed(_raw, "policy", _expected, "no such role")} with input as plan
}

_raw := "aws_s3_bucket.raw"

_inspector := "aws_iam_role.inspector"

_expected := "a role that reads every version and writes none"

_objects := ["arn:aws:s3:::raw/*"]

_read := ["s3:getobjectversion", "s3:getobjectretention", "s3:getobjectlegalhold"]

_list := ["s3:listbucketversions"]

_allow(actions, resources) := fixture.statement({"actions": actions, "resources": resources})

_on_objects := _allow(_read, _objects)

_on_bucket := _allow(_list, ["arn:aws:s3:::raw"])

_decrypt := fixture.statement({
	"actions": ["kms:decrypt"],
	"resources": ["${aws_kms_key.raw.arn}"],
	"refs": ["aws_kms_key.raw"],
})

_all := [_on_objects, _on_bucket, _decrypt]

_plan(statements, fields) := fixture.with_policies(_resources, [_policy(statements, fields)])

_resources := fixture.plan([
	fixture.tagged_bucket("raw", "record"),
	fixture.tagged_bucket("audit", "audit"),
	fixture.part("aws_s3_bucket_server_side_encryption_configuration", "raw", "raw", {"rule": [{
		"apply_server_side_encryption_by_default": [{"kms_master_key_id": "aws_kms_key.raw"}],
	}]}),
	fixture.resource("aws_iam_policy", "p", {}),
	fixture.resource("aws_iam_role", "inspector", {"name": "inspector", "path": "/"}),
])

_policy(statements, fields) := object.union(
	{
		"address": "aws_iam_role_policy.inspector",
		"attribute": "policy",
		"use": "identity",
		"subjects": [_inspector],
		"statements": statements,
	},
	fields,
)
