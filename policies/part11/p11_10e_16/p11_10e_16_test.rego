# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_16_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_16 as control

test_all_five_at_info_pass if {
	plan := fixture.plan([_environment(_kept)])
	control.answers == _passes with input as plan
	not control.not_applicable with input as plan
}

test_one_log_otherwise[name] if {
	some name, case in {
		"DEBUG is finer and passes": {"block": {"enabled": true, "log_level": "DEBUG"}, "enabled": "true", "level": "DEBUG", "status": ["pass", "pass"]},
		"WARNING leaves events out": {"block": {"enabled": true, "log_level": "WARNING"}, "enabled": "true", "level": "WARNING", "status": ["pass", "fail"]},
		"switched off": {"block": {"enabled": false, "log_level": "INFO"}, "enabled": "false", "level": "INFO", "status": ["fail", "pass"]},
		"neither set": {"block": {}, "enabled": "not set", "level": "not set", "status": ["fail", "fail"]},
	}
	some log in _logs
	plan := fixture.plan([_environment(object.union(_kept, {log: [case.block]}))])
	answers := control.answers with input as plan
	{[found.status, found.actual] | some found in answers; found.attribute == $"logging_configuration.{log}.enabled"} == {[case.status[0], case.enabled]}
	{[found.status, found.actual] | some found in answers; found.attribute == $"logging_configuration.{log}.log_level"} == {[case.status[1], case.level]}
	count(answers & _passes) >= 8
}

test_no_logging_fails_ten_times if {
	{found.status | some found in control.answers} == {"fail"} with input as fixture.plan([_environment(null)])
	count(control.answers) == 10 with input as fixture.plan([_environment(null)])
}

test_logging_not_known_yet_is_unknown if {
	plan := fixture.plan([fixture.unknown(_environment(null), [["logging_configuration"]])])
	{found.status | some found in control.answers} == {"unknown"} with input as plan
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no Airflow environment in the plan" with input as plan
	control.answers == set() with input as plan
}

_passes := {answer.passed(_address, $"logging_configuration.{log}.enabled", "true", "true") | some log in _logs} | {answer.passed(_address, $"logging_configuration.{log}.log_level", "INFO or DEBUG", "INFO") | some log in _logs}

_kept := {log: [{"enabled": true, "log_level": "INFO"}] | some log in _logs}

_environment(logging) := fixture.resource("aws_mwaa_environment", "airflow", {"logging_configuration": [logging]})

_address := "aws_mwaa_environment.airflow"

_logs := ["dag_processing_logs", "scheduler_logs", "task_logs", "webserver_logs", "worker_logs"]
