// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { Checked } from "./challenge";
import type { Range } from "./range";

const POLL_MS = 500;
/** Log lines are there within seconds; this is how long they are waited for. */
const PATIENCE_MS = 60_000;

export type LogLine = Readonly<Record<string, unknown>>;

/** Waits for a line of JSON in a log group that says everything in `says`, at or after `since`. */
export async function logged(range: Range, group: string, says: LogLine, since: Date): Promise<Checked> {
  const deadline = Date.now() + PATIENCE_MS;
  const wanted = Object.entries(says);
  const told = wanted.map(([name, value]) => `${name} ${value}`).join(", ");
  for (;;) {
    const lines = (await messagesSince(range, group, since)).map(lineOf);
    if (lines.some((line) => wanted.every(([name, value]) => line[name] === value)))
      return { ok: true, seen: `${group}: ${told}` };
    if (Date.now() > deadline) return { ok: false, seen: `${group}: no line with ${told}` };
    await sleep(POLL_MS);
  }
}

/** Both must hold; what was seen of each stands in the record. */
export function both(one: Checked, other: Checked): Checked {
  return { ok: one.ok && other.ok, seen: `${one.seen}; ${other.seen}` };
}

/** Whether no line of a log group, of those that are there, holds a secret. None at all says nothing. */
export async function unspoken(range: Range, group: string, secret: string, since: Date): Promise<Checked> {
  const messages = await messagesSince(range, group, since);
  const holding = messages.filter((message) => message.includes(secret)).length;
  const seen = `${group}: ${messages.length} lines, ${holding === 0 ? "none" : holding} with the password`;
  return { ok: messages.length > 0 && holding === 0, seen };
}

/** Everything that a log group has at or after `since`. */
export async function messagesSince(range: Range, logGroupName: string, since: Date): Promise<string[]> {
  const logs = (await range.administrator()).logs();
  const messages: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime: since.getTime(), nextToken }));
    for (const { message } of page.events ?? []) messages.push(message ?? "");
    nextToken = page.nextToken;
  } while (nextToken);
  return messages;
}

/** The line that a function wrote: Lambda may put it into a message of its own. */
export function written(text: string): string {
  const { message } = parsed(text);
  return (typeof message === "string" ? message : text).trimEnd();
}

/** What the line says, whichever of both it is. */
function lineOf(text: string): LogLine {
  const line = parsed(text);
  if (typeof line.message === "string" && line.message.startsWith("{")) return { ...line, ...parsed(line.message) };
  return typeof line.message === "object" && line.message !== null ? { ...line, ...line.message } : line;
}

function parsed(text: string): LogLine {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as LogLine) : {};
  } catch {
    return {};
  }
}
