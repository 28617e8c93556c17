// SPDX-License-Identifier: Apache-2.0

/** Waiting costs no time, and the clock goes on all the same: patience ends at once. For `jest.mock("node:timers/promises", …)`. */
export const noWaiting = {
  setTimeout: async (milliseconds: number) => {
    jest.setSystemTime(Date.now() + milliseconds);
  },
};

/** The clock alone is the test's. */
export function ownClock(): void {
  const others = ["hrtime", "nextTick", "performance", "queueMicrotask", "setImmediate", "clearImmediate"] as const;
  const timers = ["setInterval", "clearInterval", "setTimeout", "clearTimeout"] as const;
  jest.useFakeTimers({ doNotFake: [...others, ...timers], now: Date.UTC(2026, 10, 22) });
}
