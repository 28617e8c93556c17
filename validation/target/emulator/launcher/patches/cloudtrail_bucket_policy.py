# SPDX-License-Identifier: Apache-2.0
"""CreateTrail and UpdateTrail refuse a bucket whose policy does not let CloudTrail read its ACL and write the account's
log prefix, a KMS key whose policy does not let CloudTrail encrypt, and a bucket or key that does not exist.

Source: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"; API Reference, CreateTrail, errors
InsufficientS3BucketPolicyException, InsufficientEncryptionPolicyException, S3BucketDoesNotExistException.

Without it: a trail is created that could never deliver a record.
"""

SERVICE = "cloudtrail.amazonaws.com"


def service_may(
    action: str, resource_arn: str, policy, trail_arn: str, account: str, extra: dict | None = None
) -> bool:
    """Whether a resource policy lets the CloudTrail service act for this trail."""
    from ministack.core import iam_evaluator as iam

    context = iam.EvalContext(
        principal_arn=SERVICE,
        principal_type="Service",
        principal_account=account,
        action=action,
        resource_arn=resource_arn,
        region=trail_arn.split(":")[3],
        secure_transport=True,
        service_context={
            "aws:principalisawsservice": "true",
            "aws:sourceaccount": account,
            "aws:sourcearn": trail_arn,
            "aws:principalservicename": SERVICE,
            "aws:viaawsservice": "false",
            **(extra or {}),
        },
    )
    return iam.evaluate_resource_policy(policy, context, service=SERVICE).decision == "Allow"


def delivery_context(kms_key_arn: str | None) -> dict:
    """Condition keys of a log file's PUT: CloudTrail grants the bucket owner full control and names the trail's key."""
    keys = {"s3:x-amz-acl": "bucket-owner-full-control"}
    if kms_key_arn:
        keys["s3:x-amz-server-side-encryption"] = "aws:kms"
        keys["s3:x-amz-server-side-encryption-aws-kms-key-id"] = kms_key_arn
    return keys


def encryption_context(trail_arn: str) -> dict:
    """Condition keys of the data key that CloudTrail asks KMS for."""
    return {
        "kms:encryptioncontext:aws:cloudtrail:arn": trail_arn,
        "kms:encryptioncontextkeys": ["aws:cloudtrail:arn"],
    }


def install(app) -> None:
    from ministack.core.responses import get_account_id
    from ministack.services import cloudtrail, kms, s3

    create, update = cloudtrail._create_trail, cloudtrail._update_trail

    def refusal(name, bucket, prefix, key_id):
        arn, account = cloudtrail._trail_arn(name), get_account_id()
        if s3._bucket_owner_account(bucket) is None:
            return cloudtrail._err("S3BucketDoesNotExistException", f"S3 bucket {bucket} does not exist!")
        key = kms._resolve_key(key_id) if key_id else None
        if key_id and key is None:
            return cloudtrail._err("KmsKeyNotFoundException", f"KMS key {key_id} does not exist.")
        policy = (s3.bucket_policy_for_arn(f"arn:aws:s3:::{bucket}") or (None, None))[0]
        folder = f"{prefix}/AWSLogs/{account}" if prefix else f"AWSLogs/{account}"
        log_file = f"arn:aws:s3:::{bucket}/{folder}/CloudTrail/{cloudtrail.get_region()}/log"
        put = delivery_context(key["Arn"] if key else None)
        if not (
            policy
            and service_may("s3:GetBucketAcl", f"arn:aws:s3:::{bucket}", policy, arn, account)
            and service_may("s3:PutObject", log_file, policy, arn, account, put)
        ):
            return cloudtrail._err(
                "InsufficientS3BucketPolicyException", f"Incorrect S3 bucket policy is detected for bucket: {bucket}"
            )
        if key and not service_may(
            "kms:GenerateDataKey", key["Arn"], key.get("Policy"), arn, account, encryption_context(arn)
        ):
            return cloudtrail._err(
                "InsufficientEncryptionPolicyException",
                f"Insufficient permissions to access S3 bucket {bucket} or KMS key {key['Arn']}.",
            )
        return None

    def create_trail(body):
        name = body.get("Name", "").strip()
        bucket, prefix = body.get("S3BucketName", ""), body.get("S3KeyPrefix", "")
        return (refusal(name, bucket, prefix, body.get("KmsKeyId")) if name else None) or create(body)

    def update_trail(body):
        raw = body.get("Name", "").strip()
        name, _, trail, error = cloudtrail._find_mutable_trail(raw) if raw else ("", None, None, None)
        if trail is not None and error is None:
            merged = {**trail, **body}
            refused = refusal(
                name, merged.get("S3BucketName", ""), merged.get("S3KeyPrefix", ""), merged.get("KmsKeyId")
            )
            if refused:
                return refused
        return update(body)

    cloudtrail._create_trail = cloudtrail._DISPATCH["CreateTrail"] = create_trail
    cloudtrail._update_trail = cloudtrail._DISPATCH["UpdateTrail"] = update_trail
