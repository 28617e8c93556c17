// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// One listener for all runs: a listener for each would pass Node's limit of ten when runs go side by side.
const running = new Set<AbortController>();
const abortAll = () => {
  for (const controller of running) controller.abort();
};

/** The error that ends a run after Ctrl-C or an abort of the caller. */
export function interrupted(where: string): Part11Error {
  return new Part11Error({
    code: "INTERRUPTED",
    what: "run interrupted",
    where,
    expected: "to run to the end",
    got: "a signal",
    todo: "nothing was kept; start it again",
  });
}

/**
 * Runs `work` with a signal that aborts on Ctrl-C (SIGINT), SIGTERM or SIGHUP and when `parent` aborts, so that `work` can end
 * its children and remove its folders before the process goes.
 */
export async function withInterrupt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  parent?: AbortSignal | undefined,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (running.size === 0) for (const name of SIGNALS) process.on(name, abortAll);
  running.add(controller);
  parent?.addEventListener("abort", abort, { once: true });
  if (parent?.aborted) abort();
  try {
    return await work(controller.signal);
  } finally {
    running.delete(controller);
    if (running.size === 0) for (const name of SIGNALS) process.off(name, abortAll);
    parent?.removeEventListener("abort", abort);
  }
}
