// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { compareTables, scanTable, type TableComparison } from "../backup";
import type { Checked } from "./challenge";
import type { LedgerItem } from "./ledger-events";
import type { Range } from "./range";

/** Primary key of the ledger (modules/ledger). */
const KEY = ["pk", "sk"];
const POLL_MS = 1000;
/** A restore of a small table took up to an hour where its makers say "a few minutes" (DynamoDB developer guide, "Restoring a table"). */
const PATIENCE_S = 3600;

/** A table that a challenge restores beside the ledger, and takes away again. */
export class RestoredTable {
  constructor(
    private readonly range: Range,
    /** `<prefix>-restored-…`, the only names that the restore role may write to. */
    readonly name: string,
  ) {}

  /** @param label tells the tables of one run apart */
  static named(range: Range, label: string): RestoredTable {
    const prefix = range.zone.tableNamed("-ledger").replace(/-ledger$/, "");
    return new RestoredTable(range, `${prefix}-restored-${label}-${range.run}`);
  }

  /** An empty one, where rights are tried. */
  async create(): Promise<void> {
    await (await this.dynamodb()).send(
      new CreateTableCommand({
        TableName: this.name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: KEY.map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? "HASH" : "RANGE" })),
        AttributeDefinitions: KEY.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      }),
    );
    await this.exists();
  }

  /** Waits until the table can be read. */
  async exists(): Promise<void> {
    const wait = { client: await this.dynamodb(), maxWaitTime: PATIENCE_S, minDelay: 1, maxDelay: 10 };
    await waitUntilTableExists(wait, { TableName: this.name });
  }

  /** Held against the ledger, row by row. */
  async compared(): Promise<TableComparison> {
    const dynamodb = await this.dynamodb();
    const ledger = this.range.zone.tableNamed("-ledger");
    return compareTables(scanTable(dynamodb, ledger), scanTable(dynamodb, this.name), KEY);
  }

  /** Alters one event in the restored table: what a comparison that is worth anything notices. */
  async alterOne(): Promise<void> {
    const dynamodb = await this.dynamodb();
    for await (const row of scanTable(dynamodb, this.name)) {
      const { event, ...item } = row as LedgerItem;
      if (!event?.S) continue;
      const Item = { ...item, event: { S: event.S.replace(/"at":"\d/, '"at":"3') } };
      await dynamodb.send(new PutItemCommand({ TableName: this.name, Item }));
      return;
    }
    throw new Error(`${this.name} has no event to alter`);
  }

  async remove(): Promise<void> {
    const dynamodb = await this.dynamodb();
    await dynamodb.send(new DeleteTableCommand({ TableName: this.name }));
    const wait = { client: dynamodb, maxWaitTime: PATIENCE_S, minDelay: 1, maxDelay: 10 };
    await waitUntilTableNotExists(wait, { TableName: this.name });
  }

  private async dynamodb(): Promise<DynamoDBClient> {
    return (await this.range.administrator()).dynamodb();
  }
}

/** Whether a restore is sound: what was restored stands unaltered in the original, which has at most more by now. */
export function sound({ verdict, original, restored, onlyOriginal }: TableComparison): Checked {
  return {
    ok: verdict === "same" || verdict === "earlier",
    seen: `${verdict}: ${restored.rows} rows restored, SHA-256 ${restored.sha256}; ${original.rows} in the original, SHA-256 ${original.sha256}, ${onlyOriginal.length} of them newer`,
  };
}

/** @throws when `done` is not true before patience ends */
export async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_S * 1000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`${what}: not after ${PATIENCE_S} seconds`);
    await sleep(POLL_MS);
  }
}
