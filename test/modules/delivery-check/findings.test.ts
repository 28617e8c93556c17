// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { findingId, findingsOf } from "../../../modules/delivery-check/compare/findings";
import { receivedOf } from "../../../modules/delivery-check/compare/received";
import type { Delivery, Schedule } from "../../../modules/ingest/arrivals/delivery";
import { type EventType, type LedgerEvent, recorded } from "../../../modules/ledger/entry";
import { arrivalsOf } from "../../../validation/vendors/deliveries/arrivals";
import { receivedVersions } from "../../../validation/vendors/deliveries/received";
import type { Vendor } from "../../../validation/vendors/vendor";

const WEEKLY: Schedule = {
  from: "2026-11-01",
  until: "2027-10-31",
  cadence: { every: "week", on: "monday", at: "06:00" },
  window: { hoursBefore: 12, hoursAfter: 12 },
};
const LAB: Delivery = {
  vendor: "acme",
  study: "st-101",
  name: "lab",
  files: "LAB_{date}.csv",
  sizeBytes: { min: 10, max: 1000 },
  manifest: "none",
  sha256File: "none",
  finishedBy: "object",
  windowMinutes: 60,
  blinding: "blinded",
  schedule: WEEKLY,
};

interface Sent {
  readonly name: string;
  readonly at: string;
  readonly vendor?: string;
  readonly bytes?: number;
  readonly content?: string;
  readonly more?: EventType;
}

/** Events of files as ingest records them: receipt, and what came of it. */
function eventsOf(sent: readonly Sent[]): LedgerEvent[] {
  return sent.flatMap(({ name, at, vendor = "acme", bytes = 100, content = `${name} ${at}`, more = "PROMOTED" }, n) => {
    const key = `clinical/inbound/raw/${vendor}/st-101/${name}`;
    const base = { vendor, bucket: "inbox", key, versionId: `v${n}`, study: "st-101" };
    const sha256 = Buffer.from(content).toString("hex").padEnd(64, "0").slice(-64);
    const came = new Date(at);
    if (more === "TRANSFER_FAILED") return [recorded({ ...base, type: more, reason: "FAILED" }, came)];
    const destination = { bucket: "raw", key: key.replace(name, `${at.slice(0, 10)}/${name}`), versionId: `r${n}` };
    return [
      recorded({ ...base, type: "RECEIVED", bytes, sha256, receivedAt: at }, came),
      recorded({ ...base, type: more, reason: "why", destination }, came),
      ...(more === "PROMOTED"
        ? [recorded({ ...base, ...destination, type: "RECEIVED", bytes, sha256, receivedAt: at }, came)]
        : []),
    ];
  });
}

function found(sent: readonly Sent[], asOf: string, deliveries: readonly Delivery[] = [LAB], since = "2026-11-01") {
  return findingsOf(deliveries, receivedOf(eventsOf(sent), ["raw"]), Date.parse(since), Date.parse(asOf));
}

const kinds = (...of: Parameters<typeof found>) => found(...of).map(({ kind }) => kind);

const IN_TIME: Sent = { name: "LAB_20261102.csv", at: "2026-11-02T05:00:00Z" };

test("what came in time, once and of the right size is no finding, nor is its record", () => {
  expect(kinds([IN_TIME], "2026-11-09T12:00:00Z")).toEqual([]);
});

test("what did not come is overdue from the end of its window on", () => {
  expect(kinds([], "2026-11-02T18:00:00Z")).toEqual([]);
  expect(kinds([], "2026-11-02T18:00:01Z")).toEqual(["OVERDUE"]);
});

test.each<EventType>(["QUARANTINED", "MANIFEST_MISMATCH", "MANIFEST_MISSING", "TRANSFER_FAILED"])(
  "a file that ended as %s does not meet what was due",
  (more) => {
    expect(kinds([{ ...IN_TIME, more }], "2026-11-03T00:00:00Z")).toEqual(["OVERDUE"]);
  },
);

