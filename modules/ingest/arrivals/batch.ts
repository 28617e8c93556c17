// SPDX-License-Identifier: Apache-2.0
import type { LedgerEvent } from "../../ledger/entry";
import { type Message, readMessage } from "./message";

/** What Lambda gives of a queue (Lambda developer guide, "Using Lambda with Amazon SQS"). */
export interface Batch {
  readonly Records: ReadonlyArray<{ readonly messageId: string; readonly body: string }>;
}

export interface BatchAnswer {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>;
}

/** Begins lines of the log that an alarm listens for. */
export const REFUSED = "PART11_REFUSED";

const REFUSALS: ReadonlySet<LedgerEvent["type"]> = new Set([
  "MANIFEST_MISMATCH",
  "MANIFEST_MISSING",
  "QUARANTINED",
  "TRANSFER_FAILED",
]);

/** Takes message by message: one that fails comes again by itself and holds no other up. */
export async function takeBatch(
  batch: Batch,
  take: (message: Message) => Promise<void>,
  log: (line: string) => void,
): Promise<BatchAnswer> {
  const batchItemFailures: Array<{ itemIdentifier: string }> = [];
  for (const { messageId, body } of batch.Records) {
    try {
      await take(readMessage(body));
    } catch (error) {
      const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
      log(JSON.stringify({ failed: messageId, error: String(code ?? name), message: String(message) }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** Line of the log for a new event. */
export function eventLine(event: LedgerEvent): string {
  const { type, vendor, bucket, key, versionId, reason } = event;
  const line = JSON.stringify({ type, vendor, bucket, key, versionId, reason });
  return REFUSALS.has(type) ? `${REFUSED} ${line}` : line;
}
