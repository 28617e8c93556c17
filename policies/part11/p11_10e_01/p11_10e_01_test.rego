# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_01 as control

test_a_complete_trail_passes if {
	{found.status | some found in control.answers} == {"pass"} with input as fixture.plan([_trail("t", {})])
	count(control.answers) == 4 with input as fixture.plan([_trail("t", {})])
}

test_each_setting_is_judged[name] if {
	some name in ["enable_logging", "include_global_service_events", "is_multi_region_trail"]
	answer.failed("aws_cloudtrail.t", name, "true", "false") in control.answers with input as fixture.plan([_trail("t", {name: false})])
	dark := fixture.unknown(_trail("t", {}), [[name]])
	answer.unknown("aws_cloudtrail.t", name, "true", "known after apply") in control.answers with input as fixture.plan([dark])
}

test_management_events_are_judged if {
	plan := fixture.plan([_trail("t", {"event_selector": [{"include_management_events": false}]})])
	answer.failed("aws_cloudtrail.t", "advanced_event_selector.field_selector.equals", "all", "not all") in control.answers with input as plan
}

test_one_complete_trail_is_enough if {
	plan := fixture.plan([_trail("t", {}), _trail("other", {"is_multi_region_trail": false})])
	{[found.address, found.status] | some found in control.answers} == {["aws_cloudtrail.t", "pass"]} with input as plan
}

test_no_trail_fails if {
	expected := answer.failed("plan", "is_multi_region_trail", "a multi-region trail that logs", "no aws_cloudtrail in the plan")
	control.answers == {expected} with input as fixture.plan([])
	control.answers == {expected} with input as fixture.plan([fixture.deleted(_trail("t", {}))])
}

_trail(name, values) := fixture.resource("aws_cloudtrail", name, object.union(
	{"enable_logging": true, "include_global_service_events": true, "is_multi_region_trail": true},
	values,
))
