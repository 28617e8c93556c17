// SPDX-License-Identifier: Apache-2.0
import type { Construct } from "constructs";
import { AccessLogBucket } from "../access-log-bucket";
import { AuditBucket } from "../audit-bucket";
import { RecordBucket } from "../record-bucket";
import { Replication } from "../replication";
import { ResultsBucket } from "../results-bucket";
import { longest } from "../retention";
import type { RuntimeRoleProps } from "../runtime-role";
import { defaultInboxRetention } from "./inbox-retention";
import type { ClinicalLandingZoneProps } from "./zone-props";

/** The buckets of the zone, each with its lock, and their copies in the second region. */
export class ZoneBuckets {
  readonly accessLogs: AccessLogBucket;
  readonly results: ResultsBucket;
  readonly inbox: RecordBucket;
  readonly raw: RecordBucket;
  readonly curated: RecordBucket;
  readonly unblinded: RecordBucket | undefined;
  readonly audit: AuditBucket;
  readonly replications: readonly Replication[];

  /** @param scope parent of every bucket: their addresses begin with it */
  constructor(
    private readonly scope: Construct,
    private readonly props: ClinicalLandingZoneProps,
    private readonly boundary: NonNullable<RuntimeRoleProps["boundary"]>,
  ) {
    const { env, identity, administratorArns } = props;
    this.accessLogs = new AccessLogBucket(scope, "AccessLogs", {
      env,
      identity,
      bucketName: this.bucketName("access-logs"),
    });
    this.results = new ResultsBucket(scope, "Results", {
      env,
      identity,
      bucketName: this.bucketName("results"),
      administratorArns,
      accessLogBucket: this.accessLogs.baseline,
    });
    this.inbox = this.recordBucket("Inbox", "inbox");
    this.raw = this.recordBucket("Raw", "record");
    this.curated = this.recordBucket("Curated", "record");
    this.unblinded = props.unblinded && this.recordBucket("Unblinded", "record", "unblinded");
    this.audit = new AuditBucket(scope, "Audit", {
      ...this.lockedBucketProps("audit"),
      retention: props.retention,
      minimumRetention: props.minimumRetention,
      recordsRetention: longest(this.records.map((bucket) => bucket.retention)),
      trailName: `${props.namePrefix}-trail`,
    });
    this.replications = this.replicate();
  }

  /** Buckets that receive or keep records, the inbox first. */
  get records(): readonly RecordBucket[] {
    return [this.inbox, this.raw, this.curated, ...(this.unblinded ? [this.unblinded] : [])];
  }

  /** Copies in the second region. */
  get replicas(): readonly RecordBucket[] {
    return this.replications.map(({ replica }) => replica);
  }

  /** Every locked bucket, replicas included. */
  get locked(): RecordBucket[] {
    return [...this.records, this.audit.records, ...this.replicas];
  }

  /** Bucket names are global, so they carry the account id. */
  private bucketName(part: string): string {
    return `${this.props.namePrefix}-${part}-${this.props.env.accountId}`;
  }

  private lockedBucketProps(part: string) {
    return {
      env: this.props.env,
      identity: this.props.identity,
      bucketName: this.bucketName(part),
      administratorArns: this.props.administratorArns,
      accessLogBucket: this.accessLogs.baseline,
      inventoryBucket: { baseline: this.results.baseline, keyArn: this.results.key.arn },
    };
  }

  private recordBucket(id: string, bucketRole: "record" | "inbox", blinding?: "unblinded"): RecordBucket {
    const { props, scope } = this;
    const inbox = bucketRole === "inbox";
    return new RecordBucket(scope, id, {
      ...this.lockedBucketProps(id.toLowerCase()),
      bucketRole,
      blinding,
      retention: inbox ? (props.inboxRetention ?? defaultInboxRetention(props.identity.environment)) : props.retention,
      minimumRetention: inbox ? (props.minimumInboxRetention ?? { days: 7 }) : props.minimumRetention,
    });
  }

  private replicate(): Replication[] {
    const { env, identity, administratorArns, replicaRegion, replicaProvider, minimumRetention } = this.props;
    const accessLogs = new AccessLogBucket(this.scope, "ReplicaAccessLogs", {
      env: { ...env, region: replicaRegion },
      identity,
      bucketName: this.bucketName("replica-logs"),
      provider: replicaProvider,
    });
    const pair = (id: string, source: RecordBucket) =>
      new Replication(this.scope, `${id}Replication`, {
        env,
        replicaRegion,
        replicaProvider,
        identity,
        source,
        replicaBucketName: this.bucketName(`${id.toLowerCase()}-replica`),
        roleName: `${this.props.namePrefix}-replicate-${id.toLowerCase()}`,
        administratorArns,
        boundary: this.boundary,
        minimumRetention,
        accessLogBucket: accessLogs.baseline,
      });
    return [
      pair("Raw", this.raw),
      pair("Curated", this.curated),
      pair("Audit", this.audit.records),
      ...(this.unblinded ? [pair("Unblinded", this.unblinded)] : []),
    ];
  }
}
