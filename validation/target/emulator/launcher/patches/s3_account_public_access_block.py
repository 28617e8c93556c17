# SPDX-License-Identifier: Apache-2.0
"""The account's public access block is stored, returned and enforced: the most restrictive of account and bucket wins.

Source: S3 Control API Reference, PutPublicAccessBlock and its Get and Delete; S3 User Guide, "Blocking public access
to your Amazon S3 storage" (S3 applies the most restrictive combination).

Without it: the call answers 400 InvalidURI, so `aws_s3_account_public_access_block` cannot be applied.
"""

import re

_PATH = "/v20180820/configuration/publicAccessBlock"
_SETTINGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def install(app) -> None:
    from ministack.core.responses import AccountScopedDict
    from ministack.services import s3

    control, blocked = app._handle_s3_control_request, s3._public_access_blocked
    blocks = AccountScopedDict()  # "block" -> {setting: bool}

    def answer(method, body):
        if method == "PUT":
            found = {n: re.search(rb"<(?:\w+:)?%b>\s*(true|false)\s*<" % n.encode(), body, re.I) for n in _SETTINGS}
            blocks["block"] = {n: bool(m) and m[1].lower() == b"true" for n, m in found.items()}
            return 200, {}, b""
        if method == "DELETE":
            blocks.pop("block", None)
            return 204, {}, b""
        block = blocks.get("block")
        if block is None:
            return s3.s3control_error(
                "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", 404
            )
        inner = "".join(f"<{name}>{str(value).lower()}</{name}>" for name, value in block.items())
        xml = f"<PublicAccessBlockConfiguration>{inner}</PublicAccessBlockConfiguration>"
        return 200, {"Content-Type": "application/xml"}, xml.encode()

    async def handle_s3_control_request(path, method, body, query_params, request_id, headers=None):
        if path.rstrip("/") != _PATH or method not in ("GET", "PUT", "DELETE"):
            return await control(path, method, body, query_params, request_id, headers)
        action = "s3:GetAccountPublicAccessBlock" if method == "GET" else "s3:PutAccountPublicAccessBlock"
        denied = app._enforce_data_plane("s3", action, headers or {}, query_params, request_id, resource_arn="*")
        status, out, text = denied or s3.s3control_account_error(headers or {}) or answer(method, body)
        return status, {**out, "x-amzn-requestid": request_id}, text

    def public_access_blocked(owner_account, bucket_name, setting):
        account = blocks.get_scoped(owner_account, None, "block") or {}
        return account.get(setting, False) or blocked(owner_account, bucket_name, setting)

    app._handle_s3_control_request, s3._public_access_blocked = handle_s3_control_request, public_access_blocked
