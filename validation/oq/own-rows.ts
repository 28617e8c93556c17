// SPDX-License-Identifier: Apache-2.0
import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Checked } from "./challenge";
import type { Principal } from "./principal";
import type { Range } from "./range";

/** Place of a row that a refused transaction must not leave. */
export const BESIDE = "beside";

/** Rows of this run in the ledger, which no event and no chain has; none stays. */
export class OwnRows {
  constructor(
    private readonly range: Range,
    /** Puts, reads and takes out. */
    private readonly administrator: Principal,
  ) {}

  /** Table and key of a row. */
  at(name: string) {
    return { TableName: this.table, Key: { pk: { S: this.partition }, sk: { S: name } } };
  }

  /** What PutItem needs to add a row where nothing stands: the condition is that of the installed writer. */
  added(name: string, text: string) {
    const { TableName, Key } = this.at(name);
    return { TableName, Item: { ...Key, event: { S: text } }, ConditionExpression: "attribute_not_exists(pk)" };
  }

  async put(name: string, text: string): Promise<void> {
    await this.administrator.dynamodb().send(new PutItemCommand(this.added(name, text)));
  }

  /** Whether each row stands with its text; undefined for one that must not be there. */
  async reads(expected: Readonly<Record<string, string | undefined>>): Promise<Checked> {
    const seen: string[] = [];
    let ok = true;
    for (const [name, text] of Object.entries(expected)) {
      const command = new GetItemCommand({ ...this.at(name), ConsistentRead: true });
      const { Item } = await this.administrator.dynamodb().send(command);
      ok &&= Item?.event?.S === text;
      seen.push(`row ${name} ${Item ? `with the text ${Item.event?.S}` : "not there"}`);
    }
    return { ok, seen: seen.join(", ") };
  }

  /** Takes all of them out. @throws when one is left: the ledger would not verify */
  async remove(): Promise<void> {
    const dynamodb = this.administrator.dynamodb();
    for (const name of await this.names()) await dynamodb.send(new DeleteItemCommand(this.at(name)));
    const left = await this.names();
    if (left.length > 0) throw new Error(`${this.table} still has rows of ${this.partition}: ${left.join(", ")}`);
  }

  private async names(): Promise<readonly string[]> {
    const { Items = [] } = await this.administrator.dynamodb().send(
      new QueryCommand({
        TableName: this.table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :own",
        ExpressionAttributeValues: { ":own": { S: this.partition } },
      }),
    );
    return Items.map(({ sk }) => sk!.S!);
  }

  private get partition(): string {
    return `oq#${this.range.run}`;
  }

  private get table(): string {
    return this.range.zone.tableNamed("-ledger");
  }
}
