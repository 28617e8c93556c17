# SPDX-License-Identifier: Apache-2.0
"""GetBucketPolicyStatus and GetBucketRequestPayment answer what was asked; a bucket GET for a sub-resource the emulator
does not know answers 501 NotImplemented.

Source: S3 API Reference, GetBucketPolicyStatus, GetBucketRequestPayment.

Without it: the request falls through to ListObjects, and a reader takes the listing for an empty setting.
"""

_KNOWN = frozenset(
    {
        "accelerate",
        "acl",
        "analytics",
        "cors",
        "encryption",
        "intelligent-tiering",
        "inventory",
        "lifecycle",
        "location",
        "logging",
        "metrics",
        "notification",
        "object-lock",
        "ownershipControls",
        "policy",
        "policyStatus",
        "publicAccessBlock",
        "replication",
        "requestPayment",
        "tagging",
        "uploads",
        "versioning",
        "versions",
        "website",
    }
)
_LISTING = frozenset(
    {
        "continuation-token",
        "delimiter",
        "encoding-type",
        "fetch-owner",
        "id",
        "key-marker",
        "list-type",
        "marker",
        "max-keys",
        "max-uploads",
        "prefix",
        "start-after",
        "upload-id-marker",
        "version-id-marker",
        "x-id",
    }
)


def install(app) -> None:
    from ministack.services import s3

    dispatch = s3._dispatch
    xml = {"Content-Type": "application/xml"}

    def policy_status(bucket):
        if bucket not in s3._buckets:
            return s3._no_such_bucket(bucket)
        policy = s3._bucket_policies.get(bucket)
        if not policy:
            return s3._error("NoSuchBucketPolicy", "The bucket policy does not exist", 404, f"/{bucket}")
        public = str(s3._policy_is_public(policy)).lower()
        body = f'<PolicyStatus xmlns="{s3.S3_NS}"><IsPublic>{public}</IsPublic></PolicyStatus>'
        return 200, dict(xml), body.encode()

    def dispatch_reads(method, bucket, key, headers, body, query_params):
        if method != "GET" or not bucket or key:
            return dispatch(method, bucket, key, headers, body, query_params)
        if "policyStatus" in query_params:
            return policy_status(bucket)
        if "requestPayment" in query_params:
            return s3._get_bucket_request_payment(bucket)
        unknown = [n for n in query_params if n not in _KNOWN | _LISTING and not n.lower().startswith("x-amz-")]
        if unknown:
            return s3._error("NotImplemented", f"A sub-resource is not implemented: {unknown[0]}", 501, f"/{bucket}")
        return dispatch(method, bucket, key, headers, body, query_params)

    s3._dispatch = dispatch_reads
