// SPDX-License-Identifier: Apache-2.0
import { eventId, type LedgerEvent, type ObjectVersion } from "../../../modules/ledger/entry";
import { type ComparePorts, compare, youngMinutesOf } from "../../../modules/reconciliation/compare/compare";
import { Bench } from "../ingest/bench";

const HOUR = 3_600_000;

/** Buckets and ledger of a bench, compared three hours later; `hidden` are versions that S3 no longer shows. */
async function compared(bench: Bench, hidden: readonly ObjectVersion[] = [], change: Partial<ComparePorts> = {}) {
  const lines: string[] = [];
  const isHidden = (one: ObjectVersion) =>
    hidden.some(({ key, versionId }) => key === one.key && versionId === one.versionId);
  const differences = await compare({
    buckets: ["inbox", "raw"],
    async *versions(bucket) {
      for (const version of bench.objects.all(bucket)) if (!isHidden(version)) yield version;
    },
    vendors: async () => [],
    async *events(chain) {
      yield* bench.events().filter(({ vendor }: LedgerEvent) => vendor === chain);
    },
    storedAt: async (version) => {
      const versions = await bench.objects.versions(version.bucket, version.key);
      return isHidden(version)
        ? undefined
        : versions.find(({ versionId }) => versionId === version.versionId)?.lastModified;
    },
    isReceived: async (version) => bench.ledger.events.has(eventId({ type: "RECEIVED", ...version })),
    youngMinutes: 120,
    now: () => new Date(bench.now + 3 * HOUR),
    log: (line) => void lines.push(line),
    ...change,
  });
  return { ...differences, marked: lines.filter((line) => line.startsWith("PART11_RECONCILIATION ")) };
}

/** One file that was received and promoted, whose record was told of as well. */
async function received() {
  const bench = new Bench();
  const version = await bench.arrive("lab.csv");
  const [record] = [...bench.objects.all("raw")];
  await bench.arrivals.object(record!);
  return { bench, version, record: record! };
}

test("what was received, promoted and recorded makes no difference, nor do trials", async () => {
  const { bench } = await received();
  bench.put("/clinical/inbound/test/acme/x");
  expect(await compared(bench)).toEqual({ unledgered: [], missing: [], marked: [] });
});

test.each(["version", "record"] as const)("a %s that S3 no longer shows is missing, and alarms", async (which) => {
  const found = await received();
  const vendors = async () => ["acme"];
  const { missing, unledgered, marked } = await compared(found.bench, [found[which]], { vendors });
  expect([missing, unledgered]).toEqual([[found[which]], []]);
  expect(marked).toHaveLength(2);
});

test("a record that is gone before its own receipt was recorded is missing: its promotion names it", async () => {
  const bench = new Bench();
  await bench.arrive("lab.csv");
  const [record] = [...bench.objects.all("raw")];
  expect((await compared(bench, [record!])).missing).toEqual([record]);
});

test("a version that nobody recorded is unledgered, and alarms", async () => {
  const { bench } = await received();
  const stray = bench.put("stray.csv");
  const { missing, unledgered, marked } = await compared(bench);
  expect([missing, unledgered, marked.length]).toEqual([[], [stray], 2]);
});

test("a version of the last two hours has time to be recorded", async () => {
  const { bench } = await received();
  bench.put("stray.csv");
  const now = () => new Date(bench.now + 2 * HOUR);
  expect((await compared(bench, [], { now })).unledgered).toEqual([]);
});

test("asked for what is young as well, a version of this moment is unledgered", async () => {
  const { bench } = await received();
  const stray = bench.put("stray.csv");
  const now = () => new Date(bench.now);
  expect((await compared(bench, [], { now, youngMinutes: 0 })).unledgered).toEqual([stray]);
});

test.each<[string, object | null | undefined, number]>([
  ["nothing", undefined, 120],
  ["null", null, 120],
  ["the clock's event", { source: "aws.events" }, 120],
  ["less", { youngMinutes: 5 }, 5],
  ["none", { youngMinutes: 0 }, 0],
])("told %s, a run has its patience", (_, asked, minutes) => {
  expect(youngMinutesOf(asked)).toBe(minutes);
});

test.each([121, -1, 1.5, "5", Number.NaN])("no run is given %s minutes of patience", (youngMinutes) => {
  expect(() => youngMinutesOf({ youngMinutes })).toThrow("expected a whole number from 0 to 120");
});

test("what was recorded, or came, after its side was read makes no difference", async () => {
  const { bench } = await received();
  const late = bench.put("late.csv");
  const isReceived = async ({ versionId }: ObjectVersion) => versionId === late.versionId;
  const storedAt = async () => new Date(bench.now);
  async function* versions() {
    yield late;
  }
  expect(await compared(bench, [], { isReceived, storedAt, versions })).toMatchObject({ unledgered: [], missing: [] });
});

test("a vendor that is no longer expected is still compared, as long as anything of it is there", async () => {
  const { bench, version, record } = await received();
  const other = await bench.arrive("/clinical/inbound/raw/acme/abc-1/lab2.csv");
  expect((await compared(bench, [version, record])).missing).toHaveLength(2);
  expect(other.key).toContain("acme");
});

test("a ledger that cannot be read fails the run", async () => {
  const { bench } = await received();
  const events = () => {
    throw new Error("AccessDenied");
  };
  await expect(compared(bench, [], { events })).rejects.toThrow("AccessDenied");
});
