# SPDX-License-Identifier: Apache-2.0
"""Registry of the patches: one AWS behaviour a module, each saying what it restores, from which source, and what
MiniStack does without it. Order is the order of installation; a later patch may wrap an earlier one."""

import hashlib
import importlib
import os
import re

NAMES = (
    "root_key",
    "role_principal_arn",
    "policy_principals",
    "policy_wildcards",
    "policies_read_once",
    "s3_object_arn",
    "s3_condition_keys",
    "s3_write_rights",
    "s3_versioning_state",
    "s3_lock_on_write",
    "s3_conditional_copy",
    "s3_managed_key",
    "s3_kms_rights",
    "s3_replica",
    "s3_replication_rights",
    "s3_bucket_configurations",
    "s3_bucket_reads",
    "s3_version_listing",
    "s3_version_names",
    "s3_event_version",
    "s3_account_public_access_block",
    "iam_service_linked_roles",
    "cloudwatch_alarm_shape",
    "cloudwatch_alarm_evaluation",
    "service_delivery_rights",
    "logs_event_arns",
    "logs_kms_rights",
    "logs_json_patterns",
    "logs_metric_filters",
    "cloudtrail_bucket_policy",
    "cloudtrail_trail_shape",
    "cloudtrail_recording",
    "cloudtrail_lookup",
    "cloudtrail_delivery",
    "cloudtrail_to_eventbridge",
    "backup_vault_lock",
    "ec2_all_protocols",
    "ec2_vpc_endpoints",
    "ec2_flow_logs",
    "dynamodb_recovery_period",
    "dynamodb_key_conditions",
    "dynamodb_kms_rights",
    "secretsmanager_kms_rights",
    "lambda_queue_rights",
    "lambda_batch_failures",
    "lambda_log_lines",
    "sqs_dead_letter_sources",
    "sqs_queue_metrics",
    "transfer_servers",
    "transfer_users",
    "transfer_sftp",
)


def _module(name: str):
    return importlib.import_module(f"{__name__}.{name}")


def names(without: list[str]) -> tuple[str, ...]:
    """The patches to install, in order. Raises ValueError for a name that is no patch."""
    unknown = set(without) - set(NAMES)
    if unknown:
        raise ValueError(f"no such patch: {', '.join(sorted(unknown))}")
    return tuple(name for name in NAMES if name not in without)


def install(app, chosen: tuple[str, ...]) -> None:
    """Applies the patches to the imported `ministack.app` before it serves its first request."""
    for name in chosen:
        _module(name).install(app)


def _part(text: str, label: str) -> str:
    match = re.search(rf"^{label}: (.+?)(?:\n\n|\Z)", text, re.S | re.M)
    if match is None:
        raise ValueError(f"docstring has no '{label}:'")
    return " ".join(match[1].split())


def describe(chosen: tuple[str, ...]) -> list[dict[str, str]]:
    """Name, behaviour, source and effect without it, read from each patch's own docstring."""
    out = []
    for name in chosen:
        text = _module(name).__doc__ or ""
        out.append(
            {
                "behaviour": " ".join(text.split("\n\n")[0].split()),
                "name": name,
                "source": _part(text, "Source"),
                "withoutIt": _part(text, "Without it"),
            }
        )
    return out


def digest(chosen: tuple[str, ...]) -> str:
    """SHA-256 over the patches' names and every Python file of the launcher: names exactly what ran."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    total = hashlib.sha256("".join(f"{name}\n" for name in chosen).encode())
    for folder, folders, files in sorted(os.walk(root)):
        folders.sort()
        for file in sorted(f for f in files if f.endswith(".py")):
            path = os.path.join(folder, file)
            with open(path, "rb") as source:
                content = hashlib.sha256(source.read()).hexdigest()
            total.update(f"{os.path.relpath(path, root)}\0{content}\n".encode())
    return total.hexdigest()
