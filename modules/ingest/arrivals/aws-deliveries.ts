// SPDX-License-Identifier: Apache-2.0
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { DELIVERIES_PARTITION, type Delivery } from "./delivery";
import type { Deliveries } from "./ports";

/** Expected deliveries as Terraform wrote them. */
export class AwsDeliveries implements Deliveries {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly table: string,
  ) {}

  of(vendor: string): Promise<readonly Delivery[]> {
    return this.query(`${vendor}#`);
  }

  all(): Promise<readonly Delivery[]> {
    return this.query(undefined);
  }

  async vendors(): Promise<readonly string[]> {
    return [...new Set((await this.all()).map(({ vendor }) => vendor))].sort();
  }

  private async query(prefix: string | undefined): Promise<readonly Delivery[]> {
    const { Items = [], LastEvaluatedKey } = await this.dynamodb.send(
      new QueryCommand({
        TableName: this.table,
        ConsistentRead: true,
        KeyConditionExpression: prefix === undefined ? "pk = :pk" : "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: {
          ":pk": { S: DELIVERIES_PARTITION },
          ...(prefix === undefined ? {} : { ":prefix": { S: prefix } }),
        },
      }),
    );
    if (LastEvaluatedKey) throw new Error("the deliveries did not come in one answer");
    return Items.map(({ delivery }) => parsed(delivery?.S ?? ""));
  }
}

/** A row that an older plan wrote may not say it, and must not be taken for either. */
function parsed(text: string): Delivery {
  const delivery = JSON.parse(text) as Delivery;
  if (delivery.blinding === "blinded" || delivery.blinding === "unblinded") return delivery;
  throw new Error(`delivery ${delivery.name} of ${delivery.vendor} does not say whether it is blinded`);
}
