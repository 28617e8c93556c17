// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../../../validation/json";
import { attemptAfter, readEarlier } from "../../../validation/qualify/earlier-attempt";
import { sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
const first = path.join(temporary.path, "first");
const REASON = "The clock of the first was wrong.";
const HERE = { system: "Clinical landing zone <sample>", environment: "qualification", account: "111122223333" };

beforeAll(() => {
  sampleRun(first, { outcome: "stopped" });
});
afterAll(() => temporary.remove());

test("a repetition is the next attempt, with its reason and the root of the bundle before", () => {
  expect(attemptAfter(readEarlier(first), REASON, HERE)).toMatchObject({
    number: 2,
    reason: REASON,
    earlier: [
      {
        number: 1,
        run: "sample-run",
        status: "INCOMPLETE",
        reason: null,
        manifestSha256: sha256Hex(fs.readFileSync(path.join(first, "manifest.json"))),
      },
    ],
  });
});

test("a third attempt names both that went before", () => {
  const before = readEarlier(first);
  const attempt = attemptAfter({ ...before, attempt: { ...before.attempt, run: "sample-run-0" } }, REASON, HERE);
  const second = path.join(temporary.path, "second");
  const earlier = attempt.earlier.map((one) => ({ ...one, finishedAt: one.startedAt }));
  sampleRun(second, { attempt: { ...attempt, earlier } });
  const third = attemptAfter(readEarlier(second), "A step had failed for a reason outside.", HERE);
  expect(third.earlier.map(({ number, run }) => `${number} ${run}`)).toEqual(["1 sample-run-0", "2 sample-run"]);
});

test("a bundle from before approvals was a first attempt", () => {
  const old = path.join(temporary.path, "old");
  sampleRun(old, { journalVersion: 1 });
  expect(attemptAfter(readEarlier(old), REASON, HERE)).toMatchObject({ number: 2, earlier: [{ number: 1 }] });
});

test("an altered bundle is no attempt", () => {
  const altered = path.join(temporary.path, "altered");
  fs.cpSync(first, altered, { recursive: true });
  fs.appendFileSync(path.join(altered, "report.html"), " ");
  expect(() => readEarlier(altered)).toThrow(expect.objectContaining({ code: "ATTEMPT_REFUSED" }));
});

test.each(["system", "environment", "account"])("a bundle of another %s is no attempt of this one", (member) => {
  expect(() => attemptAfter(readEarlier(first), REASON, { ...HERE, [member]: "another" })).toThrow(
    expect.objectContaining({ code: "ATTEMPT_REFUSED", message: expect.stringContaining(member) }),
  );
});
