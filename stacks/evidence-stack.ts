// SPDX-License-Identifier: Apache-2.0
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  AccessLogBucket,
  AccountBaseline,
  AuditBucket,
  AuditTrail,
  EvidenceBoundary,
  EvidenceBucket,
  gxpTags,
  Monitoring,
  planSummary,
  type RecordBucket,
  Replication,
  ResultsBucket,
  type Retention,
  RuntimeRole,
  type SystemIdentity,
} from "../modules";
import { systemIdentity, toRetention } from "./clinical-landing-zone-stack";
import { type EvidenceSettings, longestClass } from "./evidence-settings";
import { addBackend, addProviders, type Target } from "./target";

/**
 * Where sealed evidence lies for as long as the longest class of records that it supports: the bucket of `part11 deposit`, its copy in
 * a second region, the trail of who touched it, alarms, and three roles. It is deployed once and beside the landing zones
 * whose evidence it keeps, preferably in an account of its own; no run of a qualification applies it or takes it down.
 */
export class EvidenceStack extends TerraformStack {
  readonly evidence: EvidenceBucket;
  readonly trail: AuditTrail;
  readonly depositor: RuntimeRole;
  readonly reader: RuntimeRole;
  readonly custodian: RuntimeRole;
  private readonly identity: SystemIdentity;
  private readonly retention: Retention;
  private readonly boundary: EvidenceBoundary;
  private readonly accessLogs: AccessLogBucket;

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: EvidenceSettings,
    target: Target,
  ) {
    super(scope, id);
    addBackend(this, settings, target);
    const providers = addProviders(this, settings, target);
    const { namePrefix, administratorArns } = settings;
    const { recordClass } = longestClass(settings);
    this.identity = systemIdentity({ ...settings, system: { ...settings.system, recordClass } });
    this.retention = toRetention(settings.retention);
    this.boundary = new EvidenceBoundary(this, "Boundary", {
      env: this.env,
      namePrefix,
      tags: gxpTags(this.identity, "not a record"),
    });
    this.accessLogs = this.accessLogBucket("AccessLogs", "access-logs");
    const locked = this.lockedBucketProps();
    this.evidence = new EvidenceBucket(this, "Evidence", { ...locked, bucketName: this.bucketName("bundles") });
    const trailName = `${namePrefix}-trail`;
    const audit = new AuditBucket(this, "Audit", {
      ...locked,
      bucketName: this.bucketName("audit"),
      trailName,
      recordsRetention: this.retention,
    });
    const replications = this.replicate(audit, providers.replica);
    this.trail = new AuditTrail(this, "Trail", {
      env: this.env,
      identity: this.identity,
      namePrefix,
      trailName,
      auditBucket: audit,
      recordedBucketArns: [this.evidence.records, ...replications.map(({ replica }) => replica)].map(({ arn }) => arn),
      administratorArns,
      boundary: this.limit,
    });
    const { high } = new Monitoring(this, "Monitoring", {
      env: this.env,
      identity: this.identity,
      namePrefix,
      trail: this.trail,
      // Bundles are rare: no volume of theirs is usual.
      recordBuckets: [],
      replications,
      administratorArns,
      highSubscribers: settings.highSubscribers,
      lowSubscribers: settings.lowSubscribers,
    });
    if (settings.manageAccountBaseline ?? true) {
      new AccountBaseline(this, "Account", {
        env: this.env,
        identity: this.identity,
        namePrefix,
        administratorArns,
        replicaRegion: settings.replicaRegion,
        replicaProvider: providers.replica,
        accessLogBucket: this.accessLogs.baseline,
        findingsTopic: high,
      });
    }
    this.depositor = this.role("Depositor", settings.depositorTrustedBy);
    this.evidence.grantDeposit(this.depositor);
    this.reader = this.role("Reader", settings.readerTrustedBy);
    this.evidence.grantReading(this.reader);
    this.custodian = this.role("Custodian", settings.custodianTrustedBy);
    this.evidence.records.grantLegalHold(this.custodian);
    const replicas = replications.map(({ replica }) => replica);
    const value = planSummary(this, [this.evidence.records, audit.records, ...replicas]);
    new TerraformOutput(this, "part11_plan_summary", { value, staticId: true });
  }

  private get env() {
    const { partition, accountId, region } = this.settings;
    return { partition, accountId, region };
  }

  private get limit() {
    return { arn: this.boundary.arn, dependable: this.boundary.policy };
  }

  private bucketName(part: string): string {
    return `${this.settings.namePrefix}-${part}-${this.settings.accountId}`;
  }

  private accessLogBucket(id: string, part: string, provider?: AwsProvider): AccessLogBucket {
    const region = provider ? this.settings.replicaRegion : this.settings.region;
    const bucketName = this.bucketName(part);
    return new AccessLogBucket(this, id, {
      env: { ...this.env, region },
      identity: this.identity,
      bucketName,
      provider,
    });
  }

  private lockedBucketProps() {
    const { administratorArns } = this.settings;
    const results = new ResultsBucket(this, "Inventories", {
      env: this.env,
      identity: this.identity,
      bucketName: this.bucketName("inventories"),
      administratorArns,
      accessLogBucket: this.accessLogs.baseline,
    });
    return {
      env: this.env,
      identity: this.identity,
      retention: this.retention,
      minimumRetention: { years: longestClass(this.settings).years },
      administratorArns,
      accessLogBucket: this.accessLogs.baseline,
      inventoryBucket: { baseline: results.baseline, keyArn: results.key.arn },
    };
  }

  private replicate(audit: AuditBucket, replicaProvider: AwsProvider): Replication[] {
    const { replicaRegion, namePrefix, administratorArns } = this.settings;
    const accessLogs = this.accessLogBucket("ReplicaAccessLogs", "replica-logs", replicaProvider);
    const pair = (id: string, part: string, source: RecordBucket) =>
      new Replication(this, id, {
        env: this.env,
        replicaRegion,
        replicaProvider,
        identity: this.identity,
        source,
        replicaBucketName: this.bucketName(`${part}-replica`),
        roleName: `${namePrefix}-replicate-${part}`,
        administratorArns,
        boundary: this.limit,
        minimumRetention: { years: longestClass(this.settings).years },
        accessLogBucket: accessLogs.baseline,
      });
    const bundles = pair("EvidenceReplication", "bundles", this.evidence.records);
    this.evidence.admitCopying(bundles);
    return [bundles, pair("AuditReplication", "audit", audit.records)];
  }

  private role(id: string, principalArns: readonly string[]): RuntimeRole {
    return new RuntimeRole(this, id, {
      env: this.env,
      roleName: `${this.settings.namePrefix}-${id.toLowerCase()}`,
      trust: { principalArns },
      boundary: this.limit,
      tags: gxpTags(this.identity, "not a record"),
    });
  }
}
