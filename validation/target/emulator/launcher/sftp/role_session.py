# SPDX-License-Identifier: Apache-2.0
"""Credentials of the user's role under the session policy, when the role trusts transfer.amazonaws.com.

Source: Transfer Family User Guide, "Create an IAM role and policy" (trust with aws:SourceAccount and aws:SourceArn),
"Dynamically limiting access with session policies".
"""

import time
from dataclasses import dataclass

from .identity import Identity, Refused
from .servers import Server

SESSION_SECONDS = 3600


@dataclass(frozen=True)
class RoleCredentials:
    access_key: str
    secret_key: str
    token: str


def open_role_session(server: Server, identity: Identity, session_id: str) -> RoleCredentials:
    """Assumes the role as Transfer does. Raises Refused when there is no such role or it does not trust the service."""
    from ministack.core import iam_evaluator as evaluator
    from ministack.services import iam, sts

    account, name = identity.role.split(":")[4], identity.role.rsplit("/", 1)[-1]
    role = iam._roles.get_scoped(account, None, name)
    if role is None or role["Arn"] != identity.role:
        raise Refused(f"Unable to assume role {identity.role}")
    context = evaluator.EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action="sts:AssumeRole",
        resource_arn=identity.role,
        region=server.region,
        secure_transport=True,
        service_context={
            "aws:principalisawsservice": "true",
            "aws:principalservicename": "transfer.amazonaws.com",
            "aws:sourceaccount": server.account,
            "aws:sourcearn": server.arn,
        },
    )
    trust = role["AssumeRolePolicyDocument"]
    # a trust policy names no resource: the role itself is it
    if evaluator.evaluate_resource_policy(trust, context, service="transfer.amazonaws.com").decision != "Allow":
        raise Refused(f"Unable to assume role {identity.role}: it does not trust transfer.amazonaws.com")
    session = RoleCredentials(sts._gen_session_access_key(), sts._gen_secret(), sts._gen_session_token())
    session_name = f"{identity.user}.{session_id}@{server.id}"
    policies = {"Policy": identity.policy, "PolicyArns": []} if identity.policy else None
    sts.register_session(
        session.access_key,
        {
            "AccountId": account,
            "Arn": f"arn:aws:sts::{account}:assumed-role/{name}/{session_name}",
            "Expiration": time.time() + SESSION_SECONDS,
            "PrincipalType": "AssumedRole",
            "SecretAccessKey": session.secret_key,
            "SessionPolicies": policies,
            "SessionTags": [],
            "SessionToken": session.token,
            "UserId": f"{sts._role_id(identity.role)}:{session_name}",
        },
    )
    return session
