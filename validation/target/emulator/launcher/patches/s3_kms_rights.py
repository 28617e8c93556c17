# SPDX-License-Identifier: Apache-2.0
"""S3 asks KMS on the caller's behalf: writing with SSE-KMS needs kms:GenerateDataKey, reading and multipart parts need
kms:Decrypt, from the caller's identity policy and from the key policy, on a key that exists and is enabled.

Source: S3 User Guide, "Using server-side encryption with AWS KMS keys", permissions and encryption context; KMS
Developer Guide, "kms:ViaService" and "Key states"; S3 error codes KMS.NotFoundException, KMS.DisabledException.

Without it: a missing KMS grant, a disabled or an unknown key stays invisible; on AWS the first file is refused.
"""

from urllib.parse import unquote

_SSE, _KEY = "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"
_NO_DATA = ("tagging", "retention", "legal-hold", "acl", "attributes", "annotation", "restore")


def install(app) -> None:
    from ministack.core import iam_evaluator
    from ministack.core.responses import get_account_id, get_region
    from ministack.core.router import extract_access_key_id
    from ministack.services import kms, s3

    handle = s3.handle_request

    def stored_key(bucket_name, key, version_id):
        bucket = s3._buckets.get(bucket_name)
        record = bucket["objects"].get(key) if bucket else None
        if version_id:
            versions = s3._object_versions.get((bucket_name, key), [])
            record = next((v for v in versions if v["version_id"] == version_id), None)
        return ((record or {}).get("preserved_headers") or {}).get(_KEY)

    def written_key(bucket_name, headers):
        if headers.get(_SSE, "aws:kms") != "aws:kms" or headers.get(f"{_SSE}-customer-algorithm"):
            return None
        resolved, error = s3._resolve_sse_write_headers(headers, bucket_name)
        return None if error else (resolved or {}).get(_KEY)

    def copied_key(headers):
        source = headers.get("x-amz-copy-source", "").lstrip("/")
        name, _, query = source.partition("?versionId=")
        bucket_name, _, key = unquote(name).partition("/")
        return stored_key(bucket_name, key, query or None), bucket_name, key

    def uses(method, bucket_name, key, headers, query_params):
        """(KMS action, key id, bucket, object key) for everything S3 has to ask KMS in this request."""
        upload = s3._multipart_uploads.get((query_params.get("uploadId") or [""])[0])
        if method == "GET" and "uploadId" not in query_params:
            version = (query_params.get("versionId") or [None])[0]
            yield "kms:Decrypt", stored_key(bucket_name, key, version), bucket_name, key
        elif upload is not None and method in ("PUT", "POST"):
            upload_key = (upload.get("preserved_headers") or {}).get(_KEY)
            yield "kms:Decrypt", upload_key, bucket_name, key
            if method == "PUT":
                yield "kms:GenerateDataKey", upload_key, bucket_name, key
        elif method == "PUT" or (method == "POST" and "uploads" in query_params):
            yield "kms:GenerateDataKey", written_key(bucket_name, headers), bucket_name, key
        if method == "PUT" and headers.get("x-amz-copy-source"):
            source_key, source_bucket, source_object = copied_key(headers)
            yield "kms:Decrypt", source_key, source_bucket, source_object

    def refusal(action, key_id, bucket_name, key, access_key):
        record = kms._resolve_key(key_id)
        if record is None:
            return s3._error("KMS.NotFoundException", f"Key '{key_id}' does not exist", 400)
        if record["KeyState"] == "Disabled":
            return s3._error("KMS.DisabledException", f"{record['Arn']} is disabled.", 400)
        if record["KeyState"] != "Enabled":
            return s3._error("KMS.KMSInvalidStateException", f"{record['Arn']} is {record['KeyState']}.", 400)
        if not access_key:
            return s3._error("AccessDenied", "Access Denied", 403)
        bucket_key = b"<BucketKeyEnabled>true" in str(s3._bucket_encryption.get(bucket_name) or "").encode()
        denied = iam_evaluator.enforce(
            access_key,
            action,
            "kms",
            get_region(),
            resource_arn=record["Arn"],
            service_context={
                "kms:ViaService": f"s3.{get_region()}.amazonaws.com",
                "kms:CallerAccount": get_account_id(),
                "kms:EncryptionContextKeys": ["aws:s3:arn"],
                "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket_name}" + ("" if bucket_key else f"/{key}"),
            },
        )
        if denied is None:
            return None
        who, why = getattr(denied, "principal_arn", ""), "with an explicit deny"
        if getattr(denied, "decision", "") != "Deny":
            why = f"because no identity-based policy allows the {action} action"
        return s3._error(
            "AccessDenied",
            f"User: {who} is not authorized to perform: {action} on resource: {record['Arn']} {why}",
            403,
        )

    async def handle_request(method, path, headers, body, query_params, *rest, **options):
        bucket_name, key = s3._parse_bucket_key(path, headers)
        if key and not options.get("internal") and not any(name in query_params for name in _NO_DATA):
            merged = s3._merge_hoisted_amz_headers(headers, query_params)
            for action, key_id, used_bucket, used_key in uses(method, bucket_name, key, merged, query_params):
                if key_id:
                    answer = refusal(
                        action, key_id, used_bucket, used_key, extract_access_key_id(headers, query_params)
                    )
                    if answer is not None:
                        return answer
        return await handle(method, path, headers, body, query_params, *rest, **options)

    s3.handle_request = handle_request
