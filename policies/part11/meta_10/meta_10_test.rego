# SPDX-License-Identifier: Apache-2.0

package part11.meta_10_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_10 as control

test_a_plan_without_programs_passes if {
	control.answers == {answer.passed("plan", "provisioner", _expected, "none")} with input as fixture.plan([])
}

test_every_program_fails if {
	programs := [
		{"address": "aws_instance.a", "kind": "provisioner", "name": "local-exec"},
		{"address": "module.m.data.external.b", "kind": "data", "name": "external"},
		{"address": "action.aws_lambda_invoke.c", "kind": "action", "name": "aws_lambda_invoke"},
	]
	want := {
		answer.failed("aws_instance.a", "provisioner", _expected, "local-exec"),
		answer.failed("module.m.data.external.b", "data", _expected, "external"),
		answer.failed("action.aws_lambda_invoke.c", "action", _expected, "aws_lambda_invoke"),
	}
	control.answers == want with input as object.union(fixture.plan([]), {"programs": programs})
}

_expected := "no program beside the plan"
