# SPDX-License-Identifier: Apache-2.0
"""A bucket, key or trust policy that names a role or user of the account that does not exist is refused.

Source: S3 User Guide, "Troubleshoot policies" (MalformedPolicy, Invalid principal in policy); KMS API Reference,
CreateKey (MalformedPolicyDocumentException: the principals must exist and be visible to KMS); IAM User Guide, "AWS JSON
policy elements: Principal". Principals of other accounts are taken as given.

Without it: a stack that names a role before making it applies here and fails on AWS.
"""

import json
import re

_MEMBER = re.compile(r"arn:aws[a-z-]*:(?:iam::(\d{12}):(role|user)/(.+)|sts::(\d{12}):assumed-role/([^/]+)/.+)")


def _aws_principals(document) -> list[str]:
    try:
        statements = json.loads(document).get("Statement", [])
    except (TypeError, ValueError, AttributeError):
        return []
    out = []
    for statement in statements if isinstance(statements, list) else [statements]:
        for element in ("Principal", "NotPrincipal"):
            principal = statement.get(element) if isinstance(statement, dict) else None
            named = principal.get("AWS", []) if isinstance(principal, dict) else []
            out += [named] if isinstance(named, str) else named
    return out


def install(app) -> None:
    from ministack.core.responses import get_account_id
    from ministack.services import iam, kms, s3

    put_policy, create_key, put_key_policy = s3._put_bucket_policy, kms._create_key, kms._put_key_policy

    def absent(document) -> str | None:
        """The first principal of this account that names no role or user."""
        for principal in _aws_principals(document):
            member = _MEMBER.fullmatch(principal)
            if member is None or (member[1] or member[4]) != get_account_id():
                continue
            store = iam._users if member[2] == "user" else iam._roles
            record = store.get(member[5] or member[3].rsplit("/", 1)[-1])
            if record is None or (member[1] and record.get("Arn") != principal):
                return principal
        return None

    def put_bucket_policy(name, body):
        if name in s3._buckets and absent(body):
            return s3._error("MalformedPolicy", "Invalid principal in policy", 400, f"/{name}")
        return put_policy(name, body)

    def key_policy(action):
        def checked(data):
            if data.get("Policy") and absent(data["Policy"]):
                return kms.error_response_json(
                    "MalformedPolicyDocumentException",
                    "Policy contains a statement with one or more invalid principals.",
                    400,
                )
            return action(data)

        return checked

    def trust_policy(action, parameter):
        def checked(parameters):
            principal = absent(iam._p(parameters, parameter))
            if principal:
                message = f'Invalid principal in policy: "AWS":"{principal}"'
                return iam._error(400, "MalformedPolicyDocument", message, ns="iam")
            return action(parameters)

        return checked

    s3._put_bucket_policy = put_bucket_policy
    kms._create_key, kms._put_key_policy = key_policy(create_key), key_policy(put_key_policy)
    table = next(v for v in vars(iam).values() if isinstance(v, dict) and v.get("CreateRole") is iam._create_role)
    for name, parameter, function in (
        ("CreateRole", "AssumeRolePolicyDocument", "_create_role"),
        ("UpdateAssumeRolePolicy", "PolicyDocument", "_update_assume_role_policy"),
    ):
        table[name] = trust_policy(getattr(iam, function), parameter)
        setattr(iam, function, table[name])
