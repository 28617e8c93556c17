// SPDX-License-Identifier: Apache-2.0

/**
 * Waits for all of `works`, also when one of them fails, and then throws the first failure: nothing goes on in the
 * background while the run is being closed.
 */
export async function allEnded<T extends readonly unknown[]>(
  works: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> {
  const settled = await Promise.allSettled(works);
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
