// SPDX-License-Identifier: Apache-2.0
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Finding } from "./findings";

/** Table of what was told of. Needs dynamodb:GetItem and PutItem. */
export class AwsFindings {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly table: string,
  ) {}

  async isKnown(id: string): Promise<boolean> {
    const { Item } = await this.dynamodb.send(
      new GetItemCommand({ TableName: this.table, Key: { pk: { S: id } }, ConsistentRead: true }),
    );
    return Item !== undefined;
  }

  async remember(id: string, finding: Finding, at: Date): Promise<void> {
    const Item = { pk: { S: id }, at: { S: at.toISOString() }, finding: { S: JSON.stringify(finding) } };
    await this.dynamodb.send(new PutItemCommand({ TableName: this.table, Item }));
  }
}
