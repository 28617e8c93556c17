// SPDX-License-Identifier: Apache-2.0
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { AuditBucket } from "../audit-bucket";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption-key";
import type { RuntimeRole } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";

export interface LedgerProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of the table's name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Bucket that holds the locked copy of every entry and the daily roots. */
  readonly auditBucket: AuditBucket;
}

/**
 * Table of what happened to every received version, only ever added to, with a locked copy of each entry in the audit
 * bucket (21 CFR 11.10(c), (e); docs/decisions/0017). PutItem can overwrite where a writer asks for no condition, and
 * nothing in IAM forbids it: that shows in the chain and against the copy (`part11 ledger verify`).
 *
 * @throws ADMINISTRATOR_MISSING
 */
export class Ledger extends Construct {
  readonly table: DynamodbTable;
  readonly tableName: string;
  /** Literal ARN. */
  readonly tableArn: string;
  readonly key: EncryptionKey;
  private readonly auditBucket: AuditBucket;
  private readonly region: string;

  constructor(scope: Construct, id: string, props: LedgerProps) {
    super(scope, id);
    const { env, identity } = props;
    const production = identity.environment === "production";
    const tags = { ...gxpTags(identity, "as long as the records"), Part11Role: "ledger" };
    this.auditBucket = props.auditBucket;
    this.region = env.region;
    this.tableName = `${props.namePrefix}-ledger`;
    this.tableArn = new Arns(env).table(this.tableName);
    this.key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: this.tableName,
      administratorArns: props.administratorArns,
      tags,
    });
    this.table = new DynamodbTable(this, "Resource", {
      name: this.tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      serverSideEncryption: { enabled: true, kmsKeyArn: this.key.arn },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
      // What is thrown away after a day must be removable.
      deletionProtectionEnabled: identity.environment !== "development",
      tags,
      lifecycle: { preventDestroy: production },
    });
  }

  /** Lets `role` add events and read them, and add their locked copies and the daily roots; it can change and delete nothing. */
  grantAppend(role: RuntimeRole): void {
    role.grant("append-ledger", [
      {
        Sid: "Append",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
        Resource: this.tableArn,
      },
    ]);
    this.grantKey(role, "append-ledger-key", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]);
    this.auditBucket.grantMirror(role, "ledger/");
    this.auditBucket.grantMirror(role, "ledger-roots/");
  }

  /** Lets `role` read every event (21 CFR 11.10(b)). */
  grantRead(role: RuntimeRole): void {
    role.grant("read-ledger", [
      { Sid: "Read", Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource: this.tableArn },
    ]);
    this.grantKey(role, "read-ledger-key", ["kms:Decrypt"]);
  }

  private grantKey(role: RuntimeRole, name: string, actions: readonly string[]): void {
    role.grant(name, [
      {
        Sid: "KeyThroughDynamoDb",
        Effect: "Allow",
        Action: actions,
        Resource: this.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${this.region}.amazonaws.com` } },
      },
    ]);
  }
}
