# SPDX-License-Identifier: Apache-2.0
"""Inventory, analytics, metrics and intelligent-tiering configurations are stored, listed, returned and deleted; a
bucket request that names a sub-resource the emulator does not know answers 501 NotImplemented.

Source: S3 API Reference, PutBucketInventoryConfiguration and its Get, List and Delete, and the same for analytics,
metrics and intelligent tiering.

Without it: `PUT ?inventory` is read as CreateBucket, `DELETE ?inventory` as DeleteBucket, and the GET answers empty.
"""

_KINDS = {
    "analytics": "AnalyticsConfiguration",
    "intelligent-tiering": "IntelligentTieringConfiguration",
    "inventory": "InventoryConfiguration",
    "metrics": "MetricsConfiguration",
}
_KNOWN = frozenset(
    {
        "accelerate",
        "acl",
        "cors",
        "encryption",
        "lifecycle",
        "logging",
        "notification",
        "object-lock",
        "ownershipControls",
        "policy",
        "publicAccessBlock",
        "replication",
        "requestPayment",
        "tagging",
        "versioning",
        "website",
        "x-id",
    }
)


def install(app) -> None:
    from ministack.core.responses import AccountScopedDict
    from ministack.services import s3

    dispatch, delete_bucket = s3._dispatch, s3._delete_bucket
    stored = AccountScopedDict()  # (bucket, kind) -> {id: XML}
    xml = {"Content-Type": "application/xml"}

    def listing(kind, configurations):
        name = f"List{_KINDS[kind]}sResult" if kind == "inventory" else f"ListBucket{_KINDS[kind]}sResult"
        inner = b"".join(body.split(b"?>", 1)[-1] for body in configurations.values())
        return b'<%b xmlns="%b">%b<IsTruncated>false</IsTruncated></%b>' % (
            name.encode(),
            s3.S3_NS.encode(),
            inner,
            name.encode(),
        )

    def configuration(method, bucket, kind, identifier, body):
        if bucket not in s3._buckets:
            return s3._no_such_bucket(bucket)
        configurations = stored.setdefault((bucket, kind), {})
        if method == "GET" and not identifier:
            return 200, dict(xml), listing(kind, configurations)
        if method == "PUT" and identifier:
            configurations[identifier] = body
            return 200, {}, b""
        if identifier not in configurations:
            return s3._error("NoSuchConfiguration", "The specified configuration does not exist.", 404, f"/{bucket}")
        if method == "DELETE":
            del configurations[identifier]
            return 204, {}, b""
        return 200, dict(xml), configurations[identifier]

    def dispatch_configurations(method, bucket, key, headers, body, query_params):
        if bucket and not key and method in ("GET", "PUT", "DELETE"):
            kind = next((name for name in _KINDS if name in query_params), None)
            if kind:
                return configuration(method, bucket, kind, s3._qp(query_params, "id"), body)
            unknown = [n for n in query_params if n not in _KNOWN and not n.lower().startswith("x-amz-")]
            if method != "GET" and unknown:
                return s3._error(
                    "NotImplemented", f"A sub-resource is not implemented: {unknown[0]}", 501, f"/{bucket}"
                )
        return dispatch(method, bucket, key, headers, body, query_params)

    def delete_bucket_and_configurations(name):
        answer = delete_bucket(name)
        if answer[0] == 204:
            for kind in _KINDS:
                stored.pop((name, kind), None)
        return answer

    s3._dispatch, s3._delete_bucket = dispatch_configurations, delete_bucket_and_configurations
