# SPDX-License-Identifier: Apache-2.0
"""A log group takes a KMS key only when the key exists and its policy admits CloudWatch Logs for that group; the key
can be associated and disassociated later.

Source: CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS" (service principal
logs.<region>.amazonaws.com, encryption context aws:logs:arn); API Reference, CreateLogGroup, AssociateKmsKey.

Without it: a log group is created under a key that CloudWatch Logs may not use; AWS refuses it.
"""

import json

_ACTIONS = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey")


def install(app) -> None:
    from ministack.core import iam_evaluator as iam
    from ministack.core.responses import get_account_id, get_region
    from ministack.services import cloudwatch_logs as logs
    from ministack.services import kms

    create, handle = logs._create_log_group, logs.handle_request

    def usable(key_id, group):
        key, region = kms._resolve_key(key_id), get_region()
        if key is None or key["KeyState"] != "Enabled":
            return False
        service = f"logs.{region}.amazonaws.com"
        arn = f"arn:aws:logs:{region}:{get_account_id()}:log-group:{group}"
        keys = {
            "aws:sourceaccount": get_account_id(),
            "aws:sourcearn": arn,
            "kms:encryptioncontext:aws:logs:arn": arn,
            "kms:encryptioncontextkeys": ["aws:logs:arn"],
        }
        return all(
            iam.evaluate_resource_policy(
                key.get("Policy"),
                iam.EvalContext(
                    principal_arn="*",
                    principal_type="Service",
                    principal_account="",
                    action=action,
                    resource_arn=key["Arn"],
                    region=region,
                    service_context=keys,
                ),
                service=service,
            ).decision
            == "Allow"
            for action in _ACTIONS
        )

    def refused(key_id, group):
        return logs.error_response_json(
            "InvalidParameterException",
            f"The specified KMS Key Id '{key_id}' does not exist or is not allowed to be used with LogGroup '{group}'",
            400,
        )

    def create_log_group(data):
        key_id, group = data.get("kmsKeyId"), data.get("logGroupName", "")
        return refused(key_id, group) if key_id and not usable(key_id, group) else create(data)

    def associate(data, key_id):
        name = data.get("logGroupName") or data.get("resourceIdentifier", "").split(":log-group:")[-1].removesuffix(
            ":*"
        )
        group = logs._log_groups.get(name)
        if group is None:
            return logs.error_response_json("ResourceNotFoundException", "The specified log group does not exist.", 400)
        if key_id and not usable(key_id, name):
            return refused(key_id, name)
        group["kmsKeyId"] = key_id
        return logs.json_response({})

    async def handle_request(method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        if action in ("AssociateKmsKey", "DisassociateKmsKey"):
            data = json.loads(body or b"{}")
            return associate(data, data.get("kmsKeyId") if action == "AssociateKmsKey" else None)
        return await handle(method, path, headers, body, query_params)

    logs._create_log_group, logs.handle_request = create_log_group, handle_request
