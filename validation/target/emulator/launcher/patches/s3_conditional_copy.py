# SPDX-License-Identifier: Apache-2.0
"""A copy with If-None-Match or If-Match is refused unless the destination is as the condition says.

Source: S3 API Reference, CopyObject, "If-Match" and "If-None-Match"; S3 User Guide, "Add preconditions to S3 operations
with conditional requests" (conditional writes: 412 PreconditionFailed, 404 for If-Match of a key that is not there).

Without it: two promotions of one file at the same time both make their copy, and a record has two locked versions.
"""


def install(app) -> None:
    from ministack.services import s3

    copy = s3._copy_object

    def copy_object(bucket_name, dest_key, headers):
        bucket = s3._ensure_bucket(bucket_name) or {}
        error = s3._check_put_preconditions(headers, bucket.get("objects", {}).get(dest_key))
        return error or copy(bucket_name, dest_key, headers)

    s3._copy_object = copy_object
