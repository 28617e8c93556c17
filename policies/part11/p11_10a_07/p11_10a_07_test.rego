# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_07_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_07 as control

test_pinned_passes if {
	plan := _plan({"requirements_s3_path": "requirements.txt", "requirements_s3_object_version": "v1"}, "Enabled")
	control.answers == _fine | {answer.passed(_address, "requirements_s3_object_version", "an object version", "v1")} with input as plan
	not control.not_applicable with input as plan
}

test_files_that_are_not_used_need_no_version[path] if {
	some path in [null, ""]
	control.answers == _fine with input as _plan({"plugins_s3_path": path}, "Enabled")
}

test_a_file_without_its_version_fails[artefact] if {
	some artefact in ["plugins", "requirements", "startup_script"]
	failed := answer.failed(_address, $"{artefact}_s3_object_version", "an object version", "not set")
	control.answers == _fine | {failed} with input as _plan({$"{artefact}_s3_path": "file"}, "Enabled")
}

test_a_file_not_known_yet_needs_a_version_too if {
	environment := fixture.unknown(_environment({}), [["plugins_s3_path"], ["plugins_s3_object_version"]])
	plan := fixture.plan([environment, fixture.bucket("dags", {}), _versioning("Enabled")])
	unknown := answer.unknown(_address, "plugins_s3_object_version", "an object version", "known after apply")
	control.answers == _fine | {unknown} with input as plan
}

test_airflow_version[name] if {
	some name, case in {
		"empty": [_environment({"airflow_version": ""}), answer.failed(_address, "airflow_version", "a version", "")],
		"not set": [_environment({}), answer.failed(_address, "airflow_version", "a version", "not set")],
		"not known yet": [
			fixture.unknown(_environment({}), [["airflow_version"]]),
			answer.unknown(_address, "airflow_version", "a version", "known after apply"),
		],
	}
	environment := json.patch(case[0], _unversioned[name])
	plan := fixture.plan([environment, fixture.bucket("dags", {}), _versioning("Enabled")])
	control.answers == {case[1], _versioned} with input as plan
}

_unversioned := {
	"empty": [],
	"not set": [{"op": "remove", "path": "/values/airflow_version"}],
	"not known yet": [],
}

test_the_source_bucket[name] if {
	some name, case in {
		"not versioned fails": [_versioning("Suspended"), answer.failed("aws_s3_bucket_versioning.dags", _status, "Enabled", "Suspended")],
		"without versioning fails": [fixture.bucket("another", {}), answer.failed("aws_s3_bucket.dags", _status, "Enabled", "not set")],
	}
	plan := fixture.plan([_environment({}), fixture.bucket("dags", {}), case[0]])
	control.answers == {_stated, case[1]} with input as plan
}

test_a_bucket_outside_the_plan_is_unknown if {
	unknown := answer.unknown(_address, "source_bucket_arn", "a bucket of the plan", "arn:aws:s3:::dags")
	control.answers == {_stated, unknown} with input as fixture.plan([_environment({})])
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no Airflow environment in the plan" with input as plan
	control.answers == set() with input as plan
}

_plan(values, status) := fixture.plan([_environment(values), fixture.bucket("dags", {}), _versioning(status)])

_environment(values) := fixture.resource("aws_mwaa_environment", "a", object.union(
	{"airflow_version": "2.10.3", "source_bucket_arn": "arn:aws:s3:::dags"},
	values,
))

_versioning(status) := fixture.part("aws_s3_bucket_versioning", "dags", "dags", {"versioning_configuration": [{"status": status}]})

_address := "aws_mwaa_environment.a"

_status := "versioning_configuration.status"

_stated := answer.passed(_address, "airflow_version", "a version", "2.10.3")

_versioned := answer.passed("aws_s3_bucket_versioning.dags", _status, "Enabled", "Enabled")

_fine := {_stated, _versioned}
