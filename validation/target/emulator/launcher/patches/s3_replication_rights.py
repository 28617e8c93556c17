# SPDX-License-Identifier: Apache-2.0
"""Replication runs with the rights of its role: trust policy, identity policies, both bucket policies and both key
policies count, a locked object needs a locked destination, and SSE-KMS objects replicate only when the rule selects
them. What is missing leaves the source FAILED and no replica.

Source: S3 User Guide, "Setting up permissions for live replication", "Replicating encrypted objects", "Replication
failure reasons" (AssumeRoleNotPermitted, DstPutObjectNotPermitted, DstBucketObjectLockConfigMissing, DstKmsKey...).

Without it: a role stripped of every permission still replicates inside one account.
"""

import json

_KEY = "x-amz-server-side-encryption-aws-kms-key-id"


def install(app) -> None:
    from ministack.core import iam_evaluator as iam
    from ministack.services import iam as iam_service
    from ministack.services import kms, s3

    replicate = s3._maybe_replicate

    def may(role_arn, action, resource_arn, policy, owner, required=False, conditions=None):
        account, role_name = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
        context = iam.EvalContext(
            principal_arn=f"arn:aws:sts::{account}:assumed-role/{role_name}/s3-replication",
            principal_type="AssumedRole",
            principal_account=account,
            action=action,
            resource_arn=resource_arn,
            region="",
            secure_transport=True,
            service_context=conditions or {},
        )
        limits = iam._permissions_boundary(iam_service._roles, role_name, account)
        result = iam.evaluate(context, iam._gather_role_policies(role_name, account), *limits)
        if policy is not None:
            result = iam.combine_resource_policy(result, context, policy, owner, required=required, limits=limits)
        return result.decision == "Allow"

    def trusted(role_arn, source_arn):
        role = iam_service._roles.get_scoped(role_arn.split(":")[4], None, role_arn.rsplit("/", 1)[-1])
        if role is None:
            return False
        trust = role["AssumeRolePolicyDocument"]
        trust = json.loads(trust) if isinstance(trust, str) else trust
        context = iam.EvalContext(
            principal_arn="s3.amazonaws.com",
            principal_type="Service",
            principal_account="",
            action="sts:AssumeRole",
            resource_arn="*",
            region="",
            service_context={"aws:sourcearn": source_arn, "aws:sourceaccount": role_arn.split(":")[4]},
        )
        return iam.evaluate_resource_policy(trust, context, service="s3.amazonaws.com").decision == "Allow"

    def key_checks(obj, rule):
        source = (obj.get("preserved_headers") or {}).get(_KEY)
        target = ((rule.get("Destination") or {}).get("EncryptionConfiguration") or {}).get("ReplicaKmsKeyID")
        for action, key_id in (("kms:Decrypt", source), ("kms:Encrypt", target)):
            if key_id:
                yield action, key_id

    def key_allows(role, action, key_arn):
        parts = key_arn.split(":")
        record = kms._keys.get_scoped(parts[4], parts[3], parts[5].split("/")[-1]) if len(parts) == 6 else None
        return (
            record is not None
            and record["KeyState"] == "Enabled"
            and may(
                role,
                action,
                key_arn,
                record.get("Policy") or "",
                parts[4],
                required=True,
                conditions={"kms:viaservice": f"s3.{parts[3]}.amazonaws.com"},
            )
        )

    def permitted(bucket_name, key, obj, rule, role, tags):
        source, target = f"arn:aws:s3:::{bucket_name}", rule["Destination"]["Bucket"]
        reads = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl"]
        writes = ["s3:ReplicateObject"]
        if s3._bucket_object_lock.get(bucket_name):
            reads += ["s3:GetObjectRetention", "s3:GetObjectLegalHold"]
        if tags:
            reads.append("s3:GetObjectVersionTagging")
            writes.append("s3:ReplicateTags")
        checks = [("s3:GetReplicationConfiguration", source)]
        checks += [(action, f"{source}/{key}") for action in reads] + [(action, f"{target}/{key}") for action in writes]
        return (
            trusted(role, source)
            and all(may(role, action, arn, *(s3.bucket_policy_for_arn(arn) or (None, None))) for action, arn in checks)
            and all(key_allows(role, action, key_id) for action, key_id in key_checks(obj, rule))
        )

    def lock_kept(bucket_name, rule):
        target = rule["Destination"]["Bucket"].split(":::")[-1]
        owner = s3._bucket_owner_account(target)
        return not s3._bucket_object_lock.get(bucket_name) or (
            owner is not None and bool(s3._bucket_object_lock.get_scoped(owner, None, target))
        )

    def selected(obj, rule):
        if not (obj.get("preserved_headers") or {}).get(_KEY):
            return True
        criteria = (rule.get("SourceSelectionCriteria") or {}).get("SseKmsEncryptedObjects") or {}
        return criteria.get("Status") == "Enabled"

    def maybe_replicate(bucket_name, key, obj, data, tags=None):
        rule, role = s3._replication_rule_for(bucket_name, key, tags)
        if rule is None or not selected(obj, rule):
            return
        if not lock_kept(bucket_name, rule) or not permitted(bucket_name, key, obj, rule, role, tags):
            obj["replication_status"] = "FAILED"
            return
        replicate(bucket_name, key, obj, data, tags)

    s3._maybe_replicate = maybe_replicate
