# SPDX-License-Identifier: Apache-2.0
"""Who a login is: the identity provider Lambda of the server, or its service-managed users.

Source: Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider" (request, response, the
resource-based permission for transfer.amazonaws.com), "Working with logical directories".
"""

import json
from dataclasses import dataclass

from .scope import run_in, run_in_thread
from .servers import Server

SESSION_POLICY_CHARACTERS = 2048


class Refused(Exception):
    """The login is refused; the text is what the server logs."""


@dataclass(frozen=True)
class Identity:
    """What the server knows of an authenticated user."""

    user: str
    role: str
    policy: str | None
    public_keys: tuple[str, ...]
    home_type: str
    home: str
    #: (virtual path, "/bucket/prefix"), longest virtual path first; empty for a PATH home
    mappings: tuple[tuple[str, str], ...]


def _may_invoke(server: Server, function: dict) -> bool:
    from ministack.core import iam_evaluator as iam

    context = iam.EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action="lambda:InvokeFunction",
        resource_arn=function["config"]["FunctionArn"],
        region=server.region,
        secure_transport=True,
        service_context={
            "aws:principalisawsservice": "true",
            "aws:principalservicename": "transfer.amazonaws.com",
            "aws:sourceaccount": server.account,
            "aws:sourcearn": server.arn,
        },
    )
    policy = function.get("policy")
    return iam.evaluate_resource_policy(policy, context, service="transfer.amazonaws.com").decision == "Allow"


def _invoke(server: Server, event: dict) -> dict:
    from ministack.services import lambda_svc

    arn = (server.record.get("IdentityProviderDetails") or {}).get("Function", "")
    function = lambda_svc._functions.get(arn.partition(":function:")[2].partition(":")[0])
    if function is None or not _may_invoke(server, function):
        raise Refused(f"Unable to call identity provider: not authorized to perform: lambda:InvokeFunction on {arn}")
    answer = lambda_svc._execute_function(function, event)
    body = answer.get("body")
    body = json.loads(body) if isinstance(body, (str, bytes)) and body else body
    if answer.get("error") or not isinstance(body, dict):
        raise Refused("Unable to call identity provider: the function failed")
    return body


def _from_lambda(server: Server, user: str, answer: dict) -> Identity:
    if not answer.get("Role"):
        raise Refused("Invalid user name or credentials")
    details, kind = answer.get("HomeDirectoryDetails"), answer.get("HomeDirectoryType") or "PATH"
    if kind == "LOGICAL" and not isinstance(details, str):
        raise Refused("HomeDirectoryDetails must be a JSON string when HomeDirectoryType is LOGICAL")
    if not isinstance(answer.get("Policy") or "", str):
        raise Refused("Policy must be a JSON string")
    return _identity(user, answer, answer.get("PublicKeys") or [], json.loads(details) if kind == "LOGICAL" else [])


def _managed(server: Server, user: str) -> Identity:
    from ministack.services import transfer

    record = transfer._users.get(transfer._user_key(server.id, user))
    if record is None:
        raise Refused("Invalid user name or credentials")
    keys = [key["SshPublicKeyBody"] for key in record.get("SshPublicKeys", [])]
    return _identity(user, record, keys, record.get("HomeDirectoryMappings") or [])


def _identity(user: str, answer: dict, keys: list, mappings: list) -> Identity:
    home, kind = answer.get("HomeDirectory") or "/", answer.get("HomeDirectoryType") or "PATH"

    def filled(text: str) -> str:
        bucket, _, folder = home.lstrip("/").partition("/")
        for name, value in (
            ("UserName", user),
            ("HomeBucket", bucket),
            ("HomeFolder", folder),
            ("HomeDirectory", f"{bucket}/{folder}" if folder else bucket),
        ):
            text = text.replace("${transfer:" + name + "}", value)
        return text

    policy = filled(answer["Policy"]) if answer.get("Policy") else None
    if policy is not None and len(policy) > SESSION_POLICY_CHARACTERS:
        raise Refused(f"Session policy is longer than {SESSION_POLICY_CHARACTERS} characters")
    pairs = [(entry["Entry"].rstrip("/") or "/", filled(entry["Target"]).rstrip("/")) for entry in mappings]
    pairs.sort(key=lambda pair: -len(pair[0]))
    if kind == "LOGICAL" and not pairs:
        raise Refused("LOGICAL home directory without a mapping")
    return Identity(
        user, answer["Role"], policy, tuple(keys), kind, filled(home), tuple(pairs) if kind == "LOGICAL" else ()
    )


async def identify(server: Server, user: str, source_ip: str, password: str | None) -> Identity:
    """Asks the server's identity provider. A key call carries no password. Raises Refused."""
    if server.record["IdentityProviderType"] == "SERVICE_MANAGED":
        if password is not None:
            raise Refused("Service-managed users log in with a key")
        return run_in(server.account, server.region, _managed, server, user)
    if server.record["IdentityProviderType"] != "AWS_LAMBDA":
        raise Refused(f"identity provider type {server.record['IdentityProviderType']} is not emulated")
    event = {"username": user, "protocol": "SFTP", "serverId": server.id, "sourceIp": source_ip}
    if password is not None:
        event["password"] = password
    try:
        answer = await run_in_thread(server.account, server.region, _invoke, server, event)
        return _from_lambda(server, user, answer)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"The identity provider's answer is malformed: {type(error).__name__}") from error
