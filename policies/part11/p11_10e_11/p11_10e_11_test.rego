# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_11_test

import data.lib.fixture
import data.part11.p11_10e_11 as control

test_statements[name] if {
	some name, case in {
		"reading the trail passes": [[fixture.statement({"actions": ["cloudtrail:lookupevents"]})], "pass", "none"],
		"stopping it fails": [[fixture.statement({"actions": ["cloudtrail:stoplogging"]})], "fail", "cloudtrail:stoplogging"],
		"masking its logs fails": [[fixture.statement({"actions": ["logs:putdataprotectionpolicy"]})], "fail", "logs:putdataprotectionpolicy"],
		"another filter in the place of one fails": [[fixture.statement({"actions": ["logs:putmetricfilter"]})], "fail", "logs:putmetricfilter"],
		"a wildcard fails": [
			[fixture.statement({"actions": ["guardduty:delete*"]})],
			"fail",
			concat(", ", ["guardduty:deletedetector", "guardduty:deletefilter", "guardduty:deleteipset", "guardduty:deletemembers", "guardduty:deletepublishingdestination", "guardduty:deletethreatintelset"]),
		],
		"an own Deny takes it away": [
			[
				fixture.statement({"actions": ["cloudtrail:stoplogging"]}),
				fixture.statement({"effect": "Deny", "actions": ["cloudtrail:*"], "resources": ["*"]}),
			],
			"pass",
			"none",
		],
	}
	{[found.address, found.status, found.actual] | some found in control.answers} == {[_policy, case[1], case[2]]} with input as _plan({"statements": case[0]})
}

test_origins[name] if {
	some name, case in {
		"text not known": [{"origin": "unknown"}, "unknown", "text not known"],
		"a managed policy not known": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/Unheard"}, "unknown", "text not known"],
		"an administrator": [
			{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
			"fail",
			"arn:aws:iam::aws:policy/AdministratorAccess",
		],
		"a limited managed policy": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/SecurityAudit"}, "pass", "none"],
	}
	plan := _plan(object.union({"statements": []}, case[0]))
	{[found.address, found.status, found.actual] | some found in control.answers} == {[_policy, case[1], case[2]]} with input as plan
	not control.not_applicable with input as plan
}

test_a_policy_of_nobody_in_the_plan_is_judged if {
	stopping := fixture.statement({"actions": ["cloudtrail:stoplogging"]})
	{found.status | some found in control.answers} == {"fail"} with input as _plan({"subjects": [], "statements": [stopping]})
}

test_deploy_roles_and_boundaries_are_not_judged[name] if {
	stopping := [fixture.statement({"actions": ["cloudtrail:stoplogging"]})]
	some name, plan in {
		"deploy role": fixture.with_settings(_plan({"statements": stopping}), {"deployRoleArns": ["arn:aws:iam::1:role/r"]}),
		"boundary": _plan({"use": "boundary", "statements": stopping}),
	}
	control.answers == set() with input as plan
	control.not_applicable == "no identity policy of a runtime principal in the plan" with input as plan
}

_policy := "aws_iam_role_policy.r"

_plan(fields) := fixture.with_policies(
	fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"})]),
	[object.union({"address": _policy, "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"]}, fields)],
)

test_each_right_that_silences_an_alarm_fails[action] if {
	some action in [
		"cloudwatch:deletealarms", "cloudwatch:disablealarmactions", "cloudwatch:putmetricalarm", "events:deleterule",
		"events:disablerule", "events:putrule", "events:removetargets", "sns:deletetopic", "sns:setsubscriptionattributes",
		"sns:settopicattributes", "sns:unsubscribe",
	]
	plan := _plan({"statements": [fixture.statement({"actions": [action]})]})
	{[found.status, found.actual] | some found in control.answers} == {["fail", action]} with input as plan
}

test_who_tells_an_alarm_s_topic_silences_nothing[action] if {
	some action in ["cloudwatch:putmetricdata", "events:putevents", "sns:publish", "sns:subscribe"]
	{found.status | some found in control.answers} == {"pass"} with input as _plan({"statements": [fixture.statement({"actions": [action]})]})
}
