# SPDX-License-Identifier: Apache-2.0
"""A listing of versions costs what its page holds, however many objects bucket and account have.

Source: Amazon S3 API Reference, ListObjectVersions (a bucket's versions below a prefix, up to max-keys, after a marker).

Without it: each listing asks every object of every bucket, one by one, whose it is; with ten thousand deliveries that is
most of the time that one more takes.
"""

import contextlib
import threading
from bisect import bisect_left, insort


class _Ordered(dict):
    """A dict that can show a thread some of its keys in the place of all."""

    def __init__(self, entries=()):
        super().__init__(entries)
        self._lock, self._shown = threading.RLock(), threading.local()
        self._order = sorted(entries)

    def between(self, first, belongs, most):
        """Keys from `first` on, in their order, until one does not belong."""
        with self._lock:
            found = []
            for place in range(bisect_left(self._order, first), len(self._order)):
                key = self._order[place]
                if len(found) == most or not belongs(key):
                    break
                found.append(key)
            return found

    @contextlib.contextmanager
    def showing(self, keys):
        self._shown.keys = keys
        try:
            yield
        finally:
            self._shown.keys = None

    def __iter__(self):
        keys = getattr(self._shown, "keys", None)
        return super().__iter__() if keys is None else iter(keys)

    def __setitem__(self, key, value):
        with self._lock:
            if key not in self:
                insort(self._order, key)
            super().__setitem__(key, value)

    def __delitem__(self, key):
        with self._lock:
            super().__delitem__(key)
            del self._order[bisect_left(self._order, key)]

    def setdefault(self, key, default=None):
        with self._lock:
            if key not in self:
                self[key] = default
            return self[key]

    def pop(self, key, *default):
        with self._lock:
            if key not in self:
                return super().pop(key, *default)
            value = self[key]
            del self[key]
            return value

    def popitem(self):
        with self._lock:
            key, value = super().popitem()
            del self._order[bisect_left(self._order, key)]
            return key, value

    def update(self, *others, **more):
        for key, value in dict(*others, **more).items():
            self[key] = value

    def clear(self):
        with self._lock:
            super().clear()
            self._order.clear()

    def __reduce_ex__(self, protocol):
        return dict, (dict(self.items()),)


def install(app) -> None:
    from ministack.core.responses import get_account_id
    from ministack.services import s3

    create, whole = s3._create_bucket, s3._list_object_versions
    s3._object_versions._data = _Ordered(s3._object_versions._data)

    def create_bucket(name, *rest, **more):
        answer = create(name, *rest, **more)
        bucket = s3._buckets.get(name)
        if bucket is not None and not bucket["objects"] and not isinstance(bucket["objects"], _Ordered):
            bucket["objects"] = _Ordered()
        return answer

    def list_object_versions(bucket_name, query_params):
        bucket, versions = s3._buckets.get(bucket_name), s3._object_versions._data
        objects = bucket and bucket["objects"]
        if not isinstance(objects, _Ordered) or not isinstance(versions, _Ordered):
            return whole(bucket_name, query_params)
        account, said = get_account_id(), lambda name, default: s3._qp(query_params, name, default)
        prefix, limit = said("prefix", ""), said("max-keys", "1000")
        first = max(prefix, said("key-marker", ""))
        # A key more than the page, so that the listing knows that there are more, and one that the marker may name.
        most = int(limit) + 2 if limit.isdigit() and not said("delimiter", "") else None

        def of_bucket(scoped):
            owner, (name, key) = scoped
            return owner == account and name == bucket_name and key.startswith(prefix)

        listed = objects.between(first, lambda key: key.startswith(prefix), most)
        kept = versions.between((account, (bucket_name, first)), of_bucket, most)
        with objects.showing(listed), versions.showing(kept):
            return whole(bucket_name, query_params)

    s3._create_bucket, s3._list_object_versions = create_bucket, list_object_versions
