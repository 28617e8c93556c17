# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The Airflow web server is private
# description: |-
#   Whoever reaches the web server of a managed Airflow can start, mark and clear runs. It is reached through the VPC
#   only, and the plan says so: a default that AWS may change proves nothing.
# custom:
#   id: P11-10d-20
#   severity: high
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-026]
#   resources: [aws_mwaa_environment]
#   attributes:
#     - {type: aws_mwaa_environment, path: webserver_access_mode}
#   environments: [production, qualification, development]
#   failure_msg: "The Airflow web server may be reached from outside the VPC: webserver_access_mode is {actual}."
#   fix: Set webserver_access_mode to PRIVATE_ONLY.
#   verified_by: ["none: no module brings an Airflow environment yet; the pipeline will"]
package part11.p11_10d_20

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "webserver_access_mode", reading, "PRIVATE_ONLY") if {
	some address in _environments
	reading := attribute.read(input.resources[address], ["webserver_access_mode"])
}

not_applicable := scope.reason(rego.metadata.chain(), "Airflow environment") if count(_environments) == 0

_environments := scope.existing(rego.metadata.chain(), "aws_mwaa_environment")
