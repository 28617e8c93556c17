// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import type { Checked } from "./challenge";
import { isNotified, SILENCE_MS, stateOf, untilNotified } from "./challenges/alarm";
import type { Principal } from "./principal";
import type { Range } from "./range";
import { subscribeQueue } from "./subscriber";

const POLL_MS = 500;
/** An alarm that rang for an earlier step is over within its period of 60 s, and AWS evaluates once a period. */
const PATIENCE_MS = 5 * 60_000;

/** An alarm of the installed system, and a queue of this run that its topic tells. */
export class WatchedAlarm {
  private constructor(
    private readonly range: Range,
    private readonly administrator: Principal,
    private readonly name: string,
    private readonly queue: Awaited<ReturnType<typeof subscribeQueue>>,
  ) {}

  /** @param metric that the alarm is on. @param label of the queue */
  static async on(range: Range, metric: string, label: string): Promise<WatchedAlarm> {
    const administrator = await range.administrator();
    const name = range.zone.alarmOn(metric);
    const queue = await subscribeQueue(range, administrator, range.zone.topicOf(metric), label);
    return new WatchedAlarm(range, administrator, name, queue);
  }

  /** Whether it stays quiet after something that must not raise it; what rang before is waited for to end. */
  async quietAfter(call: () => Promise<unknown>): Promise<Checked> {
    await this.untilQuiet();
    await call();
    await sleep(SILENCE_MS[this.range.target.kind]);
    const notified = await isNotified(this.administrator, this.queue.url, this.name);
    const state = await stateOf(this.administrator, this.name);
    const seconds = SILENCE_MS[this.range.target.kind] / 1000;
    return {
      ok: !notified && state !== undefined && state !== "ALARM",
      seen: `after ${seconds} seconds ${this.name} ${state}, ${notified ? "notified" : "no notification of it"}`,
    };
  }

  /** Whether it goes to ALARM and its notification reaches the queue within five minutes. */
  async rings(): Promise<Checked> {
    const notified = await untilNotified(this.administrator, this.queue.url, this.name);
    const state = await stateOf(this.administrator, this.name);
    return {
      ok: notified && state === "ALARM",
      seen: `${this.name} ${state}, ${notified ? "its notification received" : "no notification of it"}`,
    };
  }

  remove(): Promise<void> {
    return this.queue.remove();
  }

  private async untilQuiet(): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS))
      if ((await stateOf(this.administrator, this.name)) !== "ALARM") break;
    await isNotified(this.administrator, this.queue.url, this.name);
  }
}
