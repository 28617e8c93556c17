// SPDX-License-Identifier: Apache-2.0

import { DIFFERS as WRITTEN } from "../../../modules/reconciliation/compare/compare";
import { readEntry } from "../../../validation/ledger";
import { reconciliationChallenges } from "../../../validation/oq/challenges/reconciliation";
import { goneEntry } from "../../../validation/oq/gone-entry";
import { DIFFERS, readReport } from "../../../validation/oq/reconciled";
import { PlayedZone } from "./played-zone";

// No step waits here: a pause moves the clock on.
jest.mock("node:timers/promises", () => ({ setTimeout: async (ms: number) => jest.setSystemTime(Date.now() + ms) }));
beforeAll(() =>
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), doNotFake: ["nextTick", "setImmediate", "setTimeout"] }),
);
afterAll(() => jest.useRealTimers());

const [unledgered, missing] = reconciliationChallenges;

/** A zone with one record, and the chain of the vendor who was there for a challenge. */
function zone(fault?: string): PlayedZone {
  const played = new PlayedZone(fault);
  for (const vendor of ["edc", "oq-joined"])
    played.receive(vendor, played.put("raw", `clinical/inbound/raw/${vendor}/x`, "x"));
  return played;
}

test("a version that went past the ledger is reported, told and recorded", async () => {
  const seen = await unledgered!.run(zone().range());
  expect(seen).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
  expect(seen.actual).toMatch(
    /unledgered: raw\/clinical.*; reconciliation-found ALARM, its notification received; swept: RECEIVED/,
  );
});

test.each([
  ["rule stays off", "the version could not be put past the rule, or the rule was not put back"],
  ["rule cannot be switched off", "the ledger knows the version, so nothing went past it"],
  ["blind comparison", "the version that the ledger does not know is not reported, or not alone"],
  ["told with something else", "the version that the ledger does not know is not reported, or not alone"],
  ["deaf alarm", "reported, and nobody was told"],
  ["idle sweep", "the sweep does not record what no event told of, or its clock was not put back"],
  ["clock not put back", "the sweep does not record what no event told of, or its clock was not put back"],
  ["told for ever", "when nothing is wrong any more it still reports something"],
])("%s: the step on an unledgered version fails, %s", async (fault, reason) => {
  expect(await unledgered!.run(zone(fault).range())).toMatchObject({ result: "FAIL", reason });
});

test("a missing version is reported by the clock and told, and the ledger is left as it was", async () => {
  const played = zone();
  const before = [...played.items.keys()];
  const seen = await missing!.run(played.range());
  expect(seen).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
  expect(seen.actual).toMatch(
    /missing: raw\/clinical\/inbound\/raw\/oq-joined.*GONE_abcd\.csv oq-abcd; unledgered: none/,
  );
  expect([...played.items.keys()]).toEqual(before);
});

test.each([
  ["blind comparison", "the version that is not there is not reported, or not alone"],
  ["stopped clock", "the version that is not there is not reported, or not alone"],
  ["told with something else", "the version that is not there is not reported, or not alone"],
  ["deaf alarm", "reported, and nobody was told"],
  ["clock not put back", "the schedule of the comparison was not put back"],
  ["entry stays", "when nothing is wrong any more it still reports something"],
])("%s: the step on a missing version fails, %s", async (fault, reason) => {
  expect(await missing!.run(zone(fault).range())).toMatchObject({ result: "FAIL", reason });
});

test("a ledger that does not verify afterwards fails the step on a missing version", async () => {
  const played = zone();
  played.versions.splice(
    0,
    played.versions.length,
    ...played.versions.filter(({ key }) => !key.startsWith("ledger/oq-joined")),
  );
  expect(await missing!.run(played.range())).toMatchObject({
    result: "FAIL",
    reason: "the ledger is not as it was before the entry",
  });
});

test.each([unledgered, missing])("$step.id fails where something is reported with nothing wrong", async (challenge) => {
  const played = zone();
  played.put("raw", "clinical/inbound/raw/edc/forgotten", "x");
  const seen = await challenge!.run(played.range());
  expect([seen.result, seen.twin?.result]).toEqual(["FAIL", "FAIL"]);
});

test.each([
  [
    "failing functions",
    "a run has failed in acme-reconciliation: expected a run that comes to its end, got AccessDenied",
  ],
  ["speechless functions", "expected the line of its end within 60 seconds, got none"],
])("%s: neither step is observed", async (fault, message) => {
  for (const challenge of reconciliationChallenges)
    await expect(challenge.run(zone(fault).range())).rejects.toThrow(message);
});

test("without the chain that it is to end no entry is put", async () => {
  await expect(missing!.run(new PlayedZone().range())).rejects.toThrow("no chain of oq-joined in ledger");
});

test("the entry that is put is one that the verifier takes for the installed writer's", () => {
  const version = { bucket: "raw", key: "clinical/inbound/raw/oq-joined/st-101/2026-11-22/GONE.csv", versionId: "v" };
  const { problems } = readEntry(goneEntry({ sequence: 4, hash: "a".repeat(64) }, version, new Date()), "entry");
  expect(problems).toEqual([]);
});

test("lines are read as the installed function begins them", () => {
  expect(DIFFERS).toBe(WRITTEN);
  const version = { bucket: "b", key: "k", versionId: "v" };
  const lines = [
    `${WRITTEN} ${JSON.stringify({ missing: version })}`,
    `${WRITTEN} {"missing":1,"unledgered":0}`,
    "START",
  ];
  expect(readReport(lines)).toEqual({ missing: [version], unledgered: [], compared: [] });
});
