// SPDX-License-Identifier: Apache-2.0
import { type AttributeValue, type DynamoDBClient, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ChainRow } from "../../ledger";
import { pooled } from "../pool";
import type { LedgerReader } from "../readers";

const PARALLEL = 32;

type Item = Record<string, AttributeValue>;

/** The ledger's table by the credentials of the client. Needs dynamodb:Query, dynamodb:GetItem and kms:Decrypt of its key. */
export class TableReader implements LedgerReader {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly table: string,
  ) {}

  async rows(chain: string): Promise<readonly ChainRow[]> {
    return pooled(await this.links(chain), PARALLEL, async (item) => {
      const link = item.link?.S;
      const named = /"eventId":"([0-9a-f]{64})"/.exec(link ?? "")?.[1];
      const event = named === undefined ? undefined : await this.event(named);
      return { place: item.sk?.S ?? "", link, event };
    });
  }

  private async links(chain: string): Promise<readonly Item[]> {
    const found: Item[] = [];
    let from: Item | undefined;
    do {
      const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await this.dynamodb.send(
        new QueryCommand({
          TableName: this.table,
          ConsistentRead: true,
          KeyConditionExpression: "pk = :chain",
          ExpressionAttributeValues: { ":chain": { S: `chain#${chain}` } },
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      found.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return found;
  }

  private async event(id: string): Promise<string | undefined> {
    const { Item } = await this.dynamodb.send(
      new GetItemCommand({
        TableName: this.table,
        ConsistentRead: true,
        Key: { pk: { S: `event#${id}` }, sk: { S: "event" } },
      }),
    );
    return Item?.event?.S;
  }
}
