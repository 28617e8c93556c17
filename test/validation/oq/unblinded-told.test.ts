// SPDX-License-Identifier: Apache-2.0
import { unnamed } from "../../../validation/oq/challenges/unblinded-told";
import type { Notice } from "../../../validation/oq/notices";

const sent = { bucket: "inbox", key: "clinical/inbound/raw/rand/st-101/ARM_1.csv", versionId: "v1", sha256: "ab" };
const promotion = { name: "ARM_1.csv", sent };

function notice(status: string, facts: Notice["facts"] = {}): Notice {
  return { vendor: "rand", study: "st-101", status, facts: { version: "v1", sha256: "ab", ...facts } };
}

const told = (notices: readonly Notice[]) => unnamed("own people", promotion, notices, ["RECEIVED", "PROMOTED"]).ok;

test("notices without the name, each of them there, are as they must be", () => {
  expect(told([notice("RECEIVED"), notice("PROMOTED")])).toBe(true);
});

test.each<[string, readonly Notice[]]>([
  ["the file's name as a fact", [notice("RECEIVED", { file: "ARM_1.csv" }), notice("PROMOTED")]],
  ["the record's key", [notice("RECEIVED"), notice("PROMOTED", { record: "b/2026-11-22/ARM_1.csv v2" })]],
  ["the name as an attribute", [{ ...notice("RECEIVED"), study: "ARM_1.csv" }, notice("PROMOTED")]],
  ["a notice that stays away", [notice("RECEIVED")]],
  ["other bytes", [notice("RECEIVED", { sha256: "cd" }), notice("PROMOTED")]],
])("%s is noticed", (_, notices) => {
  expect(told(notices)).toBe(false);
});
