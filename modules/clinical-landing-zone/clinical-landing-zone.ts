// SPDX-License-Identifier: Apache-2.0
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AccountBaseline } from "../account-baseline";
import { ArrivalStart, startRight } from "../arrival-start";
import type { AuditBucket } from "../audit-bucket";
import { AuditSearch } from "../audit-search";
import { AuditTrail } from "../audit-trail";
import { repositoryOf } from "../large-arrivals";
import { Monitoring } from "../monitoring";
import type { PushAccess } from "../push-access";
import { grantInspection, type RecordBucket } from "../record-bucket";
import type { Replication } from "../replication";
import { RuntimeRole, type Trust } from "../runtime-role";
import { gxpTags } from "../tags";
import { auditedRegions } from "./audited-regions";
import { confineReading, confineUnblinded } from "./confined-reading";
import { inboundPrefix } from "./inbound-prefix";
import { addPushSenders, landDirectly, refuseUnblindedIntoRaw, type Writer } from "./own-senders";
import { PermissionsBoundary } from "./permissions-boundary";
import { planSummary } from "./plan-summary";
import { Receiving } from "./receiving";
import { checkScanner } from "./scanner";
import { confineUnblindedRecords, refuseBothKinds, type UnblindedRecords } from "./unblinded-records";
import { ZoneBuckets } from "./zone-buckets";
import type { ClinicalLandingZoneProps } from "./zone-props";

/**
 * Landing zone for clinical trial data that supports 21 CFR Part 11: received files are locked from the first byte,
 * encrypted with own keys, copied to a second region, audited, watched, and reachable only by named roles.
 *
 * @throws RETENTION_MODE, RETENTION_TOO_SHORT, RETENTION_TOO_LONG_OUTSIDE_PRODUCTION, NAME_INVALID, ACCOUNT_INVALID,
 * REGION_INVALID, PREFIX_INVALID, TAG_INVALID, ADMINISTRATOR_MISSING, SUBSCRIBER_MISSING, SETTINGS_INVALID for an
 * unblinded delivery that has no place, for a scan that is not one function and one role and for large files without a network,
 * IMAGE_INVALID, and the codes of PushAccess
 */
