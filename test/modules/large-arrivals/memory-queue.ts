// SPDX-License-Identifier: Apache-2.0
import { handOverBody } from "../../../modules/ingest/arrivals/message";
import type { LargeQueue, Taken, WorkPorts } from "../../../modules/large-arrivals/worker/work";
import type { ObjectVersion } from "../../../modules/ledger/entry";

/** A queue in memory, which asks its reader to stop once nothing can be seen in it. */
export class MemoryQueue implements LargeQueue {
  readonly visible: Taken[] = [];
  readonly inHand = new Map<string, Taken>();
  /** Aborted once nothing can be seen; another for each time that a worker begins. */
  stop = new AbortController();
  held = 0;
  private count = 0;

  /** Signal that stops a worker which begins now. */
  begins(): AbortSignal {
    this.stop = new AbortController();
    return this.stop.signal;
  }

  readonly add = async (version: ObjectVersion): Promise<void> => this.put(handOverBody(version));

  put(body: string): void {
    const messageId = `m${++this.count}`;
    this.visible.push({ messageId, body, receipt: messageId });
  }

  async receive(): Promise<Taken | undefined> {
    const taken = this.visible.shift();
    if (taken) this.inHand.set(taken.messageId, taken);
    else this.stop.abort();
    return taken;
  }

  async hold(taken: Taken): Promise<void> {
    if (!this.inHand.has(taken.messageId)) throw new Error("not in hand");
    this.held += 1;
  }

  async release(taken: Taken): Promise<void> {
    this.inHand.delete(taken.messageId);
    this.visible.push(taken);
  }

  async remove({ messageId }: Taken): Promise<void> {
    this.inHand.delete(messageId);
  }

  /** What was neither removed nor given back is seen again, as after its time. */
  seenAgain(): void {
    this.visible.push(...this.inHand.values());
    this.inHand.clear();
  }
}

/** Ports of a worker on `queue` whose messages need not be held anew. */
export function ports(queue: LargeQueue, take: WorkPorts["take"], lines: string[] = []): WorkPorts {
  return { queue, take, untilHold: () => new Promise(() => undefined), log: (line) => lines.push(line) };
}
