# SPDX-License-Identifier: Apache-2.0
"""CloudTrail records every call, also the refused ones with errorCode and errorMessage, under the caller's real
identity (role and session, user, root, anonymous) and the API operation's name.

Source: CloudTrail User Guide, "CloudTrail record contents", "CloudTrail userIdentity element"; S3 User Guide, "Amazon
S3 CloudTrail events" (operation names, data events).

Without it: refused calls are not recorded, the identity is an access key id, and S3 sub-resources and query-protocol
calls carry a wrong name.
"""

import contextvars
import json
import logging
import re
import time
import uuid

from .s3_operations import BUCKET_DATA_EVENTS, s3_operation

_log = logging.getLogger("part11.cloudtrail")
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("part11_request_id", default="")
# called with every recorded event, in the request's own account context
listeners: list = []
_SOURCES = {"cloudwatch": "monitoring"}  # where the endpoint is not named like the service


def is_data_event(event: dict) -> bool:
    """Whether CloudTrail counts the event as a data event (never in LookupEvents, in a trail only when selected)."""
    return event["eventCategory"] == "Data"


def identity(access_key: str, verified, account: str) -> dict:
    """The userIdentity element of a caller."""
    from ministack.services import iam, sts

    if not access_key:
        return {"type": "AWSAccount", "principalId": "", "accountId": "anonymous"}
    arn = getattr(verified, "arn", "")
    if not arn:
        return {"type": "Unknown", "accessKeyId": access_key, "accountId": account}
    base = {"arn": arn, "accountId": verified.account, "accessKeyId": access_key}
    if verified.type == "Root":
        return {"type": "Root", "principalId": verified.account, **base}
    if verified.type != "AssumedRole":
        name = arn.rsplit("/", 1)[-1]
        user = iam._users.get_scoped(verified.account, None, name) or {}
        return {"type": "IAMUser", "principalId": user.get("UserId", name), **base, "userName": name}
    role_name = arn.split("/")[1]
    role = iam._roles.get_scoped(verified.account, None, role_name) or {}
    session = sts._sessions.get(access_key) or {}
    return {
        "type": "AssumedRole",
        "principalId": session.get("UserId", ""),
        **base,
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": role.get("RoleId", ""),
                "accountId": verified.account,
                "arn": role.get("Arn", f"arn:aws:iam::{verified.account}:role/{role_name}"),
                "userName": role_name,
            },
            "attributes": {"mfaAuthenticated": "false"},
        },
    }


def error_of(status: int, body, method: str) -> dict:
    """errorCode and errorMessage of an answer of any protocol; nothing for a success."""
    if status < 400:
        return {}
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    code = re.search(r"<Code>(.*?)</Code>", text)
    message = re.search(r"<Message>(.*?)</Message>", text, re.S)
    if code:
        return {"errorCode": code[1], "errorMessage": message[1] if message else ""}
    try:
        content = json.loads(text)
        name = str(content.get("__type") or content.get("code") or "").rsplit("#", 1)[-1]
        return {
            "errorCode": name or str(status),
            "errorMessage": content.get("message") or content.get("Message") or "",
        }
    except (ValueError, AttributeError):
        by_status = {403: "AccessDenied", 404: "NoSuchKey"}
        return {
            "errorCode": by_status.get(status, str(status)) if method == "HEAD" else str(status),
            "errorMessage": "",
        }


