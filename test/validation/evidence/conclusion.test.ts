// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { conclude, type JournalEntry, type RunStatus, readJournal } from "../../../validation/evidence";
import { type Change, find, inserted, moved, set, statusAfter, without } from "./run-variations";
import { COMMITMENTS, IQ, OQ, sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
const folder = path.join(temporary.path, "run");
let complete: JournalEntry[];

beforeAll(() => {
  sampleRun(folder);
  complete = readJournal(path.join(folder, "journal.jsonl"));
});
afterAll(() => temporary.remove());

describe("conclude", () => {
  it("is COMPLETE without a problem for a whole run", () => {
    expect(statusAfter(complete, () => undefined)).toEqual({ status: "COMPLETE", what: "" });
  });

  it("says development evidence on the emulator, and never fit for use", () => {
    expect(conclude([IQ, OQ], complete, COMMITMENTS).conclusion).toBe(
      "development evidence complete for this target, 2 steps not run on it; provisional: executed without the required approvals",
    );
  });

  it("counts so that planned is the sum of the rest", () => {
    expect(conclude([IQ, OQ], complete, COMMITMENTS).counts).toEqual({
      planned: 8,
      executed: 6,
      passed: 6,
      failed: 0,
      blocked: 0,
      notRun: 2,
      notApplicable: 0,
    });
  });

  it.each<[string, RunStatus, string, Change]>([
    [
      "the gate refused the production plan",
      "FAILED",
      "refused",
      (i) => set(find(i, "gate-decided", "production"), { verdict: "fail" }),
    ],
    [
      "the gate could not judge",
      "FAILED",
      "could not judge",
      (i) => set(find(i, "gate-decided", "disposable"), { verdict: "error" }),
    ],
    [
      "a plan was never judged",
      "INCOMPLETE",
      "no entry gate-decided",
      (i) => without(i, find(i, "gate-decided", "target")),
    ],
    [
      "a plan was judged twice",
      "FAILED",
      "2 entries gate-decided",
      (i) => inserted(i, 9, "gate-decided", find(i, "gate-decided", "target").body),
    ],
    [
      "a finding is not committed",
      "FAILED",
      "finding not committed",
      (i): undefined => {
        find(i, "gate-decided", "target").body.findings.push({
          control: "X",
          address: "a",
          attribute: "b",
          status: "unknown",
        });
      },
    ],
    [
      "a committed finding did not occur",
      "FAILED",
      "did not occur",
      (i) => set(find(i, "gate-decided", "disposable"), { findings: [], verdict: "pass" }),
    ],
    [
      "apply took another file than the judged one",
      "FAILED",
      "another plan file",
      (i) => set(find(i, "apply-started", "target"), { planSha256: "0".repeat(64) }),
    ],
    [
      "the gate judged another plan file",
      "FAILED",
      "another plan file",
      (i) => set(find(i, "gate-decided", "target"), { planSha256: "0".repeat(64) }),
    ],
    [
      "apply came before the gate",
      "FAILED",
      "not in the order",
      (i) => moved(i, find(i, "apply-started", "target"), 7),
    ],
    [
      "apply failed",
      "FAILED",
      "apply failed",
      (i) => set(find(i, "apply-finished", "target"), { status: "failed", exitCode: 1 }),
    ],
    [
      "apply was partial",
      "FAILED",
      "apply partial",
      (i) => set(find(i, "apply-finished", "target"), { status: "partial", exitCode: 1 }),
    ],
    [
      "apply says complete with exit code 1",
      "FAILED",
      "exit code 1",
      (i) => set(find(i, "apply-finished", "target"), { exitCode: 1 }),
    ],
    [
      "apply did not finish",
      "INCOMPLETE",
      "no entry apply-finished",
      (i) => without(i, find(i, "apply-finished", "target")),
    ],
    [
      "a plan not meant for it was applied",
      "FAILED",
      "none is planned",
      (i) =>
        inserted(i, 10, "apply-started", {
          plan: "production",
          planSha256: find(i, "plan-made", "production").body.planSha256,
        }),
    ],
    [
      "a plan is not committed",
      "FAILED",
      "is not committed",
      (i) =>
        inserted(i, 10, "plan-made", {
          plan: "other",
          planSha256: "0".repeat(64),
          digests: {},
          startedAt: "",
          finishedAt: "",
          evidence: [],
        }),
    ],
    [
      "the second plan is missing",
      "INCOMPLETE",
      "no entry second-plan",
      (i) => without(i, find(i, "second-plan", "target")),
    ],
    [
      "the second plan is not empty",
      "FAILED",
      "second plan",
      (i) => set(find(i, "second-plan", "target"), { exitCode: 2, changes: ["aws_s3_bucket.raw"] }),
    ],
    [
      "an attribute reads back otherwise that the target does not commit",
      "FAILED",
      "aws_s3_bucket.raw versioning reads back otherwise",
      (i) =>
        set(find(i, "second-plan", "target"), {
          drift: [{ address: "aws_s3_bucket.raw", type: "aws_s3_bucket", attributes: ["policy", "versioning"] }],
        }),
    ],
    [
      "the second plan names a change and says 0",
      "FAILED",
      "second plan",
      (i) => set(find(i, "second-plan", "target"), { changes: ["aws_s3_bucket.raw"] }),
    ],
    [
      "preflight failed",
      "FAILED",
      "preflight",
      (i): undefined => {
        find(i, "preflight").body.checks[0].result = "FAIL";
      },
    ],
    ["preflight is missing", "INCOMPLETE", "preflight", (i) => without(i, find(i, "preflight"))],
    ["tool versions are missing", "INCOMPLETE", "tool-versions", (i) => without(i, find(i, "tool-versions"))],
    ["the target is missing", "INCOMPLETE", "target", (i) => without(i, find(i, "target"))],
    ["the target is another one", "FAILED", "not the target", (i) => set(find(i, "target"), { kind: "aws" })],
    ["run-started is missing", "INCOMPLETE", "run-started", (i) => without(i, find(i, "run-started"))],
    [
      "an error was recorded",
      "INCOMPLETE",
      "ECONNRESET",
      (i) => inserted(i, 12, "run-error", { during: "apply", code: "ECONNRESET", message: "x" }),
    ],
    ["the run was stopped", "INCOMPLETE", "stopped", (i) => set(find(i, "run-finished"), { outcome: "stopped" })],
    ["the run broke off at its very end", "INCOMPLETE", "broke off", (i) => without(i, find(i, "run-finished"))],
  ])("is not COMPLETE when %s", (_name, status, what, change) => {
    const got = statusAfter(complete, change);
    expect(got.what).toContain(what);
    expect(got.status).toBe(status);
  });

  it("is not COMPLETE at any point before the end of the run", () => {
    const statuses = complete.slice(0, -1).map((_, n) => conclude([IQ, OQ], complete.slice(0, n), COMMITMENTS).status);
    expect(new Set(statuses)).toEqual(new Set(["INCOMPLETE"]));
  });

  it("is not COMPLETE when any one entry is left out", () => {
    const statuses = complete.map(
      (entry) => statusAfter(complete, (input) => without(input, input.entries[entry.seq]!)).status,
    );
    expect(statuses).not.toContain("COMPLETE");
  });
});
