// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { parseStrictText, readCapped } from "../json";
import type { LastUses } from "./review";

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Logins by key that copies of the server's log tell of. */
export interface Logins {
  readonly lastUses: LastUses;
  /** Instant of the earliest line: of what was before, they say nothing. */
  readonly since: string;
}

/**
 * Logins in the locked copies of the transfer server's log (`mirror/logs/…/*.jsonl` of the audit bucket), one file or a folder of them.
 *
 * @throws FILE_NOT_FOUND where there is no line; FILE_TOO_LARGE; SCHEMA_MISMATCH and what parsing finds for a line that is no copy
 * @see Transfer Family user guide, "CloudWatch log structure for Transfer Family": CONNECTED, ssh-public-key-fingerprint
 */
export function loginsOf(at: string): Logins {
  const last = new Map<string, number>();
  let since = Number.POSITIVE_INFINITY;
  for (const file of filesOf(at)) {
    const lines = readCapped(file, { maxBytes: MAX_FILE_BYTES }).toString("utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      if (line === "" && index === lines.length - 1) continue;
      const { timestamp, message } = copyIn(line, `${path.basename(file)}:${index + 1}`);
      since = Math.min(since, timestamp);
      const key = keyOf(message);
      if (key !== undefined) last.set(key, Math.max(last.get(key) ?? 0, timestamp));
    }
  }
  if (since === Number.POSITIVE_INFINITY) throw nothing(at);
  const instant = (time: number) => new Date(time).toISOString();
  return { lastUses: Object.fromEntries([...last].map(([key, time]) => [key, instant(time)])), since: instant(since) };
}

function filesOf(at: string): readonly string[] {
  const found = fs.statSync(at, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return [at];
  const names = fs.readdirSync(at, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".jsonl"));
  return names.sort().map((name) => path.join(at, name));
}

/** A line of another form could hold logins that nobody would see. */
function copyIn(line: string, where: string): { timestamp: number; message: string } {
  const { timestamp, message } = (parseStrictText(line, where) ?? {}) as { timestamp?: unknown; message?: unknown };
  if (Number.isSafeInteger(timestamp) && typeof message === "string") return { timestamp: Number(timestamp), message };
  throw new Part11Error({
    code: "SCHEMA_MISMATCH",
    what: "content not understood",
    where,
    expected: "a copied line of the log, with timestamp and message",
    got: "another",
    todo: "copy mirror/logs/part11/<namePrefix>/sftp/ from the audit bucket",
  });
}

/** Fingerprint of the key that opened a session; undefined for every other line. */
function keyOf(message: string): string | undefined {
  try {
    const fields = JSON.parse(message) as Readonly<Record<string, unknown>> | null;
    const key = fields?.["activity-type"] === "CONNECTED" ? fields["ssh-public-key-fingerprint"] : undefined;
    return typeof key === "string" ? key.replace(/=+$/, "") : undefined;
  } catch {
    // Functions log lines of plain text, too.
    return undefined;
  }
}

function nothing(where: string): Part11Error {
  return new Part11Error({
    code: "FILE_NOT_FOUND",
    what: "no log to read",
    where,
    expected: "at least one line in a file .jsonl",
    got: "none",
    todo: "copy mirror/logs/part11/<namePrefix>/sftp/ from the audit bucket",
  });
}
