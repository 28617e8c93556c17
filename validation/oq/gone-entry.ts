// SPDX-License-Identifier: Apache-2.0
import { QueryCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { Part11Error } from "../error";
import { canonicalJson, digestOf, sha256Hex } from "../json";
import type { StoredVersion } from "../ledger";
import { JOINED } from "./joined-vendor";
import type { Range } from "./range";
import { STUDY } from "./senders";

interface Link {
  readonly sequence: number;
  readonly hash: string;
}

/** Whose chain it ends: nobody else adds to that of a vendor who was there for one challenge. */
export const ENDED_CHAIN = JOINED;

/** The event that a version was received which never was, and its link to the end of a chain, as the installed writer would have put them. */
export function goneEntry(tail: Link, version: StoredVersion, at: Date) {
  const type = "RECEIVED";
  const event = {
    ...{ schemaVersion: 1, type, vendor: ENDED_CHAIN, study: STUDY, ...version, bytes: 1, sha256: sha256Hex("x") },
    ...{ id: digestOf([type, version.bucket, version.key, version.versionId]) },
    ...{ at: at.toISOString(), receivedAt: at.toISOString() },
  };
  const content = {
    sequence: tail.sequence + 1,
    eventId: event.id,
    eventSha256: sha256Hex(canonicalJson(event)),
    previous: tail.hash,
  };
  return { event, link: { ...content, hash: digestOf(content) } };
}

/** Puts such an entry into the installed ledger, and takes it out again. */
export class GoneEntry {
  private constructor(
    private readonly range: Range,
    readonly version: StoredVersion,
    private readonly entry: ReturnType<typeof goneEntry>,
  ) {}

  /** @throws SUBJECT_NOT_FOUND when the chain that it is to end has no entry */
  static async put(range: Range): Promise<GoneEntry> {
    const [bucket, at] = [range.raw, new Date()];
    const key = `${range.senders.prefix(ENDED_CHAIN)}${at.toISOString().slice(0, 10)}/GONE_${range.run}.csv`;
    const version = { bucket, key, versionId: `oq-${range.run}` };
    const gone = new GoneEntry(range, version, goneEntry(await tailOf(range), version, at));
    const { event, link } = gone.items();
    const ConditionExpression = "attribute_not_exists(pk)";
    const TransactItems = [event, link].map((Item) => ({ Put: { TableName: gone.table, Item, ConditionExpression } }));
    await (await range.administrator()).dynamodb().send(new TransactWriteItemsCommand({ TransactItems }));
    return gone;
  }

  /** @throws when the rows are no longer those that were put */
  async remove(): Promise<void> {
    const { event, link } = this.items();
    const taken = [
      { Item: event, name: "event" },
      { Item: link, name: "link" },
    ] as const;
    const TransactItems = taken.map(({ Item, name }) => ({
      Delete: {
        TableName: this.table,
        Key: { pk: Item.pk, sk: Item.sk },
        ConditionExpression: "#own = :own",
        ExpressionAttributeNames: { "#own": name },
        ExpressionAttributeValues: { ":own": (Item as Record<string, { S: string }>)[name]! },
      },
    }));
    await (await this.range.administrator()).dynamodb().send(new TransactWriteItemsCommand({ TransactItems }));
  }

  private get table(): string {
    return this.range.zone.tableNamed("-ledger");
  }

  /** As modules/ledger/aws-store.ts writes them. */
  private items() {
    const { event, link } = this.entry;
    return {
      event: {
        ...{ pk: { S: `event#${event.id}` }, sk: { S: "event" }, vendor: { S: ENDED_CHAIN } },
        ...{ sequence: { N: String(link.sequence) }, event: { S: canonicalJson(event) } },
      },
      link: {
        ...{ pk: { S: `chain#${ENDED_CHAIN}` }, sk: { S: String(link.sequence).padStart(12, "0") } },
        link: { S: canonicalJson(link) },
      },
    };
  }
}

async function tailOf(range: Range): Promise<Link> {
  const command = new QueryCommand({
    TableName: range.zone.tableNamed("-ledger"),
    KeyConditionExpression: "pk = :chain",
    ExpressionAttributeValues: { ":chain": { S: `chain#${ENDED_CHAIN}` } },
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: 1,
  });
  const { Items = [] } = await (await range.administrator()).dynamodb().send(command);
  if (!Items[0]?.link?.S)
    throw new Part11Error({
      code: "SUBJECT_NOT_FOUND",
      what: `no chain of ${ENDED_CHAIN}`,
      where: range.zone.tableNamed("-ledger"),
      expected: "the links that OQ-vendor-added leaves there",
      got: "none",
      todo: "see why OQ-vendor-added has left none",
    });
  return JSON.parse(Items[0].link.S) as Link;
}