test("each time that was missed is overdue by itself", () => {
  const both = found([], "2026-11-10T00:00:00Z");
  expect(both.map(({ due }) => new Date(due!).toISOString())).toEqual([
    "2026-11-02T06:00:00.000Z",
    "2026-11-09T06:00:00.000Z",
  ]);
  expect(new Set(both.map(findingId)).size).toBe(2);
});

test("what was due before the ledger is read is not asked for", () => {
  expect(kinds([], "2026-11-10T00:00:00Z", [LAB], "2026-11-05")).toEqual(["OVERDUE"]);
});

test.each<[string, Sent]>([
  ["a name that no delivery has", { ...IN_TIME, name: "notes.docx" }],
  ["a vendor without a delivery", { ...IN_TIME, vendor: "other" }],
])("%s is unexpected", (_title, sent) => {
  expect(kinds([IN_TIME, sent], "2026-11-03T00:00:00Z")).toContain("UNEXPECTED");
});

test("a second file of one time due is unexpected, a second version of one is not", () => {
  const second = { name: "LAB_20261103.csv", at: "2026-11-02T07:00:00Z" };
  expect(kinds([IN_TIME, second], "2026-11-03T00:00:00Z")).toEqual(["UNEXPECTED"]);
  expect(kinds([IN_TIME, { ...second, name: IN_TIME.name }], "2026-11-03T00:00:00Z")).toEqual([]);
});

test.each([9, 1001])("%i bytes are out of range", (bytes) => {
  expect(kinds([{ ...IN_TIME, bytes }], "2026-11-03T00:00:00Z")).toEqual(["OUT_OF_RANGE"]);
});

test("the same bytes under another name, or from another vendor, are a duplicate", () => {
  const other = { ...LAB, vendor: "borealis", files: "*.csv", schedule: undefined };
  const again = { name: "copy.csv", vendor: "borealis", at: "2026-11-02T06:00:00Z", content: "x" };
  const [finding, ...rest] = found([{ ...IN_TIME, content: "x" }, again], "2026-11-03T00:00:00Z", [LAB, other]);
  expect([finding, rest]).toMatchObject([
    { kind: "DUPLICATE_CONTENT", says: "the same bytes as acme LAB_20261102.csv" },
    [],
  ]);
});

test("the pattern of an unblinded delivery is not told when it is overdue", () => {
  const [blinded] = found([], "2026-11-03T00:00:00Z");
  const [unblinded] = found([], "2026-11-03T00:00:00Z", [{ ...LAB, blinding: "unblinded" }]);
  expect([blinded!.says, unblinded!.says]).toEqual([
    "LAB_{date}.csv was due until 2026-11-02T18:00:00.000Z",
    "a file was due until 2026-11-02T18:00:00.000Z",
  ]);
});

test("a duplicate of an unblinded file says whose it is and not its name", () => {
  const other: Delivery = { ...LAB, vendor: "borealis", files: "*.csv", schedule: undefined };
  const again = { name: "copy.csv", vendor: "borealis", at: "2026-11-02T06:00:00Z", content: "x" };
  const sent = [{ ...IN_TIME, content: "x" }, again];
  const [finding] = found(sent, "2026-11-03T00:00:00Z", [{ ...LAB, blinding: "unblinded" }, other]);
  expect(finding).toMatchObject({ kind: "DUPLICATE_CONTENT", says: "the same bytes as a file of acme" });
});

test("a record in the bucket of unblinded ones was not sent a second time", () => {
  const record = { ...IN_TIME, name: `2026-11-02/${IN_TIME.name}` };
  const [inbox, unblinded] = ["inbox", "unblinded"].map((bucket) =>
    eventsOf([record])
      .slice(0, 1)
      .map((event) => ({ ...event, bucket })),
  );
  const counts = [inbox!, unblinded!].map((events) => receivedOf(events, ["raw", "unblinded"]).length);
  expect(counts).toEqual([1, 0]);
});

