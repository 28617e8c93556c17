// SPDX-License-Identifier: Apache-2.0
import { dueIn } from "../../../validation/oq/awaited-delivery";
import { asExpected, type Sent } from "../../../validation/oq/challenges/delivery-findings";
import { rowFits } from "../../../validation/oq/challenges/delivery-overdue";
import type { Notice } from "../../../validation/oq/notices";
import type { ArrivalRow } from "../../../validation/vendors/deliveries/arrivals";

const file = (versionId: string, told: readonly string[]): Sent => ({
  ...{ bucket: "inbox", key: `k/${versionId}.csv`, versionId, sha256: `sha-${versionId}` },
  ...{ name: `${versionId}.csv`, bytes: 7, told },
});
const notice = (version: string, status: string, of: Partial<Notice> = {}): Notice => ({
  ...{ vendor: "oq-sender", study: "st-101", status },
  facts: { version, bytes: 7, sha256: `sha-${version}` },
  ...of,
});
const files = [file("usual", []), file("stranger", ["UNEXPECTED"])];

test("a finding on the file that it is about, and none on the other, is as expected", () => {
  expect(asExpected(files, [notice("stranger", "UNEXPECTED")]).ok).toBe(true);
});

test.each<[string, readonly Notice[]]>([
  ["nothing told", []],
  ["another finding", [notice("stranger", "OUT_OF_RANGE")]],
  ["the same finding twice", [notice("stranger", "UNEXPECTED"), notice("stranger", "UNEXPECTED")]],
  ["a finding on what is as expected", [notice("stranger", "UNEXPECTED"), notice("usual", "UNEXPECTED")]],
  ["another vendor", [notice("stranger", "UNEXPECTED", { vendor: "oq-neighbour" })]],
  ["another study", [notice("stranger", "UNEXPECTED", { study: "st-102" })]],
  ["other bytes", [notice("stranger", "UNEXPECTED", { facts: { version: "stranger", bytes: 7, sha256: "other" } })]],
  [
    "another size",
    [notice("stranger", "UNEXPECTED", { facts: { version: "stranger", bytes: 8, sha256: "sha-stranger" } })],
  ],
])("%s is noticed", (_, told) => {
  expect(asExpected(files, told).ok).toBe(false);
});

test("no file is not as expected", () => {
  expect(asExpected([], []).ok).toBe(false);
});

const row = (status: ArrivalRow["status"], ...kinds: ArrivalRow["problems"][number]["kind"][]): ArrivalRow => ({
  ...{ vendor: "oq-sender", delivery: null, due: 0, status, version: null, record: null },
  problems: kinds.map((kind) => ({ kind, says: "" })),
});

test("a row with its status and its one problem is as expected", () => {
  expect(rowFits([row("arrived", "late")], "arrived", "late").ok).toBe(true);
  expect(rowFits([row("expected")], "expected", undefined).ok).toBe(true);
});

test.each<[string, readonly ArrivalRow[]]>([
  ["no row", []],
  ["a second row", [row("arrived", "late"), row("overdue", "overdue")]],
  ["a file that counts as in time", [row("arrived")]],
  ["another problem beside", [row("arrived", "late", "refused")]],
  ["another status", [row("overdue", "overdue")]],
])("%s is noticed where a late file is expected", (_, rows) => {
  expect(rowFits(rows, "arrived", "late").ok).toBe(false);
});

test("a time due is a whole minute of its own day, with a window on both sides", () => {
  expect(dueIn(-2, 1, Date.parse("2026-11-22T01:30:59Z"))).toEqual({
    from: "2026-11-21",
    until: "2026-11-21",
    cadence: { every: "once", at: "23:30" },
    window: { hoursBefore: 1, hoursAfter: 1 },
  });
});