export class ClinicalLandingZone extends Construct {
  /** Records that people who work blinded must not read. */
  readonly unblinded: UnblindedRecords | undefined;
  readonly trail: AuditTrail;
  readonly monitoring: Monitoring;
  readonly receiving: Receiving;
  /** What starts when a record arrives; undefined where the props name nothing. */
  readonly arrivalStart: ArrivalStart | undefined;
  readonly inspector: RuntimeRole;
  readonly custodian: RuntimeRole;
  /** Role of processing steps that run as ECS tasks: reads raw records, adds curated ones, nothing else. */
  readonly step: RuntimeRole;
  readonly writers: ReadonlyMap<string, RuntimeRole>;
  /** Ways in of systems that push, each with the instructions for its people. */
  readonly push: ReadonlyMap<string, PushAccess>;
  private readonly buckets: ZoneBuckets;
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
    const { largeFiles } = props.receiving;
    if (props.receiving.scan) checkScanner(props.receiving.scan, this.node.path);
    if (props.manageAccountPublicAccessBlock ?? true) this.blockPublicAccess();
    this.boundary = new PermissionsBoundary(this, "Boundary", {
      env,
      name: this.name("boundary"),
      namePrefix: props.namePrefix,
      scanFunctionArn: props.receiving.scan?.functionArn,
      starts: props.startOnArrival?.map((process) => startRight(process, env, this.node.path)),
      repositoryArn: largeFiles && repositoryOf(largeFiles.image, env, this.node.path),
      tags: this.tags,
    });
    this.buckets = new ZoneBuckets(this, props, this.limit);
    this.trail = this.auditTrail();
    this.monitoring = new Monitoring(this, "Monitoring", {
      env,
      identity,
      namePrefix: props.namePrefix,
      trail: this.trail,
      recordBuckets: this.buckets.records,
      replications: this.replications,
      administratorArns,
      highSubscribers: props.highSubscribers,
      lowSubscribers: props.lowSubscribers,
    });
    this.receiving = this.receive();
    this.arrivalStart = this.startOnArrival();
    if (props.manageAccountBaseline ?? true) this.accountBaseline();
    this.inspector = this.role("Inspector", { principalArns: props.inspectorTrustedBy });
    grantInspection(
      this.inspector,
      this.lockedBuckets().filter(({ blinding }) => blinding === "blinded"),
    );
    this.receiving.grantInspection(this.inspector);
    this.custodian = this.role("Custodian", { principalArns: props.custodianTrustedBy });
    for (const bucket of this.buckets.records.slice(1)) bucket.grantLegalHold(this.custodian);
    this.step = this.role("Step", { service: "ecs-tasks.amazonaws.com" });
    this.raw.grantInspect(this.step);
    landDirectly(this.step, this.curated, "clinical/curated/");
    this.writers = new Map(props.writers.map((writer) => [writer.name, this.writer(writer)]));
    this.push = this.pushSenders();
    const { unblinded } = this.buckets;
    this.unblinded = unblinded && this.unblindedRecords(unblinded);
    this.confineReading();
  }

  /** What the stack of this zone costs that cannot be taken back, as it stands when asked, a line each. */
  get summary(): readonly string[] {
    return planSummary(TerraformStack.of(this), this.lockedBuckets());
  }

  get inbox(): RecordBucket {
    return this.buckets.inbox;
  }

  get raw(): RecordBucket {
    return this.buckets.raw;
  }

  get curated(): RecordBucket {
    return this.buckets.curated;
  }

  get audit(): AuditBucket {
    return this.buckets.audit;
  }

  get replications(): readonly Replication[] {
    return this.buckets.replications;
  }

  /** Every locked bucket, replicas included. */
  lockedBuckets(): RecordBucket[] {
    return this.buckets.locked;
  }

  private get limit() {
    return { arn: this.boundary.arn, dependable: this.boundary.policy };
  }

  private name(part: string): string {
    return `${this.props.namePrefix}-${part}`;
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
      accessLogBucket: this.buckets.accessLogs.baseline,
      findingsTopic: this.monitoring.high,
      blockPublicAccess: false,
    });
  }

  private auditTrail(): AuditTrail {
    const { env, identity, namePrefix, administratorArns, replicaRegion } = this.props;
    const trail = new AuditTrail(this, "Trail", {
      env,
      identity,
      namePrefix,
      trailName: this.name("trail"),
      auditBucket: this.audit,
      recordedBucketArns: [...this.buckets.records, ...this.buckets.replicas].map(({ arn }) => arn),
      administratorArns,
      boundary: this.limit,
    });
    new AuditSearch(this, "AuditSearch", {
      env,
      identity,
      namePrefix,
      auditBucket: this.audit,
      results: this.buckets.results,
      regions: auditedRegions(env, replicaRegion, this.props.auditedRegions),
    });
    return trail;
  }

  private receive(): Receiving {
    const { env, identity, namePrefix, administratorArns, retention, minimumRetention } = this.props;
    return new Receiving(this, "Receiving", {
      ...this.props.receiving,
      env,
      identity,
      namePrefix,
      administratorArns,
      retention,
      minimumRetention,
      boundary: this.limit,
      inbox: this.inbox,
      raw: this.raw,
      unblinded: this.buckets.unblinded,
      curated: this.curated,
      audit: this.audit,
      trail: this.trail,
      monitoring: this.monitoring,
      subscribers: this.props.lowSubscribers,
    });
  }

  private startOnArrival(): ArrivalStart | undefined {
    const { env, identity, namePrefix, administratorArns, startOnArrival: processes = [] } = this.props;
    if (processes.length === 0) return undefined;
    return new ArrivalStart(this, "ArrivalStart", {
      ...{ env, identity, namePrefix, administratorArns, processes },
      boundary: this.limit,
      raw: this.raw,
      monitoring: this.monitoring,
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
    const scanning = this.props.receiving.scan?.roleArn;
    const handling = scanning === undefined ? [promotion] : [promotion, { arn: scanning }];
    confineReading(this.inbox, [this.inspector, ...handling]);
    confineReading(this.raw, [this.inspector, this.step, promotion, ...copying(this.raw)]);
    confineReading(this.curated, [this.inspector, promotion, ...copying(this.curated)]);
    confineUnblinded(this.inbox, ingest.unblindedStudies, handling);
  }

  private unblindedRecords(bucket: RecordBucket): UnblindedRecords {
    const principalArns = this.props.unblinded?.readersTrustedBy ?? [];
    refuseBothKinds(principalArns, this.props, this.node.path);
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
      boundary: this.limit,
      tags: { ...this.tags, ...tags },
    });
  }

  private writer(writer: Writer): RuntimeRole {
    // A machine has no second factor: the tag tells the gate (P11-10g-02) that no person takes the role.
    const role = this.role(`Writer-${writer.name}`, { principalArns: writer.trustedBy }, { Part11Role: "sender" });
    const prefix = inboundPrefix({ vendor: writer.vendor, study: writer.study });
    if (writer.bucket === "raw") {
      refuseUnblindedIntoRaw(writer, this.receiving.ingest.unblindedStudies, this.node.path);
      landDirectly(role, this.raw, prefix);
    } else {
      this.inbox.grantWrite(role, prefix);
    }
    return role;
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
      boundary: this.limit,
    });
  }
}
