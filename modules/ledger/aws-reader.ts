// SPDX-License-Identifier: Apache-2.0
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { type EventType, eventId, type LedgerEvent, type Link, type ObjectVersion, sequenceText } from "./entry";

/** Events that are fetched at the same time. */
const AT_ONCE = 50;

/** Reads the ledger. Needs dynamodb:GetItem and Query, and the use of its key. */
export class AwsLedgerReader {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly table: string,
  ) {}

  /**
   * Events of a chain, the newest first.
   *
   * @param page links that are asked for at a time
   * @throws when a link stands without its event
   */
  async *newest(chain: string, page = 200): AsyncGenerator<LedgerEvent> {
    let from: Record<string, AttributeValue> | undefined;
    do {
      const answer: QueryCommandOutput = await this.dynamodb.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: "pk = :chain",
          ExpressionAttributeValues: { ":chain": { S: `chain#${chain}` } },
          ConsistentRead: true,
          ScanIndexForward: false,
          ExclusiveStartKey: from,
          Limit: page,
        }),
      );
      const links = (answer.Items ?? []).map(linkIn);
      for (let at = 0; at < links.length; at += AT_ONCE) {
        yield* await Promise.all(links.slice(at, at + AT_ONCE).map((link) => this.eventOf(link)));
      }
      from = answer.LastEvaluatedKey;
    } while (from);
  }

  /** The event at a place of a chain; undefined when there is none. */
  async at(chain: string, sequence: number): Promise<LedgerEvent | undefined> {
    const item = await this.item(`chain#${chain}`, sequenceText(sequence));
    return item && this.eventOf(linkIn(item));
  }

  /** Whether an event of this type and version stands. */
  async has({ type, bucket, key, versionId }: ObjectVersion & { readonly type: EventType }): Promise<boolean> {
    return (await this.item(`event#${eventId({ type, bucket, key, versionId })}`, "event")) !== undefined;
  }

  private async eventOf({ eventId }: Link): Promise<LedgerEvent> {
    const text = (await this.item(`event#${eventId}`, "event"))?.event?.S;
    if (text === undefined) throw new Error(`event ${eventId} of the ledger is missing`);
    return JSON.parse(text) as LedgerEvent;
  }

  private async item(pk: string, sk: string): Promise<Record<string, AttributeValue> | undefined> {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const { Item } = await this.dynamodb.send(new GetItemCommand({ TableName: this.table, Key, ConsistentRead: true }));
    return Item;
  }
}

function linkIn(item: Record<string, AttributeValue>): Link {
  if (item.link?.S === undefined) throw new Error(`item ${item.pk?.S} of the ledger has no link`);
  return JSON.parse(item.link.S) as Link;
}
