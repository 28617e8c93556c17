// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";

/** One event of a log group (CloudWatch Logs API FilterLogEvents). */
export interface LogLine {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly stream: string;
  readonly eventId: string;
  readonly message: string;
}

export interface CopyPorts {
  /** Events of a group with a time from `from` to before `to`, milliseconds since 1970, in order of time. */
  readonly events: (group: string, from: number, to: number) => AsyncIterable<LogLine>;
  /** Writes a locked object; does nothing where one is. */
  readonly put: (key: string, body: string) => Promise<void>;
  readonly log: (line: string) => void;
}

/** Below it all copies of logs lie in the audit bucket. */
export const LOGS = "mirror/logs/";

const SLOT_MS = 15 * 60_000;
/** Time that an event has to reach its group. */
const SETTLE_MS = 2 * 60_000;
/** Slots that each run copies: what a run missed, or what came late, six hours of others make good. */
const SLOTS = 24;
const MOST_BYTES = 16 * 1024 * 1024;

/** From when to when a run copies, in milliseconds since 1970: whole quarters of an hour. */
export function spanOf(now: Date): { readonly from: number; readonly to: number } {
  const to = Math.floor((now.getTime() - SETTLE_MS) / SLOT_MS) * SLOT_MS;
  return { from: to - SLOTS * SLOT_MS, to };
}

/**
 * Copies log groups by quarters of an hour. An object is named by the SHA-256 of what it holds: copied again it is the
 * same object, and with an event that came late another one beside it.
 *
 * @throws AggregateError when a slot could not be copied, after the others were
 */
export async function copyLogs(
  { events, put, log }: CopyPorts,
  groups: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const failures: unknown[] = [];
  for (const group of groups) {
    let lines = 0;
    for (let slot = from; slot < to; slot += SLOT_MS) {
      try {
        lines += await copySlot(events(group, slot, Math.min(slot + SLOT_MS, to)), (part, body) =>
          put(keyOf(group, slot, part, body), body),
        );
      } catch (error) {
        failures.push(error);
        // The error that the run ends with says how many, and of none why.
        const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        log(JSON.stringify({ group, slot: new Date(slot).toISOString(), error: why }));
      }
    }
    log(JSON.stringify({ group, from: new Date(from).toISOString(), to: new Date(to).toISOString(), lines }));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} slots could not be copied`);
}

/** @returns number of lines */
async function copySlot(
  events: AsyncIterable<LogLine>,
  put: (part: number, body: string) => Promise<void>,
): Promise<number> {
  let [part, count, bytes] = [0, 0, 0];
  let lines: string[] = [];
  const write = async () => {
    if (lines.length === 0) return;
    await put(part, lines.join(""));
    [part, bytes, lines] = [part + 1, 0, []];
  };
  for await (const { timestamp, ingestionTime, stream, eventId, message } of events) {
    const line = `${JSON.stringify({ timestamp, ingestionTime, stream, eventId, message })}\n`;
    const size = Buffer.byteLength(line);
    if (bytes + size > MOST_BYTES) await write();
    lines.push(line);
    bytes += size;
    count += 1;
  }
  await write();
  return count;
}

function keyOf(group: string, slot: number, part: number, body: string): string {
  const [day = "", time = ""] = new Date(slot).toISOString().split("T");
  const name = group.replace(/^\//, "").replace(/[^A-Za-z0-9/_.-]/g, "-");
  const sha256 = createHash("sha256").update(body).digest("hex");
  return `${LOGS}${name}/${day.replaceAll("-", "/")}/${time.slice(0, 5).replace(":", "")}Z-${part}-${sha256}.jsonl`;
}