def install(app) -> None:
    from ministack.core import iam_evaluator
    from ministack.core.responses import get_account_id, get_request_client_ip
    from ministack.core.router import extract_access_key_id, extract_region
    from ministack.services import cloudtrail

    from .. import serve

    dispatch = app._dispatch_service_request

    def request_parameters(service, path, headers, body, query_params):
        if service != "s3":
            return cloudtrail._scrub(app._ct_request_params(headers, body, query_params)) or None
        bucket, _, key = path.lstrip("/").partition("/")
        parameters = {"bucketName": bucket, "Host": headers.get("host", "")} if bucket else {}
        if key:
            parameters["key"] = key
        for name, values in query_params.items():
            if not name.lower().startswith("x-amz-"):
                parameters[name] = values[0] if isinstance(values, list) and values else values
        return parameters or None

    def resources(service, name, path, account):
        bucket, _, key = path.lstrip("/").partition("/")
        if service != "s3" or not bucket:
            return []
        out = [{"type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}", "accountId": account}]
        if key:
            out.insert(0, {"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/{key}"})
        elif name in BUCKET_DATA_EVENTS:
            out.insert(0, {"type": "AWS::S3::Object", "ARNPrefix": f"arn:aws:s3:::{bucket}/"})
        return out

    def event_of(service, method, path, headers, body, query_params, answer):
        account, region = get_account_id(), extract_region(headers, query_params)
        routing = app._routing_params(method, path, headers, body, query_params)
        name = (
            s3_operation(method, path, headers, query_params)
            if service == "s3"
            else app._ct_event_name(service, method, path, headers, routing)
        )
        access_key = extract_access_key_id(headers, query_params)
        data = service == "s3" and ("/" in path.lstrip("/").rstrip("/") or name in BUCKET_DATA_EVENTS)
        tls = serve.tls_version.get()
        return {
            "eventVersion": "1.11",
            "userIdentity": identity(access_key, iam_evaluator.resolve_principal(access_key, account), account),
            "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "eventSource": f"{_SOURCES.get(service, service)}.amazonaws.com",
            "eventName": name,
            "awsRegion": "us-east-1" if service == "iam" else region,
            "sourceIPAddress": get_request_client_ip(),
            "userAgent": headers.get("user-agent", ""),
            **error_of(answer[0], answer[2], method),
            "requestParameters": request_parameters(service, path, headers, body, routing),
            "responseElements": None,
            "requestID": request_id.get(),
            "eventID": str(uuid.uuid4()),
            "readOnly": cloudtrail._is_readonly(method, name) == "true",
            **({"resources": resources(service, name, path, account)} if service == "s3" else {}),
            "eventType": "AwsApiCall",
            "managementEvent": not data,
            "recipientAccountId": account,
            "eventCategory": "Data" if data else "Management",
            **(
                {"tlsDetails": {"tlsVersion": f"TLSv{tls}", "clientProvidedHostHeader": headers.get("host", "")}}
                if tls
                else {}
            ),
        }

    async def recorded(method, path, headers, body, query_params, identifier):
        request_id.set(identifier)
        answer = await dispatch(method, path, headers, body, query_params, identifier)
        if not path.startswith("/_"):
            try:
                routing = app._routing_params(method, path, headers, body, query_params)
                service = app.detect_service(method, path, headers, routing)
                record(event_of(service, method, path, headers, body, query_params, answer))
            except Exception:
                _log.exception("call not recorded: %s %s", method, path)
        return answer

    def record(event):
        """One event into the account's event history; trails read from here too (cloudtrail_delivery wraps this)."""
        user = event["userIdentity"]
        cloudtrail._get_event_queue().append(
            {
                "EventId": event["eventID"],
                "EventName": event["eventName"],
                "EventSource": event["eventSource"],
                "EventTime": time.time(),
                "Username": user.get("userName") or user.get("arn", "anonymous").rsplit("/", 1)[-1],
                "AccessKeyId": user.get("accessKeyId", ""),
                "ReadOnly": str(event["readOnly"]).lower(),
                "Resources": [
                    {"ResourceName": r["ARN"].split(":::")[-1], "ResourceType": r["type"]}
                    for r in event.get("resources", [])
                    if "ARN" in r
                ],
                "CloudTrailEvent": json.dumps(event),
                "_event": event,
            }
        )
        for listener in listeners:
            listener(event)

    app._maybe_record_cloudtrail = lambda *_: None
    app._dispatch_service_request = recorded
