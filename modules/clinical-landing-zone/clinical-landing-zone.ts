// SPDX-License-Identifier: Apache-2.0
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AccessLogBucket } from "../access-log-bucket";
import { AccountBaseline } from "../account-baseline";
import { AuditBucket } from "../audit-bucket";
import { AuditSearch } from "../audit-search";
import { AuditTrail } from "../audit-trail";
import type { AwsEnvironment } from "../aws-environment";
import { ModuleError } from "../errors";
import { Monitoring, type Subscriber } from "../monitoring";
import type { PushAccess } from "../push-access";
import { grantInspection, RecordBucket } from "../record-bucket";
import { Replication } from "../replication";
import { ResultsBucket } from "../results-bucket";
import { longest, type Retention, type RetentionPeriod } from "../retention";
import { RuntimeRole, type Trust } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { auditedRegions } from "./audited-regions";
import { confineReading, confineUnblinded } from "./confined-reading";
import { inboundPrefix } from "./inbound-prefix";
import { defaultInboxRetention } from "./inbox-retention";
import { addPushSenders, type PushSender, refuseUnblindedIntoRaw, type Writer } from "./own-senders";
import { PermissionsBoundary } from "./permissions-boundary";
import { planSummary } from "./plan-summary";
import { Receiving, type ReceivingSettings } from "./receiving";
import { checkScanner } from "./scanner";
import { confineUnblindedRecords, type UnblindedRecords } from "./unblinded-records";

/** Who reads what is unblinded. */
export interface UnblindedSettings {
  /** Exact ARNs of the principals that may assume the reader role, as for the inspector. @default - none: nobody reads what is unblinded */
  readonly readersTrustedBy?: readonly string[];
}

export interface ClinicalLandingZoneProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Second region, for replicas. */
  readonly replicaRegion: string;
  /** Provider (alias) of the second region. */
  readonly replicaProvider: TerraformProvider;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** Lock of raw, curated, unblinded and audit records. */
  readonly retention: Retention;
  /** Least retention that production accepts for this record class. @default 7 years */
  readonly minimumRetention?: RetentionPeriod;
  /**
   * Lock of the inbox: immutable from the first byte, without keeping vendors' debris for years.
   * @default COMPLIANCE 7 days in production, COMPLIANCE 1 day in qualification, GOVERNANCE 1 day in development
   */
  readonly inboxRetention?: Retention;
  /** Least lock of the inbox in production. @default 7 days */
  readonly minimumInboxRetention?: RetentionPeriod;
  /** Exact ARNs of the deploy roles. */
  readonly administratorArns: readonly string[];
  /** Who may deliver, each below a prefix of its own (21 CFR 11.10(d), (g)). */
  readonly writers: readonly Writer[];
  /** Systems of one's own that push by SDK, CLI or a file transfer server (docs/guides/push.md). @default - none */
  readonly push?: readonly PushSender[];
  /**
   * Exact ARNs of the principals that may assume the inspector role. In production the gate takes roles of IAM Identity
   * Center only, which ask people for a second factor (P11-10g-02); the custodian's too.
   */
  readonly inspectorTrustedBy: readonly string[];
  /** Exact ARNs of the principals that may assume the legal-hold custodian role. */
  readonly custodianTrustedBy: readonly string[];
  /**
   * Data that people who work blinded must not know, such as a randomisation list: a bucket of its own, with its own key,
   * copy and reader. @default - none, and an unblinded delivery is refused
   */
  readonly unblinded?: UnblindedSettings;
  /** Told of what needs a person now (21 CFR 11.300(d)). At least one. */
  readonly highSubscribers: readonly Subscriber[];
  /** Told of what needs a look today. At least one. */
  readonly lowSubscribers: readonly Subscriber[];
  /**
   * Regions whose trail files the saved queries find besides `env.region`, `replicaRegion` and, in partition aws,
   * us-east-1, where global services such as IAM happen. Name every region that the account may be used in. @default - none
   */
  readonly auditedRegions?: readonly string[];
  /** How files are received: code of the functions, expected files, SFTP server. */
  readonly receiving: ReceivingSettings;
  /** Manage the account-wide public access block in this stack; off where another stack of the account does. @default true */
  readonly manageAccountPublicAccessBlock?: boolean;
  /**
   * Manage what the account has once: the configuration recorder and the detection of misuse, in both regions. Off where the
   * organisation does, which somebody attests then (P11-10a-08, P11-300d-04). @default true
   */
  readonly manageAccountBaseline?: boolean;
}

