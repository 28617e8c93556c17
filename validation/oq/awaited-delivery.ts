// SPDX-License-Identifier: Apache-2.0
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { Part11Error } from "../error";
import { type ArrivalRow, arrivalsOf } from "../vendors/deliveries/arrivals";
import { type ArrivalEvent, receivedVersions } from "../vendors/deliveries/received";
import type { Delivery } from "../vendors/vendor";
import { ledgerItems } from "./ledger-events";
import type { Range } from "./range";
import { type SenderId, STUDY } from "./senders";

/** Who is to send it, and the delivery of whom a plan wrote the row that is copied. */
export const AWAITED_FROM: SenderId = "oq-sender";
const PATTERN_ROW = "oq-results";

/** What a delivery of a challenge says otherwise than the row that it is a copy of. */
export interface Awaited extends Partial<Pick<Delivery, "sizeBytes" | "sha256File">> {
  readonly name: string;
  /** Pattern of the file's name. */
  readonly files: string;
  /** When the file is due, with its window. @default - at no time: what comes is in time */
  readonly schedule?: Pick<Delivery, "from" | "until" | "cadence" | "window">;
  /** Minutes in which side files must come. @default - as the copied row says */
  readonly windowMinutes?: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Due once, so many hours from now, with a window of so many hours on both sides. */
export function dueIn(hours: number, windowHours: number, now = Date.now()): NonNullable<Awaited["schedule"]> {
  const due = new Date(Math.floor((now + hours * HOUR_MS) / MINUTE_MS) * MINUTE_MS).toISOString();
  const day = due.slice(0, 10);
  return {
    from: day,
    until: day,
    cadence: { every: "once", at: due.slice(11, 16) },
    window: { hoursBefore: windowHours, hoursAfter: windowHours },
  };
}

/** A row of the table of deliveries, put there and taken out by a challenge: a copy of one that the plan wrote, so that it has the same form. */
export class AwaitedDelivery {
  private constructor(
    private readonly range: Range,
    readonly awaited: Awaited,
    /** What the row says. */
    private readonly delivery: Delivery,
  ) {}

  /** @throws SUBJECT_NOT_FOUND when the plan has written no row to copy */
  static async put(range: Range, { schedule, ...awaited }: Awaited): Promise<AwaitedDelivery> {
    const dynamodb = (await range.administrator()).dynamodb();
    const TableName = range.zone.tableNamed("-deliveries");
    const copied = new GetItemCommand({ TableName, Key: keyOf(PATTERN_ROW), ConsistentRead: true });
    const { Item } = await dynamodb.send(copied);
    if (!Item?.delivery?.S)
      throw new Part11Error({
        code: "SUBJECT_NOT_FOUND",
        what: "no delivery to copy",
        where: TableName,
        expected: `the row of ${PATTERN_ROW} of ${AWAITED_FROM}`,
        got: "none",
        todo: "put that delivery into the settings, as stacks/settings/vendors-qualification.yaml has it",
      });
    const row = { ...JSON.parse(Item.delivery.S), sha256File: "none", ...awaited, schedule };
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: { ...keyOf(awaited.name), delivery: { S: JSON.stringify(row) } } }),
    );
    return new AwaitedDelivery(range, { schedule, ...awaited }, { ...row, ...schedule });
  }

  /** What `part11 arrivals` says of it at present: by the ledger, and by no code of the installed functions. */
  async rows(): Promise<readonly ArrivalRow[]> {
    const events = (await ledgerItems(this.range)).flatMap(({ event }) =>
      event?.S ? [JSON.parse(event.S) as ArrivalEvent] : [],
    );
    const { from, until = from } = this.delivery;
    const studies = [{ id: STUDY, deliveries: [this.delivery] }];
    const vendor = { id: AWAITED_FROM, name: "", contacts: [], from, until, cidrs: [], keys: [], studies };
    const rows = arrivalsOf([vendor], STUDY, receivedVersions(events, STUDY), Date.now());
    return rows.filter(({ delivery }) => delivery?.name === this.awaited.name);
  }

  async remove(): Promise<void> {
    const TableName = this.range.zone.tableNamed("-deliveries");
    const command = new DeleteItemCommand({ TableName, Key: keyOf(this.awaited.name) });
    await (await this.range.administrator()).dynamodb().send(command);
  }
}

/** As modules/ingest/deliveries-table.ts names its rows. */
function keyOf(name: string) {
  return { pk: { S: "deliveries" }, sk: { S: `${AWAITED_FROM}#${STUDY}#${name}` } };
}
