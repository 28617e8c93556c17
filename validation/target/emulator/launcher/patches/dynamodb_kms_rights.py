# SPDX-License-Identifier: Apache-2.0
"""DynamoDB asks KMS on the caller's behalf: reading and writing items of a table under a customer's key needs
kms:Decrypt, from the caller's identity policy and from the key policy, on a key that is enabled.

Source: DynamoDB Developer Guide, "DynamoDB encryption at rest", "Authorizing use of your KMS key" and encryption
context (aws:dynamodb:tableName, aws:dynamodb:subscriberId).

Without it: a missing KMS grant of a function's role stays invisible; on AWS its first item is refused.
"""

import json

_ITEM_ACTIONS = (
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
)


def install(app) -> None:
    from ministack.core import iam_evaluator
    from ministack.core.responses import error_response_json, get_account_id, get_region
    from ministack.core.router import extract_access_key_id
    from ministack.services import dynamodb, kms

    handle = dynamodb.handle_request

    def tables(data):
        names = {data.get("TableName")} | set(data.get("RequestItems") or {})
        for item in data.get("TransactItems") or []:
            names |= {part.get("TableName") for part in item.values() if isinstance(part, dict)}
        return {dynamodb._normalize_table_name(name) for name in names if name}

    def refusal(table_name, access_key):
        described = (dynamodb._tables.get(table_name) or {}).get("SSEDescription") or {}
        key = kms._resolve_key(described["KMSMasterKeyArn"]) if described.get("KMSMasterKeyArn") else None
        if key is None or key.get("KeyManager") == "AWS":
            return None
        if key["KeyState"] != "Enabled":
            return error_response_json("InaccessibleEncryptionCredentials", f"{key['Arn']} is {key['KeyState']}.", 400)
        denied = iam_evaluator.enforce(
            access_key,
            "kms:Decrypt",
            "kms",
            get_region(),
            resource_arn=key["Arn"],
            service_context={
                "kms:ViaService": f"dynamodb.{get_region()}.amazonaws.com",
                "kms:CallerAccount": get_account_id(),
                "kms:EncryptionContextKeys": ["aws:dynamodb:tableName", "aws:dynamodb:subscriberId"],
                "kms:EncryptionContext:aws:dynamodb:tableName": table_name,
                "kms:EncryptionContext:aws:dynamodb:subscriberId": get_account_id(),
            },
        )
        if denied is None:
            return None
        who = getattr(denied, "principal_arn", "")
        text = f"User: {who} is not authorized to perform: kms:Decrypt on resource: {key['Arn']}"
        return error_response_json("AccessDeniedException", text, 400)

    async def handle_request(method, path, headers, body, query_params):
        access_key = extract_access_key_id(headers, query_params)
        if access_key and headers.get("x-amz-target", "").rpartition(".")[2] in _ITEM_ACTIONS:
            try:
                named = tables(json.loads(body or b"{}"))
            except (ValueError, AttributeError):
                named = set()  # MiniStack refuses what is no request
            for table_name in sorted(named):
                answer = refusal(table_name, access_key)
                if answer is not None:
                    return answer
        return await handle(method, path, headers, body, query_params)

    dynamodb.handle_request = handle_request
