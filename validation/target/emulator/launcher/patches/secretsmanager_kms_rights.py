# SPDX-License-Identifier: Apache-2.0
"""Secrets Manager asks KMS on the caller's behalf: reading a secret under a customer's key needs kms:Decrypt, writing
one needs kms:GenerateDataKey and kms:Decrypt, from the caller's identity policy and from the key policy.

Source: Secrets Manager User Guide, "Secret encryption and decryption in AWS Secrets Manager", permissions for the KMS
key and encryption context (SecretARN).

Without it: a function reads a vendor's secret without any right on its key; on AWS the login that needs it fails.
"""

import json

_NEEDS = {
    "GetSecretValue": ("kms:Decrypt",),
    "PutSecretValue": ("kms:GenerateDataKey", "kms:Decrypt"),
}


def install(app) -> None:
    from ministack.core import iam_evaluator
    from ministack.core.responses import error_response_json, get_account_id, get_region
    from ministack.core.router import extract_access_key_id
    from ministack.services import kms, secretsmanager

    handle = secretsmanager.handle_request

    def refusal(action, secret, access_key):
        key = kms._resolve_key(secret["KmsKeyId"]) if secret.get("KmsKeyId") else None
        if key is None or key.get("KeyManager") == "AWS":
            return None
        if key["KeyState"] != "Enabled":
            return error_response_json("DecryptionFailure", f"{key['Arn']} is {key['KeyState']}.", 400)
        denied = iam_evaluator.enforce(
            access_key,
            action,
            "kms",
            get_region(),
            resource_arn=key["Arn"],
            service_context={
                "kms:ViaService": f"secretsmanager.{get_region()}.amazonaws.com",
                "kms:CallerAccount": get_account_id(),
                "kms:EncryptionContextKeys": ["SecretARN"],
                "kms:EncryptionContext:SecretARN": secret["ARN"],
            },
        )
        if denied is None:
            return None
        return error_response_json("AccessDeniedException", "Access to KMS is not allowed", 400)

    async def handle_request(method, path, headers, body, query_params):
        access_key = extract_access_key_id(headers, query_params)
        needs = _NEEDS.get(headers.get("x-amz-target", "").rpartition(".")[2], ())
        if access_key and needs:
            _, secret = secretsmanager._resolve(json.loads(body or b"{}").get("SecretId", ""))
            for action in needs if secret else ():
                answer = refusal(action, secret, access_key)
                if answer is not None:
                    return answer
        return await handle(method, path, headers, body, query_params)

    secretsmanager.handle_request = handle_request
