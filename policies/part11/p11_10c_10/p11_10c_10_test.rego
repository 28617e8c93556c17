# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_10_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_10 as control

test_timed_measured_and_watched_passes if {
	alarms := [_alarm("failed", "OperationsFailedReplication", "raw"), _alarm("late", "ReplicationLatency", "raw")]
	control.answers == {
		answer.passed(_part, _time, "Enabled", "Enabled"),
		answer.passed(_part, _metrics, "Enabled", "Enabled"),
		answer.passed(_raw, "alarm.OperationsFailedReplication", _watched, "aws_cloudwatch_metric_alarm.failed"),
		answer.passed(_raw, "alarm.ReplicationLatency", _watched, "aws_cloudwatch_metric_alarm.late"),
	} with input as _plan(_enabled, alarms)
}

test_alarm_by_reference_counts if {
	late := fixture.referring(
		fixture.resource("aws_cloudwatch_metric_alarm", "late", {"namespace": "AWS/S3", "metric_name": "ReplicationLatency"}),
		{"dimensions.SourceBucket": [_raw]},
	)
	want := answer.passed(_raw, "alarm.ReplicationLatency", _watched, "aws_cloudwatch_metric_alarm.late")
	want in control.answers with input as _plan(_enabled, [late])
}

test_alarm_answers[name] if {
	want := answer.failed(_raw, "alarm.ReplicationLatency", _watched, "none")
	some name, alarms in {
		"no alarm": [],
		"alarm of another bucket": [_alarm("late", "ReplicationLatency", "other")],
		"alarm of another metric": [_alarm("late", "BytesPendingReplication", "raw")],
		"alarm of another namespace": [object.union(_alarm("late", "ReplicationLatency", "raw"), {"values": {"namespace": "Mine"}})],
	}
	want in control.answers with input as _plan(_enabled, alarms)
}

test_rule_answers[name] if {
	some name, case in {
		"not timed": {"destination": object.remove(_enabled, ["replication_time"]), "want": answer.failed(_part, _time, "Enabled", "not set")},
		"not measured": {
			"destination": object.union(_enabled, {"metrics": [{"status": "Disabled"}]}),
			"want": answer.failed(_part, _metrics, "Enabled", "Disabled"),
		},
	}
	case.want in control.answers with input as _plan(case.destination, [])
}

test_no_rule_to_judge_is_unknown if {
	want := answer.unknown(_raw, "rule", "a replication rule for the whole bucket", "none to judge")
	want in control.answers with input as fixture.plan([fixture.tagged_bucket("raw", "record")])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record, audit or evidence bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(destination, alarms) := fixture.plan(array.concat(
	[
		fixture.tagged_bucket("raw", "record"),
		fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", {"rule": [{"destination": [destination]}]}),
	],
	alarms,
))

_alarm(name, metric, bucket) := fixture.resource("aws_cloudwatch_metric_alarm", name, {
	"namespace": "AWS/S3",
	"metric_name": metric,
	"dimensions": {"SourceBucket": bucket},
})

_enabled := {"replication_time": [{"status": "Enabled"}], "metrics": [{"status": "Enabled"}]}

_time := "rule.destination.replication_time.status"

_metrics := "rule.destination.metrics.status"

_watched := "an alarm on the bucket's replication"

_raw := "aws_s3_bucket.raw"

_part := "aws_s3_bucket_replication_configuration.raw"
