// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { fits } from "../../../../modules/ingest/arrivals/delivery";
import { arrivalsOf } from "../../../../validation/vendors/deliveries/arrivals";
import { fitsPattern } from "../../../../validation/vendors/deliveries/file-name";
import { type ArrivalEvent, receivedVersions } from "../../../../validation/vendors/deliveries/received";
import { occurrences } from "../../../../validation/vendors/deliveries/schedule";
import type { Delivery, Vendor } from "../../../../validation/vendors/vendor";
import { parseVendors } from "../../../../validation/vendors/vendor-file";
import { EXAMPLE } from "../example";
import { exportOf, type Sent } from "./scenario";

const { vendors } = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
const [ACME] = vendors as [Vendor];
const WEEKLY = ACME.studies[0]!.deliveries![0]!;

function eventsOf(sent: readonly Sent[]): readonly ArrivalEvent[] {
  const lines = exportOf(sent).split("\n").slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { event: ArrivalEvent }).event);
}

/** Status and kinds of problems of every row of acme, oldest first. */
function rowsOf(sent: readonly Sent[], asOf: string, delivery: Delivery = WEEKLY) {
  const vendor = { ...ACME, studies: [{ id: "st-101", deliveries: [delivery] }] };
  const rows = arrivalsOf([vendor], "st-101", receivedVersions(eventsOf(sent), "st-101"), Date.parse(asOf));
  return rows.map(({ status, problems }) => [status, ...problems.map(({ kind }) => kind)].join(", "));
}

const file = (day: string, at: string, more: Partial<Sent> = {}): Sent => ({
  vendor: "acme",
  name: `LAB_CHEM_${day}.csv`,
  versionId: `v-${day}-${at}`,
  at,
  ...more,
});
const ON_TIME = file("20261102", "2026-11-02T05:30:00Z");

describe("a file that is due every Monday at 06:00, from 24 hours before to 12 hours after", () => {
  test.each([
    ["2026-11-02T18:00:00Z", ["expected", "expected"]],
    ["2026-11-02T18:00:01Z", ["overdue, overdue", "expected"]],
  ])("at %s without an arrival: %j", (asOf, rows) => {
    expect(rowsOf([], asOf)).toEqual(rows);
  });

  test.each([
    ["at the first instant of its window", "2026-11-01T06:00:00Z", "verified"],
    ["at the last instant of its window", "2026-11-02T18:00:00Z", "verified"],
    ["after its window", "2026-11-02T18:00:01Z", "verified, late"],
    ["before its window", "2026-11-01T05:59:59Z", "unexpected, unexpected"],
  ])("that comes %s: %s is what it leads to", (_, at, status) => {
    expect(rowsOf([file("20261102", at)], "2026-11-03T00:00:00Z")).toContain(status);
  });

  test.each([
    ["as many bytes as the least", 100, "verified"],
    ["as many bytes as the most", 200_000_000, "verified"],
    ["too few bytes", 99, "verified, out of range"],
    ["too many bytes", 200_000_001, "verified, out of range"],
  ])("of %s", (_, bytes, status) => {
    expect(rowsOf([{ ...ON_TIME, bytes }], "2026-11-03T00:00:00Z")[0]).toBe(status);
  });

  test("that is refused does not count: the delivery is overdue", () => {
    const refused = { ...ON_TIME, events: ["MANIFEST_MISMATCH"] as const };
    expect(rowsOf([refused], "2026-11-03T00:00:00Z")).toEqual(["refused, refused", "overdue, overdue", "expected"]);
  });

  test("that is sent again after a refusal is the delivery", () => {
    const refused = { ...ON_TIME, events: ["MANIFEST_MISMATCH"] as const };
    const again = file("20261102", "2026-11-02T08:00:00Z");
    expect(rowsOf([refused, again], "2026-11-03T00:00:00Z")).toEqual(["refused, refused", "verified", "expected"]);
  });

  test("that holds the bytes of one that was refused is no duplicate", () => {
    const refused = { ...ON_TIME, sha256: "b".repeat(64), events: ["QUARANTINED"] as const };
    const again = file("20261102", "2026-11-02T08:00:00Z", { sha256: "b".repeat(64) });
    expect(rowsOf([refused, again], "2026-11-02T09:00:00Z")).toContain("verified");
  });

  test("that is replaced in the window of the next one is not the next one", () => {
    const before = { ...ON_TIME, events: ["MANIFEST_OK", "PROMOTED", "SUPERSEDED"] as const };
    const after = file("20261102", "2026-11-09T05:00:00Z", { versionId: "again" });
    expect(rowsOf([before, after], "2026-11-10T00:00:00Z")).toEqual([
      "superseded",
      "verified",
      "overdue, overdue",
      "expected",
    ]);
  });

  test("under a name that is always the same is the next one in the window of the next one", () => {
    const fixed = { ...WEEKLY, files: "LAB.csv" };
    const sent = ["2026-11-02T05:30:00Z", "2026-11-09T05:30:00Z"].map((at) => ({
      ...ON_TIME,
      name: "LAB.csv",
      versionId: at,
      at,
    }));
    expect(rowsOf(sent, "2026-11-09T20:00:00Z", fixed)).toEqual(["verified", "verified", "expected"]);
  });

  test("beside one that met the time due already is unexpected", () => {
    expect(rowsOf([ON_TIME, file("20261103", "2026-11-02T07:00:00Z")], "2026-11-02T08:00:00Z")).toEqual([
      "verified",
      "unexpected, unexpected",
      "expected",
    ]);
  });

  test("that holds the bytes of another one is marked, the first one is not", () => {
    const sha256 = "a".repeat(64);
    const sent = [{ ...ON_TIME, sha256 }, file("20261109", "2026-11-09T05:30:00Z", { sha256 })];
    expect(rowsOf(sent, "2026-11-09T08:00:00Z").slice(0, 2)).toEqual(["verified", "verified, duplicate content"]);
  });

  test.each([
    ["within a day", "2026-11-02T12:00:00Z", "arrived"],
    ["after a day", "2026-11-03T12:00:00Z", "arrived, not verified, not promoted"],
  ])("whose SHA-256 is required and was not compared %s", (_, asOf, status) => {
    expect(rowsOf([{ ...ON_TIME, events: [] }], asOf)[0]).toBe(status);
  });

  test("counts neither its side file nor what lies in the lane for trying things out", () => {
    const sideFile = { ...ON_TIME, name: `${ON_TIME.name}.sha256` };
    const [trial] = eventsOf([ON_TIME]);
    const events = [...eventsOf([sideFile]), { ...trial!, key: "clinical/inbound/test/acme/LAB_CHEM_20261102.csv" }];
    const rows = arrivalsOf([ACME], "st-101", receivedVersions(events, "st-101"), Date.parse("2026-11-02T12:00:00Z"));
    expect(rows.map(({ status }) => status)).toEqual(["expected", "expected"]);
  });

  test("is not verified by an event whose two hashes differ", () => {
    const events = eventsOf([ON_TIME]).map((event) =>
      event.type === "MANIFEST_OK" ? { ...event, senderSha256: "0".repeat(64) } : event,
    );
    expect(receivedVersions(events, "st-101")[0]!.verified).toBe(false);
  });
});

