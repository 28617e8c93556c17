// SPDX-License-Identifier: Apache-2.0
import {
  type AttributeValue,
  BatchGetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { Part11Error } from "../error";
import type { Told } from "./ledger-events";
import type { Range } from "./range";

/** Most keys of one call (DynamoDB API BatchGetItem). */
const MOST_KEYS = 100;

type Item = Record<string, AttributeValue>;

/** Reads one chain of the ledger as it grows, each event once: a scan of the whole table would cost more at each look. */
export class ChainNews {
  private last = " ";

  constructor(
    private readonly range: Range,
    private readonly chain: string,
  ) {}

  /** Events that the chain has got since the last look, in order. */
  async next(): Promise<readonly Told[]> {
    const ids = (await this.links()).map((link) => (JSON.parse(link) as { eventId: string }).eventId);
    const events = new Map<string, Told>();
    for (let at = 0; at < ids.length; at += MOST_KEYS)
      for (const [id, told] of await this.events(ids.slice(at, at + MOST_KEYS))) events.set(id, told);
    return ids.map((id) => events.get(id) ?? this.unread(`no event ${id}`, "the event of every link"));
  }

  private async links(): Promise<readonly string[]> {
    const links: string[] = [];
    let place = this.last;
    for (let ExclusiveStartKey: Item | undefined, more = true; more; ) {
      const page: QueryCommandOutput = await (await this.dynamodb()).send(
        new QueryCommand({
          TableName: this.table,
          ConsistentRead: true,
          KeyConditionExpression: "pk = :chain AND sk > :last",
          ExpressionAttributeValues: { ":chain": { S: `chain#${this.chain}` }, ":last": { S: this.last } },
          ExclusiveStartKey,
        }),
      );
      links.push(...(page.Items ?? []).map(({ link }) => link!.S!));
      place = page.Items?.at(-1)?.sk?.S ?? place;
      ExclusiveStartKey = page.LastEvaluatedKey;
      more = ExclusiveStartKey !== undefined;
    }
    // Only after the last page: each is asked for from the same place.
    this.last = place;
    return links;
  }

  private async events(ids: readonly string[]): Promise<ReadonlyArray<readonly [string, Told]>> {
    const Keys = ids.map((id) => ({ pk: { S: `event#${id}` }, sk: { S: "event" } }));
    const { Responses, UnprocessedKeys } = await (await this.dynamodb()).send(
      new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys, ConsistentRead: true } } }),
    );
    if (Object.keys(UnprocessedKeys ?? {}).length > 0)
      this.unread("keys left unread", `all ${ids.length} keys of a batch`);
    return (Responses?.[this.table] ?? []).map(({ pk, event }) => [
      pk!.S!.slice("event#".length),
      JSON.parse(event!.S!) as Told,
    ]);
  }

  private unread(got: string, expected: string): never {
    throw new Part11Error({
      code: "TRANSPORT",
      what: "chain of the ledger not read",
      where: `${this.table}, chain of ${this.chain}`,
      ...{ expected, got },
      todo: "verify the ledger with part11 ledger verify, and run the qualification again",
    });
  }

  private get table(): string {
    return this.range.zone.tableNamed("-ledger");
  }

  private async dynamodb() {
    return (await this.range.administrator()).dynamodb();
  }
}
