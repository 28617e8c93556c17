# SPDX-License-Identifier: Apache-2.0
"""Versioning of a bucket with Object Lock cannot be suspended: 409 InvalidBucketState.

Source: S3 User Guide, "Managing Object Lock", considerations: once Object Lock is enabled one can neither disable it
nor suspend versioning.

Without it: the challenge "suspend versioning" succeeds and later overwrites lose the locked version's place.
"""

_MESSAGE = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."


def install(app) -> None:
    from ministack.services import s3

    put = s3._put_bucket_versioning

    def put_bucket_versioning(name, body):
        previous = s3._bucket_versioning.get(name)
        status, headers, answer = put(name, body)
        if status == 200 and s3._bucket_object_lock.get(name) and s3._bucket_versioning.get(name) != "Enabled":
            s3._bucket_versioning[name] = previous
            return s3._error("InvalidBucketState", _MESSAGE, 409, f"/{name}")
        return status, headers, answer

    s3._put_bucket_versioning = put_bucket_versioning
