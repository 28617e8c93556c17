# SPDX-License-Identifier: Apache-2.0
"""S3 requests carry the condition keys of the S3 service: encryption key, Object Lock, version, TLS version, tags.

Source: Service Authorization Reference, "Condition keys for Amazon S3"; S3 User Guide, "Managing Object Lock"
(s3:object-lock-remaining-retention-days). AWS does not say how a part of a day counts: it is rounded up here, so
challenges keep a day's distance.

Without it: a PUT that names the wrong key or too short a retention succeeds, and s3:TlsVersion matches nothing.
"""

import contextvars
import datetime
import math
import re
from urllib.parse import parse_qsl

_HEADERS = (
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-storage-class",
    "x-amz-metadata-directive",
    "x-amz-copy-source",
    "x-amz-website-redirect-location",
    "x-amz-content-sha256",
)
_WRITES = ("s3:PutObject", "s3:PutObjectRetention", "s3:PutObjectLegalHold", "s3:ReplicateObject")
_request_context: contextvars.ContextVar[dict | None] = contextvars.ContextVar("part11_s3_context", default=None)
_request_body: contextvars.ContextVar[bytes] = contextvars.ContextVar("part11_s3_body", default=b"")


def _element(body: bytes, name: str) -> str | None:
    found = re.search(rb"<(?:\w+:)?%b>\s*([^<]*?)\s*</" % name.encode(), body)
    return found[1].decode("utf-8", "replace") if found else None


def remaining_days(retain_until: str) -> int | None:
    """Days from now until an ISO 8601 date, rounded up; None when it is no date."""
    try:
        until = datetime.datetime.fromisoformat(retain_until.replace("Z", "+00:00"))
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.timezone.utc)
    return math.ceil((until - datetime.datetime.now(datetime.timezone.utc)).total_seconds() / 86400)


def _lock_keys(action: str, headers: dict, body: bytes) -> dict:
    if action == "s3:PutObjectRetention" and body:
        mode, until, hold = _element(body, "Mode"), _element(body, "RetainUntilDate"), None
    elif action == "s3:PutObjectLegalHold" and body:
        mode, until, hold = None, None, _element(body, "Status")
    else:
        mode = headers.get("x-amz-object-lock-mode")
        until, hold = headers.get("x-amz-object-lock-retain-until-date"), headers.get("x-amz-object-lock-legal-hold")
    keys = {
        "s3:object-lock-mode": mode,
        "s3:object-lock-retain-until-date": until,
        "s3:object-lock-legal-hold": hold,
        "s3:object-lock-remaining-retention-days": remaining_days(until) if until else None,
    }
    return {key: value for key, value in keys.items() if value is not None}


def install(app) -> None:
    from ministack.core import iam_actions, iam_evaluator

    from .. import serve

    context, enforce, dispatch = iam_actions.s3_service_context, iam_evaluator.enforce, app._dispatch_service_request

    def s3_service_context(iam_action, query_params, path="", headers=None):
        headers, query_params = headers or {}, query_params or {}
        keys = {}
        tls = serve.tls_version.get()
        if tls:
            keys["s3:TlsVersion"] = tls
        if query_params.get("versionId"):
            keys["s3:VersionId"] = query_params["versionId"][0]
        if headers.get("authorization", "").startswith("AWS4"):
            keys.update({"s3:signatureversion": "AWS4-HMAC-SHA256", "s3:authType": "REST-HEADER"})
        elif "X-Amz-Signature" in query_params:
            keys.update({"s3:signatureversion": "AWS4-HMAC-SHA256", "s3:authType": "REST-QUERY-STRING"})
        if iam_action == "s3:CreateBucket":
            location = _element(_request_body.get(), "LocationConstraint")
            if location:
                keys["s3:LocationConstraint"] = location
        if iam_action in _WRITES:
            keys.update({f"s3:{name}": headers[name] for name in _HEADERS if headers.get(name)})
            keys.update(_lock_keys(iam_action, headers, _request_body.get() if "PutObject" != iam_action[3:] else b""))
            for name in ("if-match", "if-none-match"):
                if headers.get(name):
                    keys[f"s3:{name}"] = headers[name]
            tags = dict(parse_qsl(headers.get("x-amz-tagging", ""), keep_blank_values=True))
            if tags:
                keys["s3:RequestObjectTagKeys"] = list(tags)
                keys.update({f"s3:RequestObjectTag/{key}": value for key, value in tags.items()})
        _request_context.set(keys)
        return {**keys, **context(iam_action, query_params, path, headers)}

    def enforce_with_context(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if service == "s3":
            # further checks of one request (bypass, retention, copy source) see the same request
            service_context = {**(_request_context.get() or {}), **(service_context or {})}
        return enforce(access_key_id, iam_action, service, region, resource_arn, service_context)

    async def dispatch_with_body(method, path, headers, body, query_params, request_id):
        _request_body.set(body if len(body) < 65536 else b"")
        _request_context.set(None)
        return await dispatch(method, path, headers, body, query_params, request_id)

    iam_actions.s3_service_context = s3_service_context
    iam_evaluator.enforce = enforce_with_context
    app._dispatch_service_request = dispatch_with_body
