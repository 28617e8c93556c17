# SPDX-License-Identifier: Apache-2.0
"""A listing of versions costs what its prefix holds, however many objects the account has.

Source: Amazon S3 API Reference, ListObjectVersions (a bucket's versions below a prefix).

Without it: each listing asks every object of every bucket, one by one, whose it is; with ten thousand deliveries that is
most of the time that one more takes.
"""

import threading


class _Listed:
    """The versions of every object, of which iteration shows those that a listing is about."""

    def __init__(self, versions, keys):
        self._versions, self._keys = versions, keys

    def __iter__(self):
        return iter(self._keys)

    def __getattr__(self, name):
        return getattr(self._versions, name)


def install(app) -> None:
    from ministack.core.responses import get_account_id
    from ministack.services import s3

    whole = s3._list_object_versions
    one_at_a_time = threading.Lock()

    def list_object_versions(bucket_name, query_params):
        with one_at_a_time:
            versions, account = s3._object_versions, get_account_id()
            prefix = s3._qp(query_params, "prefix", "")
            keys = [
                (bucket, key)
                for owner, (bucket, key) in list(versions._data)
                if bucket == bucket_name and owner == account and key.startswith(prefix)
            ]
            s3._object_versions = _Listed(versions, keys)
            try:
                return whole(bucket_name, query_params)
            finally:
                s3._object_versions = versions

    s3._list_object_versions = list_object_versions
