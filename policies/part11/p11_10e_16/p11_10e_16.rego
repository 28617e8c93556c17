# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Airflow keeps all five logs at INFO or finer
# description: |-
#   Who started which run, with what outcome, stands in five logs of a managed Airflow: DAG processing, scheduler, task,
#   web server and worker. Each is switched on, at a level that leaves no ordinary event out (INFO or DEBUG).
# custom:
#   id: P11-10e-16
#   severity: medium
#   clauses: ["11.10(e)"]
#   annex11: ["9"]
#   alcoa: [attributable, contemporaneous, complete]
#   requirements: [URS-026, URS-027]
#   resources: [aws_mwaa_environment]
#   attributes:
#     - {type: aws_mwaa_environment, path: logging_configuration.dag_processing_logs.enabled}
#     - {type: aws_mwaa_environment, path: logging_configuration.dag_processing_logs.log_level}
#     - {type: aws_mwaa_environment, path: logging_configuration.scheduler_logs.enabled}
#     - {type: aws_mwaa_environment, path: logging_configuration.scheduler_logs.log_level}
#     - {type: aws_mwaa_environment, path: logging_configuration.task_logs.enabled}
#     - {type: aws_mwaa_environment, path: logging_configuration.task_logs.log_level}
#     - {type: aws_mwaa_environment, path: logging_configuration.webserver_logs.enabled}
#     - {type: aws_mwaa_environment, path: logging_configuration.webserver_logs.log_level}
#     - {type: aws_mwaa_environment, path: logging_configuration.worker_logs.enabled}
#     - {type: aws_mwaa_environment, path: logging_configuration.worker_logs.log_level}
#   environments: [production, qualification, development]
#   failure_msg: "{attribute} of the Airflow environment is {actual}, not {expected}."
#   fix: Set enabled to true and log_level to INFO in all five blocks of logging_configuration.
#   verified_by: ["none: no module brings an Airflow environment yet; the pipeline will"]
package part11.p11_10e_16

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, attribute.dotted(path), reading, true) if {
	some address in _environments
	some log in _logs
	path := ["logging_configuration", 0, log, 0, "enabled"]
	reading := attribute.read(input.resources[address], path)
}

answers contains answer.one_of(address, attribute.dotted(path), reading, ["INFO", "DEBUG"]) if {
	some address in _environments
	some log in _logs
	path := ["logging_configuration", 0, log, 0, "log_level"]
	reading := attribute.read(input.resources[address], path)
}

not_applicable := scope.reason(rego.metadata.chain(), "Airflow environment") if count(_environments) == 0

_environments := scope.existing(rego.metadata.chain(), "aws_mwaa_environment")

_logs := ["dag_processing_logs", "scheduler_logs", "task_logs", "webserver_logs", "worker_logs"]
