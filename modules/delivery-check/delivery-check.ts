// SPDX-License-Identifier: Apache-2.0
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { DeliveryNotices } from "../delivery-notices";
import type { HandlerCode } from "../handler";
import type { Ingest } from "../ingest";
import type { Ledger } from "../ledger";
import type { Monitoring } from "../monitoring";
import type { RuntimeRole, RuntimeRoleProps } from "../runtime-role";
import { ScheduledCheck } from "../scheduled-check";
import { gxpTags, type SystemIdentity } from "../tags";
import { FOUND } from "./compare/check";

export interface DeliveryCheckProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Whose table of deliveries says what is expected. */
  readonly ingest: Ingest;
  /** Where stands what came. */
  readonly ledger: Ledger;
  /** Names of the buckets that promotion writes to: raw, and that of unblinded records where there is one. */
  readonly recordBucketNames: readonly string[];
  /** Topic that is told of each finding. */
  readonly notices: DeliveryNotices;
  /** Whose topics are told of findings, of failures and of silence. */
  readonly monitoring: Monitoring;
  /** Where the function's code comes from. */
  readonly code: HandlerCode;
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Days of the ledger that are compared, 1-9999; a duplicate of what is older is not found. @default 62, two months */
  readonly lookBackDays?: number;
}

/**
 * Compares every hour what vendors were to send with what the ledger says came, and tells people of what is overdue,
 * unexpected, the same bytes again, or of a size out of range: each once (21 CFR 11.10(a); ICH E6(R3) 4.2.2).
 *
 * @throws HANDLER_NOT_BUILT, ADMINISTRATOR_MISSING
 */
export class DeliveryCheck extends Construct {
  readonly check: ScheduledCheck;

  constructor(scope: Construct, id: string, props: DeliveryCheckProps) {
    super(scope, id);
    const { env, identity, namePrefix, administratorArns, boundary, code } = props;
    const findings = `${namePrefix}-delivery-findings`;
    this.check = new ScheduledCheck(this, "Check", {
      handler: {
        ...{ env, identity, namePrefix, administratorArns, boundary, code },
        source: "delivery-check/compare",
        name: "delivery-check",
        timeoutSeconds: 900,
        memoryMegabytes: 512,
        environment: {
          RECORD_BUCKETS: props.recordBucketNames.join(","),
          LEDGER_TABLE: props.ledger.tableName,
          DELIVERIES_TABLE: props.ingest.deliveries.tableName,
          FINDINGS_TABLE: findings,
          NOTICES_TOPIC: props.notices.arn,
          LOOK_BACK_DAYS: String(props.lookBackDays ?? 62),
        },
      },
      everyMinutes: 60,
      finding: {
        mark: FOUND,
        says: "A delivery is overdue, unexpected, a duplicate or of a size out of range.",
      },
      monitoring: props.monitoring,
    });
    const { role } = this.check.handler;
    props.ledger.grantRead(role);
    props.ingest.deliveries.grantRead(role);
    props.notices.grantPublish(role);
    this.findingsTable(props, findings, role);
  }

  /** What was told of stands in a table of its own: the ledger holds what happened to versions and nothing else. */
  private findingsTable({ env, identity }: DeliveryCheckProps, name: string, role: RuntimeRole): void {
    const production = identity.environment === "production";
    const { key } = this.check.handler;
    new DynamodbTable(this, "Findings", {
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      attribute: [{ name: "pk", type: "S" }],
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: production,
      tags: gxpTags(identity, "not a record"),
      lifecycle: { preventDestroy: production },
    });
    role.grant("remember-findings", [
      {
        Sid: "RememberFindings",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
        Resource: new Arns(env).table(name),
      },
    ]);
    role.grant("remember-findings-key", [
      {
        Sid: "FindingsKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        Resource: key.arn,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${env.region}.amazonaws.com` } },
      },
    ]);
  }
}
