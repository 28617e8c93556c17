# SPDX-License-Identifier: Apache-2.0
"""A logging trail delivers its records: gzip JSON files to S3 as the CloudTrail service, under the bucket policy and
the key policy, and single events to its log group under its role; event selectors choose, GetTrailStatus tells.

Source: CloudTrail User Guide, "CloudTrail log file name format", "Amazon S3 bucket policy for CloudTrail", "Sending
events to CloudWatch Logs", "Logging data events" (selectors). AWS delivers within about 15 minutes, this every second.
Log file validation digests are not written.

Without it: a trail exists and nothing ever arrives in the audit bucket or the log group.
"""

import contextvars
import datetime
import gzip
import json
import logging
import os
import threading
import time

from .cloudtrail_bucket_policy import delivery_context, encryption_context, service_may
from .cloudtrail_recording import listeners, request_id
from .cloudtrail_selection import recording_trails

_log = logging.getLogger("part11.cloudtrail.delivery")
INTERVAL_SECONDS = 1.0


def install(app) -> None:
    from ministack.core import iam_evaluator as iam
    from ministack.core.responses import get_account_id, set_request_account_id, set_request_region
    from ministack.services import cloudtrail, cloudwatch_logs, kms, s3
    from ministack.services import iam as iam_service

    pending, lock = [], threading.Lock()  # (account, home region, trail name, event)
    status, state_keys = cloudtrail._get_trail_status, cloudtrail._TRAIL_STATE_KEYS
    stop = cloudtrail._stop_logging

    def remember(event):
        account = get_account_id()
        with lock:
            pending.extend((account, home, name, event) for home, name in recording_trails(event))

    def put_file(trail, account, region, events):
        bucket, arn, key_arn = trail["S3BucketName"], trail["TrailARN"], trail.get("KmsKeyId")
        now = datetime.datetime.now(datetime.timezone.utc)
        prefix = f"{trail['S3KeyPrefix']}/" if trail.get("S3KeyPrefix") else ""
        key = (
            f"{prefix}AWSLogs/{account}/CloudTrail/{region}/{now:%Y/%m/%d}/{account}_CloudTrail_{region}_"
            f"{now:%Y%m%dT%H%MZ}_{os.urandom(8).hex()}.json.gz"
        )
        policy = (s3.bucket_policy_for_arn(f"arn:aws:s3:::{bucket}") or (None, None))[0]
        if not policy or not service_may(
            "s3:PutObject", f"arn:aws:s3:::{bucket}/{key}", policy, arn, account, delivery_context(key_arn)
        ):
            return "AccessDenied"
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        if key_arn:
            record = kms._resolve_key(key_arn)
            context = encryption_context(arn)
            if (
                record is None
                or record["KeyState"] != "Enabled"
                or not service_may("kms:GenerateDataKey", key_arn, record.get("Policy"), arn, account, context)
            ):
                return "KMS.AccessDenied"
            headers.update(
                {"x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": key_arn}
            )
        answer = s3._put_object(bucket, key, gzip.compress(json.dumps({"Records": events}).encode()), headers)
        return None if answer[0] == 200 else f"S3 answered {answer[0]}"

    def may_log(trail, account):
        role_arn, group = trail["CloudWatchLogsRoleArn"], trail["CloudWatchLogsLogGroupArn"].removesuffix(":*")
        name = role_arn.rsplit("/", 1)[-1]
        role = iam_service._roles.get_scoped(account, None, name)
        if role is None:
            return False
        trust = role["AssumeRolePolicyDocument"]
        resource = f"{group}:log-stream:{account}_CloudTrail_{trail['HomeRegion']}"
        context = iam.EvalContext(
            principal_arn=f"arn:aws:sts::{account}:assumed-role/{name}/CloudTrail",
            principal_type="AssumedRole",
            principal_account=account,
            action="logs:PutLogEvents",
            resource_arn=resource,
            region=trail["HomeRegion"],
        )
        return (
            service_may("sts:AssumeRole", "*", trust, trail["TrailARN"], account)
            and iam.evaluate(context, iam._gather_role_policies(name, account)).decision == "Allow"
        )

    def put_log_events(trail, account, events):
        group = trail["CloudWatchLogsLogGroupArn"].split(":log-group:")[1].removesuffix(":*")
        stream = f"{account}_CloudTrail_{trail['HomeRegion']}"
        if group not in cloudwatch_logs._log_groups or not may_log(trail, account):
            return "AccessDenied"
        if stream not in cloudwatch_logs._log_groups[group]["streams"]:
            cloudwatch_logs._create_log_stream({"logGroupName": group, "logStreamName": stream})
        stamp = int(time.time() * 1000)
        cloudwatch_logs._put_log_events(
            {
                "logGroupName": group,
                "logStreamName": stream,
                "logEvents": [{"timestamp": stamp, "message": json.dumps(event)} for event in events],
            }
        )
        return None

    def deliver(account, home, name, events):
        set_request_account_id(account)
        set_request_region(home)
        trail = cloudtrail._trails.get_scoped(account, home, name)
        if trail is None:
            return
        for region in sorted({event["awsRegion"] for event in events}):
            note(trail, "_Delivery", put_file(trail, account, region, [e for e in events if e["awsRegion"] == region]))
        if trail.get("CloudWatchLogsLogGroupArn") and trail.get("CloudWatchLogsRoleArn"):
            note(trail, "_Logs", put_log_events(trail, account, events))

    def note(trail, channel, error):
        if error:
            trail[f"{channel}Error"] = error
        else:
            trail.pop(f"{channel}Error", None)
            trail[f"{channel}At"] = int(time.time())

    def deliver_forever():
        while True:
            time.sleep(INTERVAL_SECONDS)
            with lock:
                batch, pending[:] = pending[:], []
            for account, home, name in sorted({entry[:3] for entry in batch}):
                events = [event for *trail, event in batch if trail == [account, home, name]]
                try:
                    contextvars.Context().run(deliver, account, home, name, events)
                except Exception:
                    _log.exception("delivery failed")

    def stop_logging(body):
        trail = cloudtrail._find_mutable_trail(body.get("Name", "").strip())[2]
        was_logging = bool(trail and trail.get("IsLogging"))
        answer = stop(body)
        if was_logging and answer[0] == 200:
            trail["_StoppedBy"] = request_id.get()
        return answer

    def get_trail_status(body):
        answer = status(body)
        if answer[0] != 200:
            return answer
        out = json.loads(answer[2])
        trail = cloudtrail._find_visible_trail(body["Name"].strip())[2]
        for field, name in (
            ("_DeliveryAt", "LatestDeliveryTime"),
            ("_DeliveryError", "LatestDeliveryError"),
            ("_LogsAt", "LatestCloudWatchLogsDeliveryTime"),
            ("_LogsError", "LatestCloudWatchLogsDeliveryError"),
        ):
            if trail.get(field):
                out[name] = trail[field]
        return cloudtrail._ok(out)

    cloudtrail._TRAIL_STATE_KEYS = state_keys | {"_DeliveryAt", "_DeliveryError", "_LogsAt", "_LogsError", "_StoppedBy"}
    cloudtrail._get_trail_status = cloudtrail._DISPATCH["GetTrailStatus"] = get_trail_status
    cloudtrail._stop_logging = cloudtrail._DISPATCH["StopLogging"] = stop_logging
    listeners.append(remember)
    threading.Thread(target=deliver_forever, daemon=True, name="part11-cloudtrail").start()
