# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_08_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_08 as control

test_answers[name] if {
	some name, case in {
		"all types, switched on": [_group(true, true), _status({"is_enabled": true}), {_all("pass", "true"), _global("pass", "true"), _on("pass", "true")}],
		"some types": [_group(false, true), _status({"is_enabled": true}), {_all("fail", "false"), _global("pass", "true"), _on("pass", "true")}],
		"no global types": [_group(true, false), _status({"is_enabled": true}), {_all("pass", "true"), _global("fail", "false"), _on("pass", "true")}],
		"no group said": [[], _status({"is_enabled": true}), {_all("fail", "not set"), _global("fail", "not set"), _on("pass", "true")}],
		"switched off": [_group(true, true), _status({"is_enabled": false}), {_all("pass", "true"), _global("pass", "true"), _on("fail", "false")}],
		"not known whether on": [
			_group(true, true),
			fixture.unknown(_status({}), [["is_enabled"]]),
			{_all("pass", "true"), _global("pass", "true"), _on("unknown", "known after apply")},
		],
	}
	plan := fixture.plan([_recorder(case[0]), case[1]])
	control.answers == case[2] with input as plan
	not control.not_applicable with input as plan
}

test_a_recorder_by_literal_name_is_found if {
	status := fixture.resource("aws_config_configuration_recorder_status", "s", {"name": "r", "is_enabled": true})
	_on("pass", "true") in control.answers with input as fixture.plan([_recorder(_group(true, true)), status])
}

test_a_status_of_another_recorder_starts_nothing[name] if {
	some name, status in {
		"another name": fixture.resource("aws_config_configuration_recorder_status", "s", {"name": "x", "is_enabled": true}),
		"another region": object.union(
			fixture.resource("aws_config_configuration_recorder_status", "s", {"name": "r", "is_enabled": true}),
			{"provider": "aws.replica"},
		),
		"deleted": fixture.deleted(_status({"is_enabled": true})),
	}
	failed := answer.failed(_address, "is_enabled", "true", "not set")
	control.answers == {_all("pass", "true"), _global("pass", "true"), failed} with input as fixture.plan([_recorder(_group(true, true)), status])
}

test_no_recorder_fails if {
	failed := answer.failed("plan", "recording_group.all_supported", "true", "no recorder")
	control.answers == {failed} with input as fixture.plan([])
}

test_not_applicable_in_development if {
	plan := fixture.in_environment(fixture.plan([_recorder([])]), "development")
	control.not_applicable == "does not apply in development" with input as plan
	control.answers == set() with input as plan
}

_group(all, global) := [{"all_supported": all, "include_global_resource_types": global}]

_recorder(group) := fixture.resource("aws_config_configuration_recorder", "r", {"name": "r", "recording_group": group})

_status(values) := fixture.referring(
	fixture.unknown(fixture.resource("aws_config_configuration_recorder_status", "s", values), [["name"]]),
	{"name": [_address]},
)

_address := "aws_config_configuration_recorder.r"

_all(status, actual) := _answer(_address, "recording_group.all_supported", status, actual)

_global(status, actual) := _answer(_address, "recording_group.include_global_resource_types", status, actual)

_on(status, actual) := _answer("aws_config_configuration_recorder_status.s", "is_enabled", status, actual)

_answer(address, attribute, status, actual) := {
	"address": address, "attribute": attribute, "status": status, "expected": "true", "actual": actual,
}