test("a file of a vendor that is not in the vendors file is unexpected", () => {
  const rows = arrivalsOf(
    [],
    "st-101",
    receivedVersions(eventsOf([ON_TIME]), "st-101"),
    Date.parse("2026-11-03T00:00:00Z"),
  );
  expect(rows).toMatchObject([{ status: "unexpected", problems: [{ says: "the vendor is not in the vendors file" }] }]);
});

test.each([
  [{ every: "day", at: "06:00" }, ["2026-11-02", "2026-11-03", "2026-11-04"]],
  [{ every: "week", on: "tuesday", at: "06:00" }, ["2026-11-03", "2026-11-10"]],
  [{ every: "month", on: 28, at: "06:00" }, ["2026-11-28"]],
  [{ every: "once", at: "06:00" }, ["2026-11-02"]],
] as const)("%j is due on %j, the first one after the instant included", (cadence, days) => {
  const found = occurrences({ ...WEEKLY, cadence }, ACME, Date.parse("2026-11-03T12:00:00Z"));
  expect(found.map(({ due }) => new Date(due).toISOString())).toEqual(days.map((day) => `${day}T06:00:00.000Z`));
});

test("nothing is due after the vendor's last day", () => {
  expect(occurrences(WEEKLY, { until: "2026-11-08" }, Date.parse("2027-01-01T00:00:00Z"))).toHaveLength(1);
});

describe("the pattern of a file name", () => {
  const part = fc.constantFrom("*", "?", "{date}", "a", "1", "_", "/", "20261102", ".csv");
  const name = fc.array(fc.constantFrom("a", "1", "_", "/", "20261102", ".csv", "b"), { maxLength: 6 });

  test("means here what it means to the ingest", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), name, (pattern, letters) => {
        const [one, other] = [pattern.join(""), letters.join("")];
        expect([one, other, fitsPattern(one, other)]).toEqual([one, other, fits(one, other)]);
      }),
      { seed: 13, numRuns: 2000 },
    );
  });

  test("costs no more than pattern times name", () => {
    expect(fitsPattern("*a".repeat(100), "a".repeat(1000))).toBe(true);
    expect(fitsPattern(`${"*a".repeat(100)}b`, "a".repeat(1000))).toBe(false);
  });
});

test("rows are the same in whatever order the ledger is read", () => {
  const sent = [ON_TIME, file("20261109", "2026-11-09T05:30:00Z"), file("20261116", "2026-11-17T05:30:00Z")];
  const events = eventsOf(sent);
  const asOf = Date.parse("2026-11-20T00:00:00Z");
  const rows = JSON.stringify(arrivalsOf([ACME], "st-101", receivedVersions(events, "st-101"), asOf));
  fc.assert(
    fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (shuffled) => {
      expect(JSON.stringify(arrivalsOf([ACME], "st-101", receivedVersions(shuffled, "st-101"), asOf))).toBe(rows);
    }),
    { seed: 14, numRuns: 50 },
  );
});
