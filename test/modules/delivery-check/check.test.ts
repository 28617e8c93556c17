// SPDX-License-Identifier: Apache-2.0
import { type CheckPorts, check } from "../../../modules/delivery-check/compare/check";
import { type Notice, WITHHELD } from "../../../modules/delivery-notices/notice";
import type { Delivery } from "../../../modules/ingest/arrivals/delivery";
import { recorded } from "../../../modules/ledger/entry";
import { delivery } from "../ingest/bench";

const NOW = new Date("2026-11-22T12:00:00Z");

/** A ledger with so many files that nobody expects, the newest first, and what the check did. */
function bench(files: number, change: Partial<Delivery> = {}) {
  const told: Notice[] = [];
  const lines: string[] = [];
  const known = new Set<string>();
  let read = 0;
  const ports: CheckPorts = {
    deliveries: async () => [{ ...delivery, ...change }],
    async *newest(vendor) {
      for (let n = 0; n < files; n += 1) {
        read += 1;
        const at = new Date(NOW.getTime() - n * 86_400_000);
        const facts = { bytes: 1, sha256: String(n).padStart(64, "0"), receivedAt: at.toISOString() };
        const key = `clinical/inbound/raw/${vendor}/abc-1/stray-${n}.txt`;
        yield recorded({ type: "RECEIVED", vendor, bucket: "inbox", key, versionId: `v${n}`, ...facts }, at);
      }
    },
    isKnown: async (id) => known.has(id),
    remember: async (id) => void known.add(id),
    tell: async (notice) => void told.push(notice),
    log: (line) => void lines.push(line),
  };
  const run = (change: Partial<CheckPorts> = {}) =>
    check({ ...ports, ...change }, { records: ["raw"], lookBackDays: 10 }, NOW);
  return { run, told, lines, read: () => read };
}

test("each finding is told once, with vendor, study and status, and marked in the log", async () => {
  const { run, told, lines } = bench(1);
  await run();
  await run();
  expect(told).toMatchObject([
    { vendor: "acme", study: "abc-1", status: "UNEXPECTED", facts: { file: "stray-0.txt", version: "v0" } },
  ]);
  expect(lines.filter((line) => line.startsWith("PART11_DELIVERY "))).toHaveLength(1);
});

test.each<[string, Partial<Delivery>]>([
  ["an unblinded study", { blinding: "unblinded" }],
  ["a study of which no delivery speaks", { study: "abc-2" }],
])("a finding on %s is told without the file's name", async (_title, change) => {
  const { run, told } = bench(1, change);
  await run();
  expect(told).toMatchObject([{ status: "UNEXPECTED", facts: { file: WITHHELD, version: "v0" } }]);
  expect(JSON.stringify(told)).not.toContain("stray");
});

test("the ledger is read no further back than asked for", async () => {
  const { run, read } = bench(1000);
  await run();
  expect(read()).toBe(12);
});

test("a finding that cannot be told holds no other up, fails the run and is told by the next one", async () => {
  const { run, told } = bench(3);
  const tell = async (notice: Notice) => {
    if (notice.facts.version === "v1") throw new Error("refused");
    told.push(notice);
  };
  await expect(run({ tell })).rejects.toThrow("1 findings could not be told");
  await run();
  expect(told.map(({ facts }) => facts.version)).toEqual(["v2", "v0", "v1"]);
});

test("a finding that was told and not remembered is told again", async () => {
  const { run, told } = bench(1);
  const remember = async () => {
    throw new Error("gone");
  };
  await expect(run({ remember })).rejects.toThrow();
  await run();
  expect(told).toHaveLength(2);
});
