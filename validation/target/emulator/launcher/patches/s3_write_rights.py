# SPDX-License-Identifier: Apache-2.0
"""A PUT that sets a retention, a legal hold or tags needs the right to do that besides s3:PutObject.

Source: S3 API Reference, PutObject, "Permissions" (s3:PutObjectRetention, s3:PutObjectLegalHold, s3:PutObjectTagging).

Without it: a writer who may only put objects also sets retention and legal hold.
"""

_NEEDS = (
    ("x-amz-object-lock-mode", "s3:PutObjectRetention"),
    ("x-amz-object-lock-retain-until-date", "s3:PutObjectRetention"),
    ("x-amz-object-lock-legal-hold", "s3:PutObjectLegalHold"),
    ("x-amz-tagging", "s3:PutObjectTagging"),
)


def install(app) -> None:
    from ministack.core import iam_actions

    checks = iam_actions.s3_additional_checks

    def s3_additional_checks(method, path, headers, body, query_params):
        out = list(checks(method, path, headers, body, query_params))
        bucket, _, key = path.lstrip("/").partition("/")
        if key and iam_actions._s3_action(method, path, query_params) == "PutObject" and "uploadId" not in query_params:
            rights = dict.fromkeys(right for header, right in _NEEDS if headers.get(header))
            out += [(right, f"arn:aws:s3:::{bucket}/{key}") for right in rights]
        return out

    iam_actions.s3_additional_checks = s3_additional_checks
