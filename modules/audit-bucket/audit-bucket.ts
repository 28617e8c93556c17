// SPDX-License-Identifier: Apache-2.0
import { Construct } from "constructs";
import { Arns } from "../aws-environment";
import type { PolicyStatement } from "../policy-document";
import { RecordBucket, type RecordBucketProps } from "../record-bucket";
import { checkOutlasts, type Retention } from "../retention";
import type { RuntimeRole } from "../runtime-role";

export interface AuditBucketProps
  extends Omit<RecordBucketProps, "bucketRole" | "serviceDelivery" | "keyServiceStatements" | "archiveAfterDays"> {
  /** Name of the trail that delivers here, in the same account and region. */
  readonly trailName: string;
  /**
   * Longest lock of the records that the trail speaks of: the trail is kept at least as long (21 CFR 11.10(e)). Not
   * compared in development, which holds no records. @default - not compared
   */
  readonly recordsRetention?: Retention;
}

/**
 * Bucket of the audit trail: a RecordBucket of its own, with its own key and lock, written only by the log service of
 * one named trail (aws:SourceArn) and, below prefixes of their own, by mirror roles (21 CFR 11.10(e)). Everybody else is refused
 * by the bucket policy, administrators too: a forged log file would look like a real one.
 *
 * @throws RETENTION_TOO_SHORT when locked for less time than the records; and what RecordBucket throws
 * @see CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail", "Configure AWS KMS key policies for CloudTrail"
 */
export class AuditBucket extends Construct {
  readonly records: RecordBucket;
  /** Literal ARN of the trail that may deliver. */
  readonly trailArn: string;
  private readonly mirrorArns: string[] = [];

  constructor(scope: Construct, id: string, props: AuditBucketProps) {
    super(scope, id);
    const { trailName, recordsRetention, ...bucketProps } = props;
    if (recordsRetention && props.identity.environment !== "development") {
      checkOutlasts(props.retention, recordsRetention, "trail locked for less time than its records", this.node.path);
    }
    this.trailArn = new Arns(props.env).trail(trailName);
    const fromTrail = {
      StringEquals: { "aws:SourceAccount": props.env.accountId },
      ArnEquals: { "aws:SourceArn": this.trailArn },
    };
    this.records = new RecordBucket(this, "Records", {
      ...bucketProps,
      bucketRole: "audit",
      serviceDelivery: true,
      keyServiceStatements: [
        {
          Sid: "TrailEncrypts",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: fromTrail,
        },
      ],
    });
    const { baseline } = this.records;
    baseline.addStatement({
      Sid: "TrailChecksBucket",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: baseline.arn,
      Condition: fromTrail,
    });
    baseline.addStatement({
      Sid: "TrailDelivers",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${baseline.arn}/AWSLogs/${props.env.accountId}/*`,
      Condition: fromTrail,
    });
    baseline.addStatement(refuseOtherWriters(baseline.arn, this.mirrorArns));
  }

  /**
   * Lets `role` add copies of other logs below `prefix`; it can neither read nor reach the trail's own files.
   * @param prefix `mirror/`, or the ledger's: `ledger/`, `ledger-roots/`. `@default` `mirror/`
   * @throws PREFIX_INVALID
   */
  grantMirror(role: RuntimeRole, prefix = "mirror/"): void {
    this.records.grantWrite(role, prefix);
    if (!this.mirrorArns.includes(role.arn)) this.mirrorArns.push(role.arn);
  }
}

/** `exempt` is read when the policy is written, so that roles may join until then. */
function refuseOtherWriters(bucketArn: string, exempt: readonly string[]): PolicyStatement {
  return {
    Sid: "DenyOtherWriters",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    get Condition() {
      const byPeople = { Bool: { "aws:PrincipalIsAWSService": "false" } };
      return exempt.length === 0 ? byPeople : { ...byPeople, ArnNotEquals: { "aws:PrincipalArn": exempt } };
    },
  };
}
