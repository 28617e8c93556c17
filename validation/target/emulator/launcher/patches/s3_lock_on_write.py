# SPDX-License-Identifier: Apache-2.0
"""Every write into a bucket with Object Lock is locked: multipart uploads and copies take the retention their request
names or the bucket's default, and a half or past retention is refused with 400 InvalidArgument.

Source: S3 User Guide, "Locking objects with Object Lock" (default retention applies to new objects placed in the
bucket); API Reference, PutObject, CopyObject, CreateMultipartUpload (x-amz-object-lock-*), PutObjectRetention.

Without it: a multipart upload into a locked bucket can be deleted at once, a copy carries the source's lock instead of
the default, and a PUT with a mode and no date is stored without any retention.
"""

import datetime
import re

_MODE, _UNTIL = "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date"
_HOLD = "x-amz-object-lock-legal-hold"


def utc(date: str) -> str | None:
    """The date in the one form in which MiniStack compares dates as text, or None when it is no date."""
    try:
        parsed = datetime.datetime.fromisoformat(date.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=datetime.timezone.utc)
    return parsed.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def install(app) -> None:
    from ministack.services import s3

    header_error, apply_lock = s3._object_lock_header_error, s3._apply_object_lock_from_headers
    create, complete, copy = s3._create_multipart_upload, s3._complete_multipart_upload, s3._copy_object
    put_retention = s3._put_object_retention

    def invalid(message):
        return s3._error("InvalidArgument", message, 400)

    def date_error(date):
        if date is None:
            return invalid("The retain until date must be provided in ISO 8601 format")
        if date <= utc(datetime.datetime.now(datetime.timezone.utc).isoformat()):
            return invalid("The retain until date must be in the future!")
        return None

    def object_lock_header_error(bucket_name, headers):
        error = header_error(bucket_name, headers)
        mode, until = headers.get(_MODE), headers.get(_UNTIL)
        if error or not (mode or until):
            return error
        if not (mode and until):
            return invalid(f"{_UNTIL} and {_MODE} must both be supplied")
        if mode not in ("GOVERNANCE", "COMPLIANCE"):
            return invalid("Unknown wormMode directive.")
        return date_error(utc(until))

    def apply_object_lock(bucket_name, key, headers, version_id):
        if headers.get(_UNTIL):
            headers = {**headers, _UNTIL: utc(headers[_UNTIL]) or headers[_UNTIL]}
        apply_lock(bucket_name, key, headers, version_id)

    def version_of(bucket_name, key):
        return s3._buckets[bucket_name]["objects"][key].get("version_id")

    def create_multipart_upload(bucket_name, key, headers):
        answer = create(bucket_name, key, headers)
        upload = re.search(rb"<UploadId>(.+?)</UploadId>", answer[2]) if answer[0] == 200 else None
        if upload:
            lock = {name: headers[name] for name in (_MODE, _UNTIL, _HOLD) if headers.get(name)}
            s3._multipart_uploads[upload[1].decode()]["object_lock"] = lock
        return answer

    def complete_multipart_upload(bucket_name, key, body, query_params, headers=None):
        upload = s3._multipart_uploads.get(s3._qp(query_params, "uploadId"))
        answer = complete(bucket_name, key, body, query_params, headers)
        if answer[0] == 200 and upload is not None:
            s3._apply_object_lock_from_headers(
                bucket_name, key, upload.get("object_lock", {}), version_of(bucket_name, key)
            )
        return answer

    def copy_object(bucket_name, dest_key, headers):
        error = s3._object_lock_header_error(bucket_name, headers)
        answer = error or copy(bucket_name, dest_key, headers)
        if answer[0] == 200 and s3._bucket_object_lock.get(bucket_name):
            version = version_of(bucket_name, dest_key)
            for store in (s3._object_retention, s3._object_legal_hold):
                store.pop((bucket_name, dest_key, version), None)
            s3._apply_object_lock_from_headers(bucket_name, dest_key, headers, version)
        return answer

    def put_object_retention(bucket_name, key, body, headers, query_params=None):
        found = re.search(rb"<(?:\w+:)?RetainUntilDate>\s*([^<]*?)\s*</", body)
        if found:
            date = utc(found[1].decode("utf-8", "replace"))
            error = date_error(date)
            if error:
                return error
            body = body.replace(found[1], date.encode())
        return put_retention(bucket_name, key, body, headers, query_params)

    s3._object_lock_header_error, s3._apply_object_lock_from_headers = object_lock_header_error, apply_object_lock
    s3._create_multipart_upload, s3._complete_multipart_upload = create_multipart_upload, complete_multipart_upload
    s3._copy_object, s3._put_object_retention = copy_object, put_object_retention
