// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import {
  type Commitments,
  conclude,
  type EntryBodies,
  type JournalEntry,
  readJournal,
  verifyBundle,
} from "../../../validation/evidence";
import { PEOPLE } from "../approvals/people";
import { COMMITMENTS, IQ, ISSUE, OQ, sampleRun, type Variation } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());
let count = 0;

function run(vary: Variation) {
  const folder = path.join(temporary.path, `run-${count++}`);
  return { folder, summary: sampleRun(folder, vary) };
}

const whats = (vary: Variation) => run(vary).summary.problems.map(({ status, what }) => `${status} ${what}`);
const issued = [IQ, OQ].map((protocol) => ({ ...protocol, issue: ISSUE }));
const changed = (approvals: NonNullable<Variation["approvals"]>) => whats({ approved: true, approvals });

/** What is said of an approved run after its entries were changed. */
function concluded(change: (entries: JournalEntry[]) => JournalEntry[], commitments: Commitments = COMMITMENTS) {
  const entries = readJournal(path.join(run({ approved: true }).folder, "journal.jsonl"));
  return conclude(issued, change(structuredClone(entries)), commitments).problems.map(({ what }) => what);
}

test("a run of approved protocols is complete, not provisional, and verifies", () => {
  const { folder, summary } = run({ approved: true });
  expect(summary).toMatchObject({ status: "COMPLETE", execution: { provisional: false, attempt: 1 } });
  expect(summary.conclusion).not.toContain("provisional");
  expect(verifyBundle(folder)).toMatchObject({ exit: 3, problems: [] });
});

test("a bundle from before approvals verifies as it did, and claims nothing of them", () => {
  const { folder, summary } = run({ journalVersion: 1 });
  expect(summary).not.toHaveProperty("execution");
  expect(verifyBundle(folder)).toMatchObject({ exit: 3, problems: [], summary: { status: "COMPLETE" } });
});

test("evidence of AWS is never from before approvals", () => {
  const target = { name: "emulator", kind: "aws" } as const;
  const commitments = { ...COMMITMENTS, target };
  expect(whats({ journalVersion: 1, commitments })).toContain("FAILED its version knows no approvals");
});

const without = (role: string) => (entry: EntryBodies["approvals"]) => ({
  ...entry,
  given: entry.given.filter(({ statement }) => statement.role !== role || statement.document.id !== IQ.id),
});

test.each(["author", "reviewer", "system-owner", "quality"])(
  "without %s a run that calls itself approved is FAILED",
  (role) => {
    expect(changed(without(role)).join()).toContain(`FAILED MISSING ${IQ.id}, ${role}`);
  },
);

test("a run that calls itself approved and executes protocols that were never issued is FAILED", () => {
  const vary = { approvals: (entry: EntryBodies["approvals"]) => ({ ...entry, provisional: false }) };
  expect(whats(vary)).toContain("FAILED was never issued to be approved");
});

test("other protocols than the run was begun with make it FAILED", () => {
  const other = (entry: EntryBodies["approvals"]) => ({
    ...entry,
    protocols: entry.protocols.map((one) => ({ ...one, protocolSha256: "0".repeat(64) })),
  });
  expect(changed(other)).toContain("FAILED is not the one that the run was begun with");
});

test("a rejection among the approvals makes a run FAILED", () => {
  const reason = "the acceptance criteria are not complete";
  const rejected = (entry: EntryBodies["approvals"]) => ({
    ...entry,
    given: entry.given.map((one, i) =>
      i === 3 ? { ...one, statement: { ...one.statement, meaning: "rejection" as const, reason } } : one,
    ),
  });
  expect(changed(rejected).join()).toContain("FAILED REJECTED");
});

test("a reviewer who executes makes a run FAILED", () => {
  const said = concluded((entries) =>
    entries.map((entry) => {
      if (entry.type === "run-started") Object.assign(entry.body.executor!.login, { name: PEOPLE.reviewer.login });
      return entry;
    }),
  );
  expect(said.join()).toContain("EXECUTOR_REVIEWS");
});

test("approvals that stand after a protocol was fixed came too late", () => {
  const said = concluded((entries) => {
    const at = entries.findIndex(({ type }) => type === "approvals");
    const [moved] = entries.splice(at, 1);
    return [...entries, { ...moved!, seq: entries.length + 1 }];
  });
  expect(said).toContain("stand after protocol-fixed");
});

test("approvals twice, or not at all, leave no run complete", () => {
  expect(concluded((entries) => entries.flatMap((one) => (one.type === "approvals" ? [one, one] : [one])))).toContain(
    "stand more than once",
  );
  expect(concluded((entries) => entries.filter(({ type }) => type !== "approvals"))).toContain(
    "no entry says what was approved before",
  );
});

describe("attempts", () => {
  const earlier = {
    number: 1,
    run: "sample-run-0",
    manifestSha256: "0".repeat(64),
    status: "FAILED",
    startedAt: "2026-11-20T08:00:00.000Z",
    finishedAt: "2026-11-20T09:00:00.000Z",
    reason: null,
  } as const;
  const second = { number: 2, reason: "The clock of the first was wrong.", earlier: [earlier] };

  test("a second attempt names the first and why, and is complete", () => {
    expect(run({ attempt: second }).summary).toMatchObject({ status: "COMPLETE", execution: { attempt: 2 } });
  });

  test.each([
    ["that skips a number", { ...second, number: 3 }, "attempt 3 stands as attempt 2"],
    ["without a reason", { ...second, reason: null }, "needs a reason"],
    ["that calls itself the first", { ...second, number: 1, earlier: [] }, "needs a reason"],
    ["of itself", { ...second, earlier: [{ ...earlier, run: "sample-run" }] }, "is two attempts"],
    [
      "that began before the first was over",
      { ...second, earlier: [{ ...earlier, finishedAt: "2026-11-22T09:00:00.000Z" }] },
      "began before",
    ],
  ])("an attempt %s makes a run FAILED", (_, attempt, said) => {
    expect(whats({ attempt }).join()).toContain(said);
  });
});
