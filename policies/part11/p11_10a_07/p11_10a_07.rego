# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Airflow artefacts are pinned by object version
# description: |-
#   The environment states its Airflow version, and the object version of each file it names: plugins, requirements,
#   startup script. A file that is not used needs none. The bucket they come from is versioned, or the version could be
#   gone; a bucket outside the plan cannot be judged.
# custom:
#   id: P11-10a-07
#   severity: high
#   clauses: ["11.10(a)"]
#   annex11: ["4.5", "10"]
#   alcoa: [consistent, original]
#   requirements: [URS-026, URS-028]
#   resources: [aws_mwaa_environment, aws_s3_bucket, aws_s3_bucket_versioning, aws_s3_object, aws_s3_object_copy]
#   attributes:
#     - {type: aws_mwaa_environment, path: airflow_version}
#     - {type: aws_mwaa_environment, path: plugins_s3_object_version}
#     - {type: aws_mwaa_environment, path: plugins_s3_path}
#     - {type: aws_mwaa_environment, path: requirements_s3_object_version}
#     - {type: aws_mwaa_environment, path: requirements_s3_path}
#     - {type: aws_mwaa_environment, path: startup_script_s3_object_version}
#     - {type: aws_mwaa_environment, path: startup_script_s3_path}
#     - {type: aws_mwaa_environment, path: source_bucket_arn}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket_versioning, path: bucket}
#     - {type: aws_s3_bucket_versioning, path: versioning_configuration.status}
#   environments: [production, qualification, development]
#   failure_msg: "Airflow may run other code than what was validated: {attribute} is {actual}."
#   fix: "Set airflow_version and the *_s3_object_version of every file named, and enable versioning of the source bucket."
#   verified_by: ["none: no module brings an Airflow environment yet; the pipeline will"]
package part11.p11_10a_07

import data.lib.airflow
import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope
import data.lib.version

answers contains answer.of(address, "airflow_version", reading, stated, "a version") if {
	some address in _environments
	reading := attribute.read(input.resources[address], ["airflow_version"])
	stated := {value | value := reading.value; is_string(value); value != ""}
}

answers contains object.union({"address": address, "attribute": name, "expected": "an object version"}, found) if {
	some address in _environments
	some artefact in ["plugins", "requirements", "startup_script"]
	_uses(input.resources[address], $"{artefact}_s3_path")
	name := $"{artefact}_s3_object_version"
	found := version.pinned(input.resources[address], name)
}

answers contains answer.exact(subject, "versioning_configuration.status", reading, "Enabled") if {
	some address in _environments
	some source in airflow.sources(address)
	some subject, reading in bucket.readings(source, "aws_s3_bucket_versioning", ["versioning_configuration", 0, "status"])
}

answers contains answer.unknown(address, "source_bucket_arn", "a bucket of the plan", airflow.shown(address)) if {
	some address in _environments
	count(airflow.sources(address)) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "Airflow environment") if count(_environments) == 0

_environments := scope.existing(rego.metadata.chain(), "aws_mwaa_environment")

_uses(environment, name) if {
	reading := attribute.read(environment, [name])
	reading.status != "not_set"
	not attribute.is_value(reading, "")
}
