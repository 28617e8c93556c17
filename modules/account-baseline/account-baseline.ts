// SPDX-License-Identifier: Apache-2.0
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { SecurityhubFindingAggregator } from "@cdktf/provider-aws/lib/securityhub-finding-aggregator";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment, checkAwsEnvironment } from "../aws-environment";
import type { BucketBaseline } from "../bucket-baseline";
import type { AlertTopic } from "../monitoring";
import { gxpTags, type SystemIdentity } from "../tags";
import { ConfigurationHistoryBucket } from "./configuration-history-bucket";
import { ConfigurationRecorder } from "./configuration-recorder";
import { ThreatDetection } from "./threat-detection";

export interface AccountBaselineProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Second region, which holds the replicas. */
  readonly replicaRegion: string;
  /** Provider (alias) of the second region. */
  readonly replicaProvider: TerraformProvider;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Bucket in `env.region` that receives server access logs of the configuration history. */
  readonly accessLogBucket: BucketBaseline;
  /** Told of serious findings of GuardDuty in both regions (21 CFR 11.300(d)). Of `env.region`. */
  readonly findingsTopic: AlertTopic;
  /** Block public access to S3 for the whole account; off where another stack of the account does. @default true */
  readonly blockPublicAccess?: boolean;
  /** Make the role of AWS Config, which an account has once; off where it is there already. @default true */
  readonly createConfigRole?: boolean;
}

/**
 * What an account has once, before it holds records: no public access to S3, a recorder of every configuration change
 * and detection of misuse in both regions, with serious findings reported to people (21 CFR 11.10(a), (d), (k),
 * 11.300(d)). A region has one recorder, one detector and one hub: where an organisation manages them, leave this
 * construct out and attest P11-10a-08 and P11-300d-04.
 *
 * @throws ACCOUNT_INVALID, REGION_INVALID, NAME_INVALID, TAG_INVALID, ADMINISTRATOR_MISSING
 * @see AWS Config developer guide; GuardDuty user guide, "S3 Protection"; Security Hub user guide, "Cross-Region aggregation"
 */
export class AccountBaseline extends Construct {
  readonly history: ConfigurationHistoryBucket;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccountBaselineProps,
  ) {
    super(scope, id);
    const { env, identity, namePrefix, replicaProvider } = props;
    checkAwsEnvironment(env, this.node.path);
    if (props.blockPublicAccess ?? true) this.blockPublicAccess();
    this.history = new ConfigurationHistoryBucket(this, "History", {
      env,
      identity,
      bucketName: `${namePrefix}-config-${env.accountId}`,
      administratorArns: props.administratorArns,
      accessLogBucket: props.accessLogBucket,
    });
    const recorder = { name: `${namePrefix}-recorder`, history: this.history, role: this.configRole() };
    new ConfigurationRecorder(this, "Recorder", recorder);
    new ConfigurationRecorder(this, "ReplicaRecorder", { ...recorder, provider: replicaProvider });
    const tags = gxpTags(identity, "not a record");
    const here = new ThreatDetection(this, "Detection", { tags });
    const there = new ThreatDetection(this, "ReplicaDetection", { tags, provider: replicaProvider });
    new SecurityhubFindingAggregator(this, "Aggregator", {
      linkingMode: "SPECIFIED_REGIONS",
      specifiedRegions: [props.replicaRegion],
      dependsOn: [here.hub, there.hub],
    });
    this.reportFindings(tags);
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

  /** The role that AWS makes and keeps for Config: nothing can be attached to it, and Security Hub asks for it (Config.1). */
  private configRole() {
    const { env, createConfigRole } = this.props;
    const arn = new Arns(env).role("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");
    if (createConfigRole === false) return { arn, dependables: [] };
    const awsServiceName = "config.amazonaws.com";
    return { arn, dependables: [new IamServiceLinkedRole(this, "ConfigRole", { awsServiceName })] };
  }

  /** GuardDuty's findings reach Security Hub, which brings those of the second region here. */
  private reportFindings(tags: Record<string, string>): void {
    const { namePrefix, findingsTopic } = this.props;
    const rule = new CloudwatchEventRule(this, "Findings", {
      name: `${namePrefix}-findings`,
      description: "Serious findings of GuardDuty",
      eventPattern: JSON.stringify({
        source: ["aws.securityhub"],
        "detail-type": ["Security Hub Findings - Imported"],
        detail: {
          findings: {
            ProductName: ["GuardDuty"],
            RecordState: ["ACTIVE"],
            Severity: { Label: ["HIGH", "CRITICAL"] },
            Workflow: { Status: ["NEW"] },
          },
        },
      }),
      tags,
    });
    new CloudwatchEventTarget(this, "FindingsReported", { rule: rule.name, arn: findingsTopic.topic.arn });
  }
}
