// SPDX-License-Identifier: Apache-2.0
import { sha256 } from "../../../validation/oq/senders";

/** What goes wrong in a modelled ingest: one word a fault. */
export type Fault =
  | "a letter before"
  | "alarm rings before"
  | "poison holds others up"
  | "poison is lost"
  | "silent function"
  | "deaf alarm"
  | "every event is given up"
  | "another dead letter"
  | "timeout stays"
  | "scanner stays broken"
  | "promotes without the scan"
  | "nothing is promoted after an outage"
  | "no source of dead letters"
  | "another source of dead letters"
  | "failures are not recorded"
  | "failures are not told"
  | "no log of the server"
  | "a part is promoted"
  | "the whole is not promoted"
  | "another user"
  | "no reason of a failure";

interface Version {
  readonly key: string;
  readonly versionId: string;
  readonly body: string;
}

interface Message {
  readonly id: string;
  readonly body: string;
  tries: number;
  next: number;
}

export interface ModelEvent {
  readonly type: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly [name: string]: unknown;
}

const TRIES = 5;

/** Queues, function, ledger and alarm of ingest, by the clock of the test: what is due happens when somebody looks. */
export class IngestModel {
  readonly ledger: ModelEvent[] = [];
  readonly inbox: Version[] = [];
  readonly raw: Version[] = [];
  readonly lines: Array<{ readonly group: string; readonly line: object }> = [];
  readonly deadLetters: Array<{ id: string; body: string }> = [];
  /** Texts that SNS has put into the queue of a test. */
  readonly received: Array<{ text: string; attributes: Record<string, string> }> = [];
  alarm = "OK";
  visibilitySeconds = "5400";
  scanner: Record<string, string> = {};
  private arrivals: Message[] = [];
  private serial = 0;

  constructor(private readonly fault?: Fault) {
    if (fault === "a letter before") this.deadLetters.push({ id: "before", body: "{}" });
    if (fault === "alarm rings before") this.alarm = "ALARM";
  }

  has(fault: Fault): boolean {
    return this.fault === fault;
  }

  /** A message for the function, by its body. */
  send(body: string): string {
    this.serial += 1;
    const id = `message-${this.serial}`;
    this.arrivals.push({ id, body, tries: 0, next: Date.now() });
    return id;
  }

  /** A version in the inbox that the transfer server calls complete. */
  upload(key: string, body: string): Version {
    const version = this.store(key, body);
    this.send(JSON.stringify({ detail: { object: { key, "version-id": version.versionId } } }));
    return version;
  }

  store(key: string, body: string): Version {
    this.serial += 1;
    const version = { key, versionId: `version-${this.serial}`, body };
    this.inbox.unshift(version);
    return version;
  }

  record(type: string, { key, versionId }: Pick<Version, "key" | "versionId">, facts: object = {}): void {
    const known = this.ledger.some((one) => one.type === type && one.key === key && one.versionId === versionId);
    if (!known) this.ledger.push({ type, bucket: "inbox", key, versionId, ...facts });
  }

  promote(version: Version, facts: object = {}): void {
    if (this.ledger.some(({ type, versionId }) => type === "PROMOTED" && versionId === version.versionId)) return;
    this.serial += 1;
    const record = { ...version, versionId: `record-${this.serial}` };
    this.raw.push(record);
    this.record("PROMOTED", version, { destination: { bucket: "raw", ...record }, ...facts });
  }

  /** Does what is due. */
  tick(): void {
    for (const message of [...this.arrivals]) {
      while (this.arrivals.includes(message) && message.next <= Date.now()) this.take(message);
    }
  }

  private take(message: Message): void {
    if (message.tries >= TRIES) {
      this.giveUp(message);
      return;
    }
    message.tries += 1;
    const why = this.deal(message);
    if (why === undefined) this.arrivals = this.arrivals.filter((one) => one !== message);
    else {
      message.next += Number(this.visibilitySeconds) * 1000;
      const line = { failed: message.id, ...why };
      if (!this.has("silent function")) this.lines.push({ group: "ingest", line });
    }
  }

  /** @returns why the message cannot be dealt with */
  private deal({ body }: Message): { error: string; message: string } | undefined {
    const { key, "version-id": versionId } = JSON.parse(body).detail.object as { key: string; "version-id": string };
    const version = this.inbox.find((one) => one.key === key && one.versionId === versionId);
    if (!version || this.has("every event is given up")) {
      return { error: "VERSION_NOT_FOUND", message: `inbox has no version ${versionId} of ${key}` };
    }
    const waits = this.has("poison holds others up") && this.arrivals.some((one) => one.body.includes("nowhere"));
    if (waits && key.includes("BESIDE")) return { error: "Waits", message: "for another" };
    this.record("RECEIVED", version, { sha256: sha256(version.body) });
    this.record("ATTRIBUTED", version);
    const older = this.inbox.filter((one) => one.key === key && one !== version);
    for (const one of older) this.record("SUPERSEDED", one);
    return this.scan(version);
  }

  private scan(version: Version): { error: string; message: string } | undefined {
    if (Object.keys(this.scanner).length > 0) {
      if (this.has("promotes without the scan")) this.promote(version);
      return { error: "SCAN_UNDECIDED", message: "no verdict" };
    }
    const late = this.has("nothing is promoted after an outage") && version.key.includes("REPLAYED");
    const never = this.has("the whole is not promoted") && version.key.includes("CUT_OFF");
    if (!late && !never) this.promote(version, { reason: "scan: clean" });
    return undefined;
  }

  private giveUp(message: Message): void {
    this.arrivals = this.arrivals.filter((one) => one !== message);
    if (this.has("poison is lost")) return;
    this.deadLetters.push({ id: message.id, body: message.body });
    if (this.has("another dead letter")) this.deadLetters.push({ id: `${message.id}-other`, body: "of somebody else" });
    if (this.has("deaf alarm")) return;
    this.alarm = "ALARM";
    this.received.push({ text: JSON.stringify({ AlarmName: "zone-ingest-dead-letters" }), attributes: {} });
  }
}
