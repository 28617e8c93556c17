// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { eventsOf, type Told } from "./ledger-events";
import type { PutVersion, Range } from "./range";
import { type SenderId, STUDY, sha256 } from "./senders";

const POLL_MS = 1000;
/** "Within minutes": a record is promoted and in the ledger after five. */
const PATIENCE_MS = 5 * 60_000;

/** An upload of a vendor and what became of it. */
export interface Promotion {
  /** Name of the file, without its folder. */
  readonly name: string;
  /** The version in the inbox, with the SHA-256 that its sender stated. */
  readonly sent: PutVersion;
  /** Events of that version, as soon as PROMOTED was among them or when patience ended. */
  readonly events: readonly Told[];
  /** The version that it was promoted to; undefined when it was not. */
  readonly record: PutVersion | undefined;
}

/** Sends a file and its `.sha256` as oq-sender, by SFTP, and waits for its record. */
export function promote(range: Range, name: string): Promise<Promotion> {
  const content = `subject,value\n001,${range.run}\n`;
  return sendAndWait(range, "oq-sender", { [name]: content, [`${name}.sha256`]: `${sha256(content)}  ${name}\n` });
}

/** Sends a file alone as oq-unblinded, by SFTP, and waits for its record. */
export function promoteUnblinded(range: Range, name: string): Promise<Promotion> {
  return sendAndWait(range, "oq-unblinded", { [name]: `subject,arm\n001,${range.run}\n` });
}

/** @param files content by name, the one that becomes a record first */
async function sendAndWait(
  range: Range,
  sender: SenderId,
  files: Readonly<Record<string, string>>,
): Promise<Promotion> {
  const { senders } = range;
  const session = await senders.login(sender, { privateKey: (await senders.key(sender)).private });
  for (const [name, content] of Object.entries(files)) await session.put(`/${STUDY}/${name}`, content);
  session.end();
  const [name, content] = Object.entries(files)[0]!;
  const sent = await senders.uploaded(sender, name, content);
  const events = await eventUntil(range, sent, "PROMOTED");
  const destination = events.find(({ type }) => type === "PROMOTED")?.destination;
  return { name, sent, events, record: destination && { ...destination, sha256: sent.sha256 } };
}

/** Events of a version, as soon as one of `type` is among them or when patience ends. */
export async function eventUntil(range: Range, sent: PutVersion, type: string): Promise<Told[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const own = await eventsOf(range, sent);
    if (own.some((one) => one.type === type) || Date.now() > deadline) return own;
    await sleep(POLL_MS);
  }
}
