// SPDX-License-Identifier: Apache-2.0
import { type Message, readMessage } from "../../ingest/arrivals/message";

/** A message that was taken and not yet removed. */
export interface Taken {
  readonly messageId: string;
  readonly body: string;
  /** What SQS wants to have back. */
  readonly receipt: string;
}

/** The queue of large versions. A message that is taken is hidden from others for a while. */
export interface LargeQueue {
  /** The next message, waited for; undefined when none came, or the wait was broken off. */
  receive(stop: AbortSignal): Promise<Taken | undefined>;
  /** Hides it anew, from now on. */
  hold(taken: Taken): Promise<void>;
  /** Lets others see it at once. */
  release(taken: Taken): Promise<void>;
  remove(taken: Taken): Promise<void>;
}

export interface WorkPorts {
  readonly queue: LargeQueue;
  readonly take: (message: Message) => Promise<void>;
  /** Waits until a message in hand must be held anew; rejects when `over` is aborted. */
  readonly untilHold: (over: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}

/** Begins lines of the log that an alarm listens for: a large version was not dealt with, and comes again. */
export const LARGE_FAILED = "PART11_LARGE_FAILED";

/** STOPPED: it was asked to, and what it had in hand is given back. LOST: a message could not be held, so another may have it. */
export type Ended = "STOPPED" | "LOST";

/**
 * Takes one message after the other, until `stop` or until it cannot hold what it has in hand. A message is removed once it
 * was dealt with: whatever ends the process before, it comes again.
 *
 * @throws what the queue throws
 */
export async function work(ports: WorkPorts, stop: AbortSignal): Promise<Ended> {
  while (!stop.aborted) {
    const taken = await ports.queue.receive(stop);
    if (!taken) continue;
    if (await isLost(ports, taken, stop)) return "LOST";
  }
  return "STOPPED";
}

async function isLost(ports: WorkPorts, taken: Taken, stop: AbortSignal): Promise<boolean> {
  const { queue } = ports;
  const over = new AbortController();
  try {
    switch (await Promise.race([dealWith(ports, taken), hold(ports, taken, over.signal), aborted(stop, over.signal)])) {
      case "done":
        await queue.remove(taken);
        return false;
      case "stopped":
        await queue.release(taken);
        return false;
      case "failed":
        return false;
      default:
        return true;
    }
  } finally {
    over.abort();
  }
}

async function dealWith({ take, log }: WorkPorts, { body, messageId }: Taken): Promise<"done" | "failed"> {
  try {
    await take(readMessage(body));
    return "done";
  } catch (error) {
    log(failure(messageId, error));
    return "failed";
  }
}

async function hold({ queue, untilHold, log }: WorkPorts, taken: Taken, over: AbortSignal): Promise<"lost"> {
  for (;;) {
    try {
      await untilHold(over);
    } catch {
      return "lost";
    }
    try {
      await queue.hold(taken);
    } catch (error) {
      if (!over.aborted) log(failure(taken.messageId, error));
      return "lost";
    }
  }
}

function aborted(stop: AbortSignal, over: AbortSignal): Promise<"stopped"> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve("stopped");
    stop.addEventListener("abort", () => resolve("stopped"), { once: true, signal: over });
  });
}

function failure(messageId: string, error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
  const line = { failed: messageId, error: String(code ?? name), message: String(message) };
  return `${LARGE_FAILED} ${JSON.stringify(line)}`;
}
