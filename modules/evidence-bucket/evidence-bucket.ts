// SPDX-License-Identifier: Apache-2.0
import { Construct } from "constructs";
import type { PolicyStatement } from "../policy-document";
import { grantInspection, RecordBucket, type RecordBucketProps } from "../record-bucket";
import type { Replication } from "../replication";
import type { RuntimeRole } from "../runtime-role";

export type EvidenceBucketProps = Omit<
  RecordBucketProps,
  "bucketRole" | "blinding" | "serviceDelivery" | "keyServiceStatements"
>;

/** Begins every key that `part11 deposit` writes. */
const BUNDLES = "bundles/";

/**
 * Bucket of sealed evidence bundles: a RecordBucket in which nobody deletes or overwrites anything, depositors alone put, and
 * named roles alone read (21 CFR 11.10(c), (d), (k)). Administrators are refused like everybody else: a bundle that they put there
 * would look like one that was verified before.
 *
 * @throws what RecordBucket throws
 * @see S3 user guide, "Enforce conditional writes on Amazon S3 buckets"
 */
export class EvidenceBucket extends Construct {
  readonly records: RecordBucket;
  private readonly depositors: string[] = [];
  private readonly readers: string[] = [];

  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id);
    this.records = new RecordBucket(this, "Records", { ...props, bucketRole: "evidence" });
    const { baseline } = this.records;
    const objects = `${baseline.arn}/*`;
    const deny = (Sid: string, Action: readonly string[], Condition?: PolicyStatement["Condition"]) =>
      baseline.addStatement(denyAll(Sid, Action, objects, Condition));
    // A delete marker hides a bundle from whoever lists, though the lock keeps its versions.
    deny("DenyDelete", ["s3:DeleteObject"]);
    deny("DenyOverwrite", ["s3:PutObject"], {
      Null: { "s3:if-none-match": "true" },
      Bool: { "s3:ObjectCreationOperation": "true" },
    });
    // A rule of replication in another bucket puts and hides with rights of its own, none of which a put needs.
    deny("DenyReplicationInto", ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"]);
    baseline.addStatement(denyOthers("DenyOtherDepositors", ["s3:PutObject"], objects, this.depositors));
    baseline.addStatement(
      denyOthers("DenyReadingByOthers", ["s3:GetObject", "s3:GetObjectVersion"], objects, this.readers),
    );
  }

  /**
   * Lets `role` deposit: add objects below `bundles/`, read them back with their lock, and see what the bucket says of itself. It
   * can neither delete nor overwrite, and shortens no lock.
   */
  grantDeposit(role: RuntimeRole): void {
    const { arn } = this.records;
    role.grant(`deposit-${this.records.label}`, [
      {
        Sid: "PutAndReadBack",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectRetention"],
        Resource: `${arn}/${BUNDLES}*`,
      },
      {
        Sid: "ReadSettings",
        Effect: "Allow",
        Action: [
          "s3:GetBucketObjectLockConfiguration",
          "s3:GetBucketTagging",
          "s3:GetBucketVersioning",
          "s3:ListBucket",
        ],
        Resource: arn,
      },
    ]);
    role.grant(`deposit-${this.records.label}-key`, [this.records.keyUse(["kms:GenerateDataKey", "kms:Decrypt"])]);
    this.depositors.push(role.arn);
    this.readers.push(role.arn);
  }

  /** Lets `role` read every version with its lock, and list; no change (21 CFR 11.10(b)). */
  grantReading(role: RuntimeRole): void {
    grantInspection(role, [this.records]);
    this.readers.push(role.arn);
  }

  /**
   * Lets a replication read what it copies, and lets nobody else put into its copy; the rights of its role are given where it
   * is made.
   */
  admitCopying({ role, replica }: Pick<Replication, "role" | "replica">): void {
    this.readers.push(role.arn);
    const copies = `${replica.arn}/*`;
    const puts = ["s3:PutObject", "s3:ReplicateObject", "s3:ReplicateTags"];
    replica.baseline.addStatement(denyAll("DenyDelete", ["s3:DeleteObject", "s3:ReplicateDelete"], copies));
    replica.baseline.addStatement(denyOthers("DenyOtherCopies", puts, copies, [role.arn]));
  }
}

function denyAll(
  Sid: string,
  Action: readonly string[],
  Resource: string,
  Condition?: PolicyStatement["Condition"],
): PolicyStatement {
  return { Sid, Effect: "Deny", Principal: "*", Action, Resource, ...(Condition ? { Condition } : {}) };
}

/** `exempt` is read when the policy is written, so that roles may join until then; without any, everybody is refused. */
function denyOthers(
  Sid: string,
  Action: readonly string[],
  Resource: string,
  exempt: readonly string[],
): PolicyStatement {
  return {
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    get Condition() {
      return exempt.length === 0 ? undefined : { ArnNotEquals: { "aws:PrincipalArn": [...exempt].sort() } };
    },
  };
}
