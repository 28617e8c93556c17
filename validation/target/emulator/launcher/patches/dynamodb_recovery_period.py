# SPDX-License-Identifier: Apache-2.0
"""Point-in-time recovery keeps the recovery period it was given, 35 days when none is given; 1 to 35 are valid.

Source: DynamoDB API Reference, UpdateContinuousBackups, PointInTimeRecoverySpecification (RecoveryPeriodInDays).

Without it: the period reads as 0, and terraform's second plan sets it again.
"""

import json


def install(app) -> None:
    from ministack.core.responses import error_response_json, json_response
    from ministack.services import dynamodb

    update, describe = dynamodb._update_continuous_backups, dynamodb._describe_continuous_backups

    def with_period(data, answer):
        days = dynamodb._pitr_settings.get(dynamodb._normalize_table_name(data.get("TableName")))
        if answer[0] != 200 or not days:
            return answer
        out = json.loads(answer[2])
        out["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]["RecoveryPeriodInDays"] = days
        return json_response(out)

    def update_continuous_backups(data):
        asked = data.get("PointInTimeRecoverySpecification") or {}
        days = asked.get("RecoveryPeriodInDays", 35)
        if not 1 <= days <= 35:
            return error_response_json("ValidationException", "RecoveryPeriodInDays must be between 1 and 35", 400)
        answer = update(data)
        if answer[0] == 200 and asked.get("PointInTimeRecoveryEnabled"):
            dynamodb._pitr_settings[dynamodb._normalize_table_name(data["TableName"])] = days
        return with_period(data, answer)

    def describe_continuous_backups(data):
        return with_period(data, describe(data))

    dynamodb._update_continuous_backups = update_continuous_backups
    dynamodb._describe_continuous_backups = describe_continuous_backups
