// SPDX-License-Identifier: Apache-2.0
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import type { BucketBaseline } from "../bucket-baseline";
import { ModuleError } from "../errors";
import type { Metric } from "../metric";
import { RecordBucket } from "../record-bucket";
import { checkOutlasts, type Retention, type RetentionPeriod } from "../retention";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";

export interface ReplicationProps {
  /** Where the source is. */
  readonly env: AwsEnvironment;
  /** Another region than the source's. */
  readonly replicaRegion: string;
  /** Provider (alias) of that region. */
  readonly replicaProvider: TerraformProvider;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** Bucket whose every version is copied. */
  readonly source: RecordBucket;
  /** Literal name of the replica, 3-63 lower-case letters, digits, hyphens; also the alias of its key. */
  readonly replicaBucketName: string;
  /** Literal name of the role that copies, 1-64 characters. */
  readonly roleName: string;
  /** Exact ARNs of the deploy roles: administer the replica's key and settings. At least one. */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Lock of the replica, at least the source's. @default - the source's retention */
  readonly retention?: Retention;
  /** Least retention that production accepts for the replica. @default 7 years */
  readonly minimumRetention?: RetentionPeriod;
  /** Bucket in the replica region that receives server access logs. @default - none */
  readonly accessLogBucket?: BucketBaseline;
  /** Storage class of replicas. @default "STANDARD_IA" */
  readonly storageClass?: string;
}

/**
 * Second copy of every record, in another region, under its own lock and its own key, at most fifteen minutes behind
 * (S3 Replication Time Control). Delete markers are not copied (21 CFR 11.10(c)).
 *
 * @throws REGION_INVALID when source and replica share a region; RETENTION_TOO_SHORT when the replica's lock is shorter
 * @see S3 user guide, "Replicating objects"; "Using Object Lock with S3 Replication"
 */
export class Replication extends Construct {
  readonly replica: RecordBucket;
  readonly role: RuntimeRole;
  readonly configuration: S3BucketReplicationConfigurationA;
  readonly sourceBucketName: string;
  /** Id of the rule, a dimension of the replication metrics. */
  readonly ruleId = "everything";

  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const { source } = props;
    this.sourceBucketName = source.bucketName;
    const retention = props.retention ?? source.retention;
    this.refuse(props, retention);
    const replicaEnv = { ...props.env, region: props.replicaRegion };
    this.replica = new RecordBucket(this, "Replica", {
      env: replicaEnv,
      identity: props.identity,
      bucketName: props.replicaBucketName,
      bucketRole: "replica",
      blinding: source.blinding,
      retention,
      minimumRetention: props.minimumRetention,
      administratorArns: props.administratorArns,
      accessLogBucket: props.accessLogBucket,
      provider: props.replicaProvider,
    });
    this.role = new RuntimeRole(this, "Role", {
      env: props.env,
      roleName: props.roleName,
      // S3 user guide, "Setting up permissions for live replication": the documented trust has no condition, and
      // iam:PassRole keeps other accounts' buckets from naming this role
      trust: { service: "s3.amazonaws.com", sendsNoSource: true },
      boundary: props.boundary,
      tags: gxpTags(props.identity, retention.toString()),
    });
    this.grantCopy(props);
    this.configuration = new S3BucketReplicationConfigurationA(this, "Resource", {
      bucket: source.baseline.bucket.bucket,
      role: this.role.arn,
      rule: [
        {
          id: this.ruleId,
          status: "Enabled",
          priority: 1,
          filter: {},
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: this.replica.arn,
            storageClass: props.storageClass ?? "STANDARD_IA",
            encryptionConfiguration: { replicaKmsKeyId: this.replica.key.arn },
            metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
            replicationTime: { status: "Enabled", time: { minutes: 15 } },
          },
        },
      ],
      dependsOn: [
        ...source.readyForReplication,
        ...this.replica.readyForReplication,
        this.role.role,
        ...this.role.policies,
      ],
    });
  }

  /** Objects that could not be replicated, per minute (S3 user guide, "Monitoring replication with metrics"). */
  metricReplicationFailures(): Metric {
    return this.metric("OperationsFailedReplication", "Sum");
  }

  /** Seconds that the replica is behind, the most of each minute. */
  metricReplicationLatency(): Metric {
    return this.metric("ReplicationLatency", "Maximum");
  }

  private metric(metricName: string, statistic: Metric["statistic"]): Metric {
    const dimensions = {
      SourceBucket: this.sourceBucketName,
      DestinationBucket: this.replica.bucketName,
      RuleId: this.ruleId,
    };
    return { namespace: "AWS/S3", metricName, dimensions, statistic, periodSeconds: 60 };
  }

  private refuse(props: ReplicationProps, retention: Retention): void {
    if (props.replicaRegion === props.env.region) {
      throw new ModuleError("REGION_INVALID", {
        what: "replica in the source's region",
        where: this.node.path,
        expected: "another region",
        got: props.replicaRegion,
        todo: "name a second region",
      });
    }
    checkOutlasts(retention, props.source.retention, "replica locked for less time than its source", this.node.path);
  }

  private grantCopy(props: ReplicationProps): void {
    const { source } = props;
    this.role.grant("replicate-objects", [
      {
        Sid: "ReadSettings",
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: source.arn,
      },
      {
        Sid: "ReadVersions",
        Effect: "Allow",
        Action: [
          "s3:GetObjectLegalHold",
          "s3:GetObjectRetention",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionForReplication",
          "s3:GetObjectVersionTagging",
        ],
        Resource: `${source.arn}/*`,
      },
      {
        Sid: "WriteReplicas",
        Effect: "Allow",
        Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: `${this.replica.arn}/*`,
      },
    ]);
    this.role.grant("replicate-keys", [
      {
        Sid: "DecryptSource",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: source.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${props.env.region}.amazonaws.com` } },
      },
      {
        Sid: "EncryptReplica",
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: this.replica.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${props.replicaRegion}.amazonaws.com` } },
      },
    ]);
  }
}
