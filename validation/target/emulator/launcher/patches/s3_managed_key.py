# SPDX-License-Identifier: Apache-2.0
"""SSE-KMS without a key id uses the account's AWS managed key aws/s3, and a stored object names its key by ARN.

Source: S3 API Reference, PutObject, x-amz-server-side-encryption-aws-kms-key-id; KMS Developer Guide, "AWS managed
keys" (created on first use, policy limited by kms:ViaService and kms:CallerAccount).

Without it: a PUT with `aws:kms` and no key is refused with 400, so that nobody sees that on AWS it would land under a
key that the record's owner does not control.
"""

import json

_ALIAS = "alias/aws/s3"


def managed_key_arn() -> str:
    """The key behind alias/aws/s3 of the request's account and region, created on first use."""
    from ministack.core.responses import get_account_id, get_region
    from ministack.services import kms

    existing = kms._resolve_key(_ALIAS)
    if existing is None:
        service, account = f"s3.{get_region()}.amazonaws.com", get_account_id()
        through_s3 = {
            "Sid": "Allow access through S3 for all principals in the account that are authorized to use S3",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
            "Resource": "*",
            "Condition": {"StringEquals": {"kms:ViaService": service, "kms:CallerAccount": account}},
        }
        metadata = {
            "Sid": "Allow direct access to key metadata to the account",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
            "Action": ["kms:Describe*", "kms:Get*", "kms:List*"],
            "Resource": "*",
        }
        policy = {"Version": "2012-10-17", "Statement": [through_s3, metadata]}
        status, _, body = kms._create_key(
            {
                "Description": "Default key that protects my S3 objects when no other key is defined",
                "Policy": json.dumps(policy),
            }
        )
        if status != 200:
            raise RuntimeError(f"aws/s3 key not created: {body!r}")
        key_id = json.loads(body)["KeyMetadata"]["KeyId"]
        kms._aliases[kms._alias_arn(_ALIAS)] = key_id
        existing = kms._keys[key_id]
        existing["KeyManager"] = "AWS"
    return existing["Arn"]


def install(app) -> None:
    from ministack.services import kms, s3

    resolve, metadata, defaults = s3._resolve_sse_write_headers, kms._key_metadata, s3._bucket_default_sse_headers
    name = "x-amz-server-side-encryption-aws-kms-key-id"

    def with_arn(headers):
        if headers.get("x-amz-server-side-encryption") == "aws:kms":
            key = kms._resolve_key(headers[name]) if headers.get(name) else None
            headers = {**headers, name: key["Arn"] if key else headers.get(name) or managed_key_arn()}
        return headers

    def resolve_sse_write_headers(headers, bucket_name):
        return resolve(with_arn(headers), bucket_name)

    def bucket_default_sse_headers(bucket_name):
        return with_arn(defaults(bucket_name))

    def key_metadata(record):
        return {**metadata(record), "KeyManager": record.get("KeyManager", "CUSTOMER")}

    s3._resolve_sse_write_headers, s3._bucket_default_sse_headers = (
        resolve_sse_write_headers,
        bucket_default_sse_headers,
    )
    kms._key_metadata = key_metadata
