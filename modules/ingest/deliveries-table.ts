// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { DynamodbTableItem } from "@cdktf/provider-aws/lib/dynamodb-table-item";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment, type EnvironmentName } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { ModuleError } from "../errors";
import type { RuntimeRole } from "../runtime-role";
import { DELIVERIES_PARTITION, type Delivery } from "./arrivals/delivery";

export interface DeliveriesTableProps {
  readonly env: AwsEnvironment;
  readonly tableName: string;
  readonly environment: EnvironmentName;
  readonly key: EncryptionKey;
  /** Each once by vendor, study and name. */
  readonly deliveries: readonly Delivery[];
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** The table in which ingest looks up what is expected: settings, written by Terraform alone. @throws SETTINGS_INVALID */
export class DeliveriesTable extends Construct {
  readonly tableName: string;
  /** Literal ARN. */
  readonly tableArn: string;
  private readonly key: EncryptionKey;
  private readonly region: string;

  constructor(scope: Construct, id: string, props: DeliveriesTableProps) {
    super(scope, id);
    this.tableName = props.tableName;
    this.tableArn = new Arns(props.env).table(props.tableName);
    this.key = props.key;
    this.region = props.env.region;
    const production = props.environment === "production";
    const table = new DynamodbTable(this, "Resource", {
      name: props.tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      serverSideEncryption: { enabled: true, kmsKeyArn: props.key.arn },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: production,
      tags: { ...props.tags, Part11Role: "deliveries" },
      lifecycle: { preventDestroy: production },
    });
    const named = new Set<string>();
    for (const delivery of props.deliveries) {
      const sk = `${delivery.vendor}#${delivery.study}#${delivery.name}`;
      if (named.has(sk)) throw this.twice(sk);
      named.add(sk);
      // Named by what it says and not by its place, so that taking one out moves no other.
      new DynamodbTableItem(this, `Item-${createHash("sha256").update(sk).digest("hex").slice(0, 16)}`, {
        tableName: table.name,
        hashKey: "pk",
        rangeKey: "sk",
        item: JSON.stringify({
          pk: { S: DELIVERIES_PARTITION },
          sk: { S: sk },
          delivery: { S: JSON.stringify(delivery) },
        }),
      });
    }
  }

  /** Lets `role` read what is expected. */
  grantRead(role: RuntimeRole): void {
    role.grant("read-deliveries", [
      { Sid: "ReadDeliveries", Effect: "Allow", Action: "dynamodb:Query", Resource: this.tableArn },
    ]);
    role.grant("read-deliveries-key", [
      {
        Sid: "DeliveriesKey",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: this.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${this.region}.amazonaws.com` } },
      },
    ]);
  }

  private twice(got: string): ModuleError {
    return new ModuleError("SETTINGS_INVALID", {
      what: "delivery named twice",
      where: this.node.path,
      expected: "every delivery once",
      got,
      todo: "rename one of the two",
    });
  }
}
