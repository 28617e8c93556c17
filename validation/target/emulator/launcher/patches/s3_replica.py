# SPDX-License-Identifier: Apache-2.0
"""A replica keeps the source's version id, its retention and legal hold (or takes the destination's default retention)
and is encrypted under the rule's own key; later changes of retention and legal hold follow.

Source: S3 User Guide, "What does Amazon S3 replicate?", "Using Object Lock with replication", "Replicating encrypted
objects" (ReplicaKmsKeyID).

Without it: the replica has no lock and keeps the source's KMS key id, so "the replica is locked" cannot be shown.
"""

_SSE, _KEY = "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"


def install(app) -> None:
    from ministack.core.responses import get_account_id
    from ministack.services import s3

    replicate, record_version = s3._maybe_replicate, s3._record_object_version
    apply_lock, put_retention, put_hold = (
        s3._apply_object_lock_from_headers,
        s3._put_object_retention,
        s3._put_object_legal_hold,
    )
    replicas: dict[tuple, tuple] = {}  # (account, bucket, key, version) -> (destination, version, account)

    def maybe_replicate(bucket_name, key, obj, data, tags=None):
        replicate(bucket_name, key, obj, data, tags)
        if not obj.get("_replica"):
            return
        rule, _ = s3._replication_rule_for(bucket_name, key, tags)
        key_id = ((rule.get("Destination") or {}).get("EncryptionConfiguration") or {}).get("ReplicaKmsKeyID")
        destination, version, account = obj["_replica"]
        if not key_id:
            return
        with s3._in_account(account):
            entries = [v for v in s3._object_versions.get((destination, key), []) if v["version_id"] == version]
            for entry in [s3._buckets[destination]["objects"].get(key), *entries]:
                entry["preserved_headers"] = {**entry["preserved_headers"], _SSE: "aws:kms", _KEY: key_id}

    def record_object_version(bucket_name, key, prior_obj, obj, data):
        version = record_version(bucket_name, key, prior_obj, obj, data)
        if version and obj.get("_replica"):
            destination, minted, account = obj["_replica"]
            with s3._in_account(account):
                current = s3._buckets[destination]["objects"].get(key)
                if current is not None and current.get("version_id") == minted:
                    current["version_id"] = version
                for entry in s3._object_versions.get((destination, key), []):
                    if entry["version_id"] == minted:
                        entry["version_id"] = version
            obj["_replica"] = (destination, version, account)
            replicas[(get_account_id(), bucket_name, key, version)] = obj["_replica"]
        return version

    def mirror(bucket_name, key, version_id):
        target = replicas.get((get_account_id(), bucket_name, key, version_id))
        if target is None:
            return
        destination, version, account = target
        retention = s3._object_retention.get((bucket_name, key, version_id))
        hold = s3._object_legal_hold.get((bucket_name, key, version_id))
        with s3._in_account(account):
            if retention:
                s3._object_retention[(destination, key, version)] = dict(retention)
            elif (destination, key, version) not in s3._object_retention:
                apply_lock(destination, key, {}, version)
            if hold:
                s3._object_legal_hold[(destination, key, version)] = hold

    def apply_object_lock(bucket_name, key, headers, version_id):
        apply_lock(bucket_name, key, headers, version_id)
        mirror(bucket_name, key, version_id)

    def followed(change):
        def changed(bucket_name, key, *rest):
            answer = change(bucket_name, key, *rest)
            query_params = rest[-1] if isinstance(rest[-1], dict) else {}
            bucket = s3._buckets.get(bucket_name)
            if answer[0] == 200 and bucket is not None:
                lock_key, missing = s3._object_lock_target(bucket_name, key, bucket, query_params)
                if not missing:
                    mirror(*lock_key)
            return answer

        return changed

    s3._maybe_replicate, s3._record_object_version = maybe_replicate, record_object_version
    s3._apply_object_lock_from_headers = apply_object_lock
    s3._put_object_retention, s3._put_object_legal_hold = followed(put_retention), followed(put_hold)
