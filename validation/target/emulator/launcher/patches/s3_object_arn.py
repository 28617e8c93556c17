# SPDX-License-Identifier: Apache-2.0
"""An S3 object's ARN holds its key literally: repeated and trailing slashes belong to the key.

Source: Amazon S3 User Guide, "Creating object key names": a key is a sequence of characters, not a path.

Without it: `PUT /bucket//other` is authorised as `bucket/other`, and `PUT /bucket//` as CreateBucket, so that a policy
on a prefix is asked about another object than the one written.
"""


def install(app) -> None:
    from ministack.core import iam_actions

    action, resource = iam_actions._s3_action, iam_actions.extract_resource_arn

    def split(path: str) -> tuple[str, str]:
        bucket, _, key = path.lstrip("/").partition("/")
        return bucket, key

    def s3_action(method, path, query_params):
        bucket, key = split(path)
        return action(method, f"/{bucket}/key" if key else f"/{bucket}", query_params)

    def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
        bucket, key = split(path)
        if service == "s3" and bucket and key:
            return f"arn:aws:s3:::{bucket}/{key}"
        return resource(service, method, path, headers, body, query_params, region, account_id)

    iam_actions._s3_action, iam_actions.extract_resource_arn = s3_action, extract_resource_arn
