# SPDX-License-Identifier: Apache-2.0
"""A new trail keeps its log group, role, topic and tags, and a KMS key given by alias is returned by ARN.

Source: CloudTrail API Reference, CreateTrail (CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn, SnsTopicName, TagsList)
and Trail.

Without it: terraform's second plan wants to set log group, role and tags again.
"""

import json


def install(app) -> None:
    from ministack.core.responses import get_account_id, get_region
    from ministack.services import cloudtrail, kms

    create, normalize = cloudtrail._create_trail, cloudtrail._normalize_kms_key_id

    def create_trail(body):
        answer = create(body)
        if answer[0] != 200:
            return answer
        out = json.loads(answer[2])
        trail = cloudtrail._trails[body["Name"].strip()]
        added = {name: body[name] for name in ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn") if body.get(name)}
        topic = body.get("SnsTopicName")
        if topic:
            arn = topic if topic.startswith("arn:") else f"arn:aws:sns:{get_region()}:{get_account_id()}:{topic}"
            added["SnsTopicARN"] = arn
        trail.update(added)
        if body.get("TagsList"):
            cloudtrail._trail_tags[out["TrailARN"]] = {tag["Key"]: tag.get("Value", "") for tag in body["TagsList"]}
        return cloudtrail._ok({**out, **added})

    def normalize_kms_key_id(value):
        key = kms._resolve_key(value) if value else None
        return key["Arn"] if key else normalize(value)

    cloudtrail._create_trail = cloudtrail._DISPATCH["CreateTrail"] = create_trail
    cloudtrail._normalize_kms_key_id = normalize_kms_key_id