test("a delivery without a schedule is never overdue, and takes any number of files", () => {
  const files = [IN_TIME, { name: "LAB_20261103.csv", at: "2026-11-03T05:00:00Z" }];
  expect(kinds(files, "2027-11-03T00:00:00Z", [{ ...LAB, schedule: undefined }])).toEqual([]);
});

test("a day that is none is an error and not a delivery that is never due", () => {
  expect(() => kinds([], "2026-11-03T00:00:00Z", [{ ...LAB, schedule: { ...WEEKLY, until: "never" } }])).toThrow(
    "never is no day",
  );
});

/** `part11 arrivals` on the same expectations and events. */
function arrivals(sent: readonly Sent[], asOf: string, deliveries: readonly Delivery[]): string[] {
  const vendors = ["acme", "borealis"].map((id) => ({
    id,
    enabled: true,
    until: "2027-10-31",
    studies: [
      {
        id: "st-101",
        deliveries: deliveries
          .filter(({ vendor }) => vendor === id)
          .map(({ schedule, ...delivery }) => ({ ...delivery, ...schedule })),
      },
    ],
  })) as unknown as readonly Vendor[];
  const rows = arrivalsOf(vendors, "st-101", receivedVersions(eventsOf(sent), "st-101"), Date.parse(asOf));
  return rows
    .flatMap(({ vendor, version, due, problems }) =>
      problems.map(({ kind }) => {
        const said = kind.toUpperCase().replaceAll(" ", "_");
        return `${said} ${vendor} ${kind === "overdue" ? due : version?.versionId}`;
      }),
    )
    .filter((line) => /^(OVERDUE|UNEXPECTED|DUPLICATE_CONTENT|OUT_OF_RANGE) /.test(line))
    .sort();
}

test("the check finds what part11 arrivals shows", () => {
  const sent = fc.record({
    name: fc.constantFrom("LAB_20261102.csv", "LAB_20261109.csv", "LAB_20261116.csv", "other.txt", "x.txt"),
    vendor: fc.constantFrom("acme", "borealis"),
    at: fc.integer({ min: 0, max: 30 * 24 }).map((hour) => new Date(Date.UTC(2026, 10, 1, hour)).toISOString()),
    bytes: fc.constantFrom(5, 10, 1000, 1001),
    content: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
    more: fc.constantFrom<EventType>("PROMOTED", "PROMOTED", "QUARANTINED", "SUPERSEDED", "TRANSFER_FAILED"),
  });
  const cadence = fc.constantFrom<Schedule["cadence"]>(
    { every: "day", at: "06:00" },
    { every: "week", on: "tuesday", at: "23:00" },
    { every: "month", on: 10, at: "00:00" },
    { every: "once", at: "12:00" },
  );
  const window = fc.record({
    hoursBefore: fc.integer({ min: 0, max: 11 }),
    hoursAfter: fc.integer({ min: 0, max: 11 }),
  });
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 12 }), cadence, window, fc.boolean(), (unsorted, rhythm, hours, due) => {
      const schedule = { ...WEEKLY, cadence: rhythm, window: hours };
      const deliveries = [
        { ...LAB, schedule },
        // As the settings write them: never due.
        { ...LAB, vendor: "borealis", files: "*.txt", schedule: due ? schedule : undefined },
      ];
      const files = [...unsorted].sort((a, b) => a.at.localeCompare(b.at));
      const asOf = "2026-11-25T00:00:00Z";
      const came = files.filter(({ at }) => at < asOf);
      const own = found(came, asOf, deliveries).map(
        ({ kind, vendor, due, file }) => `${kind} ${vendor} ${kind === "OVERDUE" ? due : file!.versionId}`,
      );
      expect([came, own.sort()]).toEqual([came, arrivals(came, asOf, deliveries)]);
    }),
    { seed: 20, numRuns: 500 },
  );
});
