// SPDX-License-Identifier: Apache-2.0
import { type Destination, GetBucketReplicationCommand, type ReplicationRule } from "@aws-sdk/client-s3";
import { identity, type LiveReader, unless } from "./reader";
import { NO_BUCKET } from "./s3-bucket";
import { filterOf } from "./s3-filter";

const replication: LiveReader = {
  calls: ["s3:GetBucketReplication"],
  reads: [
    "bucket",
    "role",
    "rule",
    "rule.id",
    "rule.status",
    "rule.priority",
    "rule.prefix",
    "rule.filter",
    "rule.delete_marker_replication.status",
    "rule.existing_object_replication.status",
    "rule.source_selection_criteria.sse_kms_encrypted_objects.status",
    "rule.source_selection_criteria.replica_modifications.status",
    "rule.destination.bucket",
    "rule.destination.account",
    "rule.destination.storage_class",
    "rule.destination.access_control_translation.owner",
    "rule.destination.encryption_configuration.replica_kms_key_id",
    "rule.destination.metrics.status",
    "rule.destination.metrics.event_threshold.minutes",
    "rule.destination.replication_time.status",
    "rule.destination.replication_time.time.minutes",
  ],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const none = "ReplicationConfigurationNotFoundError";
    const found = await unless(s3.send(new GetBucketReplicationCommand({ Bucket })), none, ...NO_BUCKET);
    if (!found) return undefined;
    const { Role, Rules } = found.ReplicationConfiguration ?? {};
    return { bucket: Bucket, role: Role, rule: (Rules ?? []).map(ruleOf) };
  },
};

function ruleOf(rule: ReplicationRule): Record<string, unknown> {
  const { SourceSelectionCriteria: source } = rule;
  return {
    id: rule.ID,
    status: rule.Status,
    priority: rule.Priority,
    prefix: rule.Prefix,
    filter: filterOf(rule.Filter),
    delete_marker_replication: { status: rule.DeleteMarkerReplication?.Status },
    existing_object_replication: { status: rule.ExistingObjectReplication?.Status },
    source_selection_criteria: {
      sse_kms_encrypted_objects: { status: source?.SseKmsEncryptedObjects?.Status },
      replica_modifications: { status: source?.ReplicaModifications?.Status },
    },
    destination: destinationOf(rule.Destination),
  };
}

function destinationOf(destination: Destination | undefined): Record<string, unknown> {
  const { Metrics, ReplicationTime, EncryptionConfiguration, AccessControlTranslation } = destination ?? {};
  return {
    bucket: destination?.Bucket,
    account: destination?.Account,
    storage_class: destination?.StorageClass,
    access_control_translation: { owner: AccessControlTranslation?.Owner },
    encryption_configuration: { replica_kms_key_id: EncryptionConfiguration?.ReplicaKmsKeyID },
    metrics: { status: Metrics?.Status, event_threshold: { minutes: Metrics?.EventThreshold?.Minutes } },
    replication_time: { status: ReplicationTime?.Status, time: { minutes: ReplicationTime?.Time?.Minutes } },
  };
}

export const S3_REPLICATION_READERS = { aws_s3_bucket_replication_configuration: replication } as const;
