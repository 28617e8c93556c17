// SPDX-License-Identifier: Apache-2.0
import { Crash } from "../ledger/memory-ledger";
import { Bench, sha256Of } from "./bench";

/** One file with its side file, the process dying once, after the n-th thing that it did to the world. */
async function withCrashAfter(nth: number) {
  let done = 0;
  const bench = new Bench({ sha256File: "required" }, () => {
    done += 1;
    if (done === nth) throw new Crash();
  });
  const versions = [bench.put("lab.csv"), bench.put("lab.csv.sha256", sha256Of("lab.csv"))];
  for (const version of versions) {
    const message = { kind: "object", version } as const;
    await bench.arrivals.take(message).catch((error) => {
      if (!(error instanceof Crash)) throw error;
      return bench.arrivals.take(message);
    });
  }
  return { bench, done, types: versions.map((version) => bench.typesOf(version)) };
}

test("after a crash between any two side effects the same message leads to the same events, mirror and records", async () => {
  const undisturbed = await withCrashAfter(0);
  expect(undisturbed.done).toBe(12);
  for (let nth = 1; nth <= undisturbed.done; nth += 1) {
    const { bench, types } = await withCrashAfter(nth);
    const table = bench.ledger.entries("acme");
    expect([nth, types, bench.records(), [...bench.ledger.mirrored.values()].sort()]).toEqual([
      nth,
      undisturbed.types,
      undisturbed.bench.records(),
      [...table].sort(),
    ]);
  }
});
