// SPDX-License-Identifier: Apache-2.0
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { canonical, type Link, sequenceText } from "./entry";
import type { LedgerStore, StoredEvent } from "./store";

/** Reasons for which a transaction is worth another turn (DynamoDB API TransactWriteItems, CancellationReasons). */
const WORTH_A_TURN = new Set(["ConditionalCheckFailed", "TransactionConflict", "ThrottlingError"]);

type Item = Record<string, AttributeValue>;

/**
 * The ledger's table, and its mirror in the audit bucket. Needs dynamodb:PutItem, GetItem and Query, s3:PutObject below
 * `ledger/`, and the use of both keys.
 */
export class AwsLedgerStore implements LedgerStore {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly s3: S3Client,
    private readonly names: { readonly table: string; readonly auditBucket: string },
  ) {}

  async event(eventId: string): Promise<StoredEvent | undefined> {
    const item = await this.item(`event#${eventId}`, "event");
    return item && { vendor: text(item, "vendor"), sequence: Number(item.sequence?.N), text: text(item, "event") };
  }

  async link(vendor: string, sequence: number): Promise<Link | undefined> {
    return linkOf(await this.item(`chain#${vendor}`, sequenceText(sequence)));
  }

  async tail(vendor: string): Promise<Link | undefined> {
    const { Items = [] } = await this.dynamodb.send(
      new QueryCommand({
        TableName: this.names.table,
        KeyConditionExpression: "pk = :chain",
        ExpressionAttributeValues: { ":chain": { S: `chain#${vendor}` } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return linkOf(Items[0]);
  }

  async add(vendor: string, eventText: string, link: Link): Promise<"added" | "taken"> {
    const sequence = { N: String(link.sequence) };
    const chain = `chain#${vendor}`;
    try {
      await this.dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            this.put({
              pk: { S: `event#${link.eventId}` },
              sk: { S: "event" },
              vendor: { S: vendor },
              sequence,
              event: { S: eventText },
            }),
            this.put({ pk: { S: chain }, sk: { S: sequenceText(link.sequence) }, link: { S: canonical(link) } }),
          ],
        }),
      );
      return "added";
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? "None").filter((c) => c !== "None");
      if (reasons.length > 0 && reasons.every((reason) => WORTH_A_TURN.has(reason))) return "taken";
      throw error;
    }
  }

  async mirror(vendor: string, sequence: number, body: string): Promise<void> {
    try {
      await this.s3.send(
        new PutObjectCommand({
          Bucket: this.names.auditBucket,
          Key: `ledger/${vendor}/${sequenceText(sequence)}.json`,
          Body: body,
          ContentType: "application/json",
          ChecksumAlgorithm: "SHA256",
          // A message that comes twice must not leave a second locked version.
          IfNoneMatch: "*",
        }),
      );
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return;
      throw error;
    }
  }

  private put(item: Item) {
    return { Put: { TableName: this.names.table, Item: item, ConditionExpression: "attribute_not_exists(pk)" } };
  }

  private async item(pk: string, sk: string): Promise<Item | undefined> {
    const { Item } = await this.dynamodb.send(
      new GetItemCommand({
        TableName: this.names.table,
        Key: { pk: { S: pk }, sk: { S: sk } },
        ConsistentRead: true,
      }),
    );
    return Item;
  }
}

function linkOf(item: Item | undefined): Link | undefined {
  return item && (JSON.parse(text(item, "link")) as Link);
}

function text(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`item ${item.pk?.S} of the ledger has no text ${name}`);
  return value;
}