/**
 * Landing zone for clinical trial data that supports 21 CFR Part 11: received files are locked from the first byte,
 * encrypted with own keys, copied to a second region, audited, watched, and reachable only by named roles.
 *
 * @throws RETENTION_MODE, RETENTION_TOO_SHORT, RETENTION_TOO_LONG_OUTSIDE_PRODUCTION, NAME_INVALID, ACCOUNT_INVALID,
 * REGION_INVALID, PREFIX_INVALID, TAG_INVALID, ADMINISTRATOR_MISSING, SUBSCRIBER_MISSING, SETTINGS_INVALID for an
 * unblinded delivery that has no place and for a scan that is not one function and one role, and the codes of PushAccess
 */
export class ClinicalLandingZone extends Construct {
  readonly inbox: RecordBucket;
  readonly raw: RecordBucket;
  readonly curated: RecordBucket;
  /** Records that people who work blinded must not read. */
  readonly unblinded: UnblindedRecords | undefined;
  readonly audit: AuditBucket;
  readonly replications: readonly Replication[];
  readonly trail: AuditTrail;
  readonly monitoring: Monitoring;
  readonly receiving: Receiving;
  readonly inspector: RuntimeRole;
  readonly custodian: RuntimeRole;
  /** Role of processing steps that run as ECS tasks: reads raw records, adds curated ones, nothing else. */
  readonly step: RuntimeRole;
  readonly writers: ReadonlyMap<string, RuntimeRole>;
  /** Ways in of systems that push, each with the instructions for its people. */
  readonly push: ReadonlyMap<string, PushAccess>;
  /** Buckets that receive or keep records, the inbox first. */
  private readonly records: readonly RecordBucket[];
  private readonly accessLogs: AccessLogBucket;
  private readonly results: ResultsBucket;
  private readonly boundary: PermissionsBoundary;
  private readonly tags: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClinicalLandingZoneProps,
  ) {
    super(scope, id);
    const { env, identity, administratorArns } = props;
    this.tags = gxpTags(identity, "not a record");
    if (props.receiving.scan) checkScanner(props.receiving.scan, this.node.path);
    if (props.manageAccountPublicAccessBlock ?? true) this.blockPublicAccess();
    this.boundary = new PermissionsBoundary(this, "Boundary", {
      env,
      name: this.name("boundary"),
      namePrefix: props.namePrefix,
      scanFunctionArn: props.receiving.scan?.functionArn,
      tags: this.tags,
    });
    this.accessLogs = new AccessLogBucket(this, "AccessLogs", {
      env,
      identity,
      bucketName: this.bucketName("access-logs"),
    });
    this.results = new ResultsBucket(this, "Results", {
      env,
      identity,
      bucketName: this.bucketName("results"),
      administratorArns,
      accessLogBucket: this.accessLogs.baseline,
    });
    this.inbox = this.recordBucket("Inbox", "inbox");
    this.raw = this.recordBucket("Raw", "record");
    this.curated = this.recordBucket("Curated", "record");
    const unblinded = props.unblinded && this.recordBucket("Unblinded", "record", "unblinded");
    this.records = [this.inbox, this.raw, this.curated, ...(unblinded ? [unblinded] : [])];
    this.audit = new AuditBucket(this, "Audit", {
      ...this.lockedBucketProps("audit"),
      retention: props.retention,
      minimumRetention: props.minimumRetention,
      recordsRetention: longest(this.records.map((bucket) => bucket.retention)),
      trailName: this.name("trail"),
    });
    this.replications = this.replicate(unblinded);
    this.trail = this.auditTrail();
    this.monitoring = new Monitoring(this, "Monitoring", {
      env,
      identity,
      namePrefix: props.namePrefix,
      trail: this.trail,
      recordBuckets: this.records,
      replications: this.replications,
      administratorArns,
      highSubscribers: props.highSubscribers,
      lowSubscribers: props.lowSubscribers,
    });
    this.receiving = this.receive(unblinded);
    if (props.manageAccountBaseline ?? true) this.accountBaseline();
    this.inspector = this.role("Inspector", { principalArns: props.inspectorTrustedBy });
    grantInspection(
      this.inspector,
      this.lockedBuckets().filter(({ blinding }) => blinding === "blinded"),
    );
    this.receiving.grantInspection(this.inspector);
    this.custodian = this.role("Custodian", { principalArns: props.custodianTrustedBy });
    for (const bucket of this.records.slice(1)) bucket.grantLegalHold(this.custodian);
    this.step = this.role("Step", { service: "ecs-tasks.amazonaws.com" });
    this.raw.grantInspect(this.step);
    this.curated.grantWrite(this.step, "clinical/curated/");
    this.writers = new Map(props.writers.map((writer) => [writer.name, this.writer(writer)]));
    this.push = this.pushSenders();
    this.unblinded = unblinded && this.unblindedRecords(unblinded);
    this.confineReading();
  }

  /** What the stack of this zone costs that cannot be taken back, as it stands when asked, a line each. */
  get summary(): readonly string[] {
    return planSummary(TerraformStack.of(this), this.lockedBuckets());
  }

  /** Every locked bucket, replicas included. */
  lockedBuckets(): RecordBucket[] {
    return [...this.records, this.audit.records, ...this.replications.map((r) => r.replica)];
  }

  private name(part: string): string {
    return `${this.props.namePrefix}-${part}`;
  }

  /** Bucket names are global, so they carry the account id. */
  private bucketName(part: string): string {
    return `${this.props.namePrefix}-${part}-${this.props.env.accountId}`;
  }

  private blockPublicAccess(): void {
    new S3AccountPublicAccessBlock(this, "AccountPublicAccessBlock", {
      accountId: this.props.env.accountId,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  private accountBaseline(): void {
    const { env, identity, namePrefix, administratorArns, replicaRegion, replicaProvider } = this.props;
    new AccountBaseline(this, "Account", {
      env,
      identity,
      namePrefix,
      administratorArns,
      replicaRegion,
      replicaProvider,
      accessLogBucket: this.accessLogs.baseline,
      findingsTopic: this.monitoring.high,
      blockPublicAccess: false,
    });
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
    const { props } = this;
    const inbox = bucketRole === "inbox";
    return new RecordBucket(this, id, {
      ...this.lockedBucketProps(id.toLowerCase()),
      bucketRole,
      blinding,
      retention: inbox ? (props.inboxRetention ?? defaultInboxRetention(props.identity.environment)) : props.retention,
      minimumRetention: inbox ? (props.minimumInboxRetention ?? { days: 7 }) : props.minimumRetention,
    });
  }

  private replicate(unblinded: RecordBucket | undefined): Replication[] {
    const { env, identity, administratorArns, replicaRegion, replicaProvider, minimumRetention } = this.props;
    const accessLogs = new AccessLogBucket(this, "ReplicaAccessLogs", {
      env: { ...env, region: replicaRegion },
      identity,
      bucketName: this.bucketName("replica-logs"),
      provider: replicaProvider,
    });
    const pair = (id: string, source: RecordBucket) =>
      new Replication(this, `${id}Replication`, {
        env,
        replicaRegion,
        replicaProvider,
        identity,
        source,
        replicaBucketName: this.bucketName(`${id.toLowerCase()}-replica`),
        roleName: this.name(`replicate-${id.toLowerCase()}`),
        administratorArns,
        boundary: { arn: this.boundary.arn, dependable: this.boundary.policy },
        minimumRetention,
        accessLogBucket: accessLogs.baseline,
      });
    return [
      pair("Raw", this.raw),
      pair("Curated", this.curated),
      pair("Audit", this.audit.records),
      ...(unblinded ? [pair("Unblinded", unblinded)] : []),
    ];
  }

  private auditTrail(): AuditTrail {
    const { env, identity, namePrefix, administratorArns, replicaRegion } = this.props;
    const trail = new AuditTrail(this, "Trail", {
      env,
      identity,
      namePrefix,
      trailName: this.name("trail"),
      auditBucket: this.audit,
      recordedBucketArns: [...this.records, ...this.replications.map((r) => r.replica)].map((b) => b.arn),
      administratorArns,
      boundary: { arn: this.boundary.arn, dependable: this.boundary.policy },
    });
    new AuditSearch(this, "AuditSearch", {
      env,
      identity,
      namePrefix,
      auditBucket: this.audit,
      results: this.results,
      regions: auditedRegions(env, replicaRegion, this.props.auditedRegions),
    });
    return trail;
  }

  private receive(unblinded: RecordBucket | undefined): Receiving {
    const { env, identity, namePrefix, administratorArns, retention, minimumRetention } = this.props;
    return new Receiving(this, "Receiving", {
      ...this.props.receiving,
      env,
      identity,
      namePrefix,
      administratorArns,
      retention,
      minimumRetention,
      boundary: { arn: this.boundary.arn, dependable: this.boundary.policy },
      inbox: this.inbox,
      raw: this.raw,
      unblinded,
      curated: this.curated,
      audit: this.audit,
      trail: this.trail,
      monitoring: this.monitoring,
      subscribers: this.props.lowSubscribers,
    });
  }

  /** Content is read by the roles alone whose work that is. */
  private confineReading(): void {
    const { ingest } = this.receiving;
    const promotion = ingest.handler.role;
    const copying = (source: RecordBucket) =>
      this.replications
        .filter(({ sourceBucketName }) => sourceBucketName === source.bucketName)
        .map(({ role }) => role);
    const { scan } = this.props.receiving;
    const handling = scan ? [promotion, { arn: scan.roleArn }] : [promotion];
    confineReading(this.inbox, [this.inspector, ...handling]);
    confineReading(this.raw, [this.inspector, this.step, promotion, ...copying(this.raw)]);
    confineReading(this.curated, [this.inspector, promotion, ...copying(this.curated)]);
    confineUnblinded(this.inbox, ingest.unblindedStudies, handling);
  }

  private unblindedRecords(bucket: RecordBucket): UnblindedRecords {
    const principalArns = this.props.unblinded?.readersTrustedBy ?? [];
    this.refuseBothKinds(principalArns);
    const reader = principalArns.length > 0 ? this.role("Unblinded-Reader", { principalArns }) : undefined;
    const replication = this.replications.find(({ sourceBucketName }) => sourceBucketName === bucket.bucketName)!;
    const records = { bucket, replication, reader };
    const { role } = this.receiving.ingest.handler;
    confineUnblindedRecords(records, { promotion: role, inspector: this.inspector, audit: this.audit.records });
    if (reader) this.receiving.grantInspection(reader);
    return records;
  }

  private role(id: string, trust: Trust, tags: Record<string, string> = {}): RuntimeRole {
    return new RuntimeRole(this, id, {
      env: this.props.env,
      roleName: this.name(id.toLowerCase()),
      trust,
      boundary: { arn: this.boundary.arn, dependable: this.boundary.policy },
      tags: { ...this.tags, ...tags },
    });
  }

  private writer(writer: Writer): RuntimeRole {
    // A machine has no second factor: the tag tells the gate (P11-10g-02) that no person takes the role.
    const role = this.role(`Writer-${writer.name}`, { principalArns: writer.trustedBy }, { Part11Role: "sender" });
    const bucket = writer.bucket === "raw" ? this.raw : this.inbox;
    if (bucket === this.raw) refuseUnblindedIntoRaw(writer, this.receiving.ingest.unblindedStudies, this.node.path);
    bucket.grantWrite(role, inboundPrefix({ vendor: writer.vendor, study: writer.study }));
    return role;
  }

  /** Two roles that one person may take are no separation. Outside of production one person may be all of them. */
  private refuseBothKinds(readers: readonly string[]): void {
    const both = readers.filter((arn) => this.props.inspectorTrustedBy.includes(arn));
    if (both.length === 0 || this.props.identity.environment !== "production") return;
    throw new ModuleError("SETTINGS_INVALID", {
      what: "one principal reads blinded and unblinded data",
      where: this.node.path,
      expected: "unblinded.readersTrustedBy without the principals of inspectorTrustedBy",
      got: both.join(", "),
      todo: "name people who do not work blinded",
    });
  }

  private pushSenders(): ReadonlyMap<string, PushAccess> {
    const { env, identity, namePrefix, administratorArns, push = [] } = this.props;
    for (const sender of push.filter(({ landing }) => landing === "raw")) {
      refuseUnblindedIntoRaw(sender, this.receiving.ingest.unblindedStudies, this.node.path);
    }
    return addPushSenders(this, push, {
      env,
      identity,
      namePrefix,
      administratorArns,
      inbox: this.inbox,
      raw: this.raw,
      boundary: { arn: this.boundary.arn, dependable: this.boundary.policy },
    });
  }
}
