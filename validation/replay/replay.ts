// SPDX-License-Identifier: Apache-2.0
import { sha256Hex } from "../json";
import { describe } from "./describe";
import type { ReplayEntry } from "./replay-record";

/** A message that waits in the dead-letter queue. */
export interface Waiting {
  readonly messageId: string;
  readonly body: string;
  /** What SQS wants to have back to delete it. */
  readonly receipt: string;
}

/** The dead-letter queue, and the queue that its messages came from. */
export interface Queues {
  readonly from: string;
  readonly to: string;
  /** ARN that AWS knows the caller by. */
  readonly caller: string;
  /** Up to so many messages, at most 10; none when none can be seen. */
  take(most: number): Promise<readonly Waiting[]>;
  /** Sends a message to the queue that it came from. */
  send(message: Waiting): Promise<void>;
  remove(message: Waiting): Promise<void>;
}

export interface ReplayRequest {
  readonly by: string;
  readonly reason: string;
  /** Most messages that are moved. */
  readonly most: number;
}

export interface ReplayOutcome {
  readonly messageId: string;
  readonly about: string;
  /** Why it was not moved, or may come twice; undefined when it was moved. */
  readonly why?: string;
}

export interface ReplayResult {
  readonly outcomes: readonly ReplayOutcome[];
  /** Whether the dead-letter queue showed no message more. */
  readonly emptied: boolean;
}

const BATCH = 10;

/**
 * Sends the messages of a dead-letter queue again, in batches of ten. Each is sent before it is removed: what breaks
 * off between the two comes twice, which leads to the same events (docs/decisions/0017), and nothing is lost.
 */
export async function replay(
  queues: Queues,
  record: { add(entry: ReplayEntry): void },
  request: ReplayRequest,
  now: () => Date,
): Promise<ReplayResult> {
  const outcomes: ReplayOutcome[] = [];
  const seen = new Set<string>();
  while (outcomes.length < request.most) {
    const batch = await queues.take(Math.min(BATCH, request.most - outcomes.length));
    const fresh = batch.filter(({ messageId }) => !seen.has(messageId));
    // What failed is seen again after a while: only those are left.
    if (fresh.length === 0) return { outcomes, emptied: batch.length === 0 };
    for (const message of fresh) {
      seen.add(message.messageId);
      outcomes.push(
        await move(queues, message, (action) => record.add(entryOf(action, message, queues, request, now()))),
      );
    }
  }
  return { outcomes, emptied: (await queues.take(1)).length === 0 };
}

async function move(
  queues: Queues,
  message: Waiting,
  note: (action: ReplayEntry["action"]) => void,
): Promise<ReplayOutcome> {
  const { messageId, body } = message;
  const outcome = { messageId, about: describe(body) };
  note("sending");
  try {
    await queues.send(message);
  } catch (error) {
    note("failed");
    return { ...outcome, why: `not sent, and still there: ${said(error)}` };
  }
  try {
    await queues.remove(message);
  } catch (error) {
    note("failed");
    return { ...outcome, why: `sent, and still there, so that it can be sent twice: ${said(error)}` };
  }
  note("moved");
  return outcome;
}

function entryOf(
  action: ReplayEntry["action"],
  { messageId, body }: Waiting,
  { from, to, caller }: Queues,
  { by, reason }: ReplayRequest,
  at: Date,
): ReplayEntry {
  const bodySha256 = sha256Hex(body);
  const about = describe(body);
  return { schemaVersion: 1, at: at.toISOString(), action, from, to, messageId, bodySha256, about, by, reason, caller };
}

function said(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
