// SPDX-License-Identifier: Apache-2.0
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { AuditBucket } from "../audit-bucket";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey, logsEncrypt } from "../encryption-key";
import type { Metric } from "../metric";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { DeliveryTopic, deliveryTopicUsesKey } from "./delivery-topic";
import { eventSelectors } from "./event-selectors";

/** What the filters of Monitoring find in the trail: names of their metrics. */
export type TrailFinding =
  | "denied-deletes"
  | "trail-changes"
  | "key-changes"
  | "lock-changes"
  | "policy-changes"
  | "root-use";

export interface AuditTrailProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Literal trail name, the one that the audit bucket was made for. */
  readonly trailName: string;
  /** Where the trail is kept, under lock (21 CFR 11.10(e)). */
  readonly auditBucket: AuditBucket;
  /** Literal ARNs of the buckets whose every read and write is recorded: records, inbox, replicas. */
  readonly recordedBucketArns: readonly string[];
  /** Literal ARNs of tables whose every read and write is recorded. @default - none */
  readonly recordedTableArns?: readonly string[];
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Days that CloudWatch Logs keeps its copy: one of its own steps, at most 3653. The lock is on the bucket. @default 3653 */
  readonly logGroupDays?: number;
}

/**
 * Multi-region CloudTrail trail with log file validation: who did what to which record, when, from where
 * (21 CFR 11.10(e)). Delivered to the audit bucket under lock, and to CloudWatch Logs for alarms; every delivered file is
 * announced on a topic, for systems that collect the trail.
 *
 * @see CloudTrail user guide, "Validating CloudTrail log file integrity", "Logging data events"
 */
export class AuditTrail extends Construct {
  readonly trail: Cloudtrail;
  readonly logGroup: CloudwatchLogGroup;
  readonly logGroupName: string;
  readonly logKey: EncryptionKey;
  /** Told of every log file that was delivered. Nobody subscribes by default. */
  readonly deliveries: DeliveryTopic;
  private readonly findingsNamespace: string;
  private readonly tableArns: string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuditTrailProps,
  ) {
    super(scope, id);
    this.tableArns = [...(props.recordedTableArns ?? [])];
    this.findingsNamespace = `Part11/${props.namePrefix}`;
    const arns = new Arns(props.env);
    const production = props.identity.environment === "production";
    const days = props.logGroupDays ?? 3653;
    const tags = gxpTags(props.identity, `${days} days`);
    this.logGroupName = `/part11/${props.namePrefix}/cloudtrail`;
    this.logKey = new EncryptionKey(this, "LogKey", {
      env: props.env,
      environment: props.identity.environment,
      alias: `${props.namePrefix}-logs`,
      administratorArns: props.administratorArns,
      serviceStatements: [
        logsEncrypt(props.env, arns.logGroup(`/part11/${props.namePrefix}/*`)),
        deliveryTopicUsesKey(props),
      ],
      tags,
    });
    this.logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: this.logGroupName,
      retentionInDays: days,
      kmsKeyId: this.logKey.arn,
      skipDestroy: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
    const role = new RuntimeRole(this, "LogRole", {
      env: props.env,
      roleName: `${props.namePrefix}-trail-logs`,
      // CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs": neither source key is supported
      trust: { service: "cloudtrail.amazonaws.com", sendsNoSource: true },
      boundary: props.boundary,
      tags,
    });
    role.grant("deliver", [
      {
        Sid: "Deliver",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${arns.logGroup(this.logGroupName)}:log-stream:${props.env.accountId}_CloudTrail_${props.env.region}*`,
      },
    ]);
    this.deliveries = new DeliveryTopic(this, "Deliveries", { ...props, key: this.logKey, tags });
    const destination = props.auditBucket.records;
    this.trail = new Cloudtrail(this, "Resource", {
      name: props.trailName,
      s3BucketName: destination.bucketName,
      kmsKeyId: destination.key.arn,
      enableLogging: true,
      enableLogFileValidation: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      // By the group's name and not its ARN: known at plan time, and an edge to the group.
      cloudWatchLogsGroupArn: `${arns.logGroup(this.logGroup.name)}:*`,
      cloudWatchLogsRoleArn: role.arn,
      snsTopicName: this.deliveries.topic.name,
      advancedEventSelector: this.selectors(),
      tags,
      dependsOn: [destination.baseline.policy, this.deliveries.policy, role.role, ...role.policies],
      lifecycle: { preventDestroy: production },
    });
  }

  /** Records every read and write of a table that is made after the trail. */
  recordTable(tableArn: string): void {
    this.tableArns.push(tableArn);
    this.trail.putAdvancedEventSelector(this.selectors());
  }

  private selectors() {
    return eventSelectors({
      partition: this.props.env.partition,
      bucketArns: this.props.recordedBucketArns,
      tableArns: this.tableArns,
      auditBucketArn: this.props.auditBucket.records.arn,
    });
  }

  /** Records of the trail that the filter `finding` matched, per minute. Counted where Monitoring watches this trail. */
  metricFindings(finding: TrailFinding): Metric {
    return {
      namespace: this.findingsNamespace,
      metricName: finding,
      dimensions: {},
      statistic: "Sum",
      periodSeconds: 60,
    };
  }
}
