// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { type JournalEntry, type RunStatus, readJournal } from "../../../validation/evidence";
import { type Change, find, inserted, type Loose, moved, set, statusAfter, step, without } from "./run-variations";
import { IQ, OQ, sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
const folder = path.join(temporary.path, "run");
let complete: JournalEntry[];

beforeAll(() => {
  sampleRun(folder);
  complete = readJournal(path.join(folder, "journal.jsonl"));
});
afterAll(() => temporary.remove());

describe("conclude, on protocols and step results,", () => {
  it.each<[string, RunStatus, string, Change]>([
    ["a step failed", "FAILED", "OQ-SHORTEN", (i) => set(step(i, "OQ-SHORTEN"), { result: "FAIL", reason: "200" })],
    [
      "a step is blocked",
      "INCOMPLETE",
      "blocked",
      (i) => set(step(i, "OQ-SHORTEN"), { result: "BLOCKED", reason: "no twin" }),
    ],
    ["a step has no result", "INCOMPLETE", "no result", (i) => without(i, step(i, "OQ-SHORTEN"))],
    [
      "a step has a second result",
      "FAILED",
      "second result",
      (i) => inserted(i, 30, "step-finished", step(i, "OQ-DELETE-LOCKED").body),
    ],
    [
      "a failed step is run again and passes",
      "FAILED",
      "second result",
      (i) => {
        const again = structuredClone(step(i, "OQ-SHORTEN").body);
        set(step(i, "OQ-SHORTEN"), { result: "FAIL", reason: "200" });
        return inserted(i, i.entries.length - 1, "step-finished", again);
      },
    ],
    [
      "a step was started twice",
      "FAILED",
      "started twice",
      (i) => inserted(i, 30, "step-started", { protocol: OQ.id, step: "OQ-SHORTEN" }),
    ],
    [
      "a step has a result and no start",
      "FAILED",
      "not started",
      (i) => without(i, find(i, "step-started", "OQ-SHORTEN")),
    ],
    [
      "a step stands before its protocol was fixed",
      "FAILED",
      "before its protocol",
      (i) => moved(i, step(i, "OQ-SHORTEN"), 4),
    ],
    [
      "a protocol is fixed after its steps",
      "FAILED",
      "before its protocol",
      (i) => moved(i, find(i, "protocol-fixed", OQ.id), i.entries.length - 2),
    ],
    ["a protocol was never fixed", "FAILED", "never fixed", (i) => without(i, find(i, "protocol-fixed", OQ.id))],
    [
      "a protocol was fixed twice",
      "FAILED",
      "more than once",
      (i) => inserted(i, 6, "protocol-fixed", find(i, "protocol-fixed", OQ.id).body),
    ],
    [
      "a protocol was changed after it was fixed",
      "FAILED",
      "not the one",
      () => ({ protocols: [IQ, { ...OQ, title: "Another" }] }),
    ],
    ["a fixed protocol is not there", "FAILED", "not there", () => ({ protocols: [IQ] })],
    [
      "there is no OQ at all",
      "INCOMPLETE",
      "OQ: no step passed",
      (i) => ({
        protocols: [IQ],
        entries: i.entries.filter((e) => e.body.protocol !== OQ.id),
        commitments: { ...i.commitments, notRun: i.commitments.notRun.slice(1) },
      }),
    ],
    [
      "a protocol is written for another target",
      "FAILED",
      "written for",
      (i) => ({ protocols: [IQ, { ...OQ, target: "aws" }], entries: i.entries }),
    ],
    [
      "a result belongs to no planned step",
      "FAILED",
      "not planned",
      (i) => set(step(i, "OQ-SHORTEN"), { step: "OQ-OTHER" }),
    ],
    [
      "a step id is planned in two protocols",
      "FAILED",
      "planned twice",
      () => ({ protocols: [IQ, OQ, { ...OQ, id: "OQ-2" }] }),
    ],
    [
      "a step passed without evidence",
      "FAILED",
      "without evidence",
      (i) => set(step(i, "OQ-SHORTEN"), { evidence: [] }),
    ],
    [
      "a refusal came from another layer",
      "FAILED",
      "must be refused by",
      (i) => set(step(i, "OQ-SHORTEN"), { layer: "bucket-policy" }),
    ],
    [
      "a refusal names no layer",
      "FAILED",
      "must be refused by",
      (i): undefined => {
        delete step(i, "OQ-SHORTEN").body.layer;
      },
    ],
    [
      "a refusal names no principal",
      "FAILED",
      "principal",
      (i): undefined => {
        delete step(i, "OQ-SHORTEN").body.principal;
      },
    ],
    [
      "the positive twin failed",
      "FAILED",
      "twin",
      (i) => set(step(i, "OQ-SHORTEN"), { twin: { result: "FAIL", actual: "403" } }),
    ],
    [
      "the positive twin was left out",
      "FAILED",
      "twin",
      (i): undefined => {
        delete step(i, "OQ-SHORTEN").body.twin;
      },
    ],
    [
      "the mutant refused too",
      "FAILED",
      "mutant",
      (i) => set(step(i, "OQ-SHORTEN"), { mutant: { result: "FAIL", actual: "403" } }),
    ],
    [
      "the mutant was not run",
      "FAILED",
      "mutant",
      (i) => set(step(i, "OQ-SHORTEN"), { mutant: { result: "NOT RUN", actual: "" } }),
    ],
    [
      "a step that requires AWS passed on the emulator",
      "FAILED",
      "requires AWS",
      (i): undefined => {
        const body = { ...step(i, "OQ-OVERWRITE").body, step: "OQ-TRAIL-TO-LOGS" };
        Object.assign(step(i, "OQ-TRAIL-TO-LOGS"), { body });
      },
    ],
    [
      "a step that could run was not run",
      "INCOMPLETE",
      "not committed",
      (i) => set(step(i, "OQ-SHORTEN"), { result: "NOT RUN", reason: "no time" }),
    ],
    [
      "a committed NOT RUN step does not require AWS",
      "INCOMPLETE",
      "requires neither AWS nor its CLI",
      (i): undefined => {
        set(step(i, "OQ-OVERWRITE"), { result: "NOT RUN", reason: "x" });
        i.commitments = { ...i.commitments, notRun: [...i.commitments.notRun, { step: "OQ-OVERWRITE", reason: "x" }] };
      },
    ],
    [
      "a committed NOT RUN step was run",
      "FAILED",
      "committed as NOT RUN",
      (i) => set(step(i, "IQ-aws_s3_bucket_inventory.raw"), { result: "PASS" }),
    ],
    [
      "a committed NOT RUN step is not planned",
      "INCOMPLETE",
      "committed as NOT RUN",
      (i) => {
        const commitments = { ...i.commitments, notRun: [...i.commitments.notRun, { step: "OQ-GONE", reason: "x" }] };
        return { commitments };
      },
    ],
    [
      "a step is declared not applicable",
      "INCOMPLETE",
      "not committed",
      (i) => set(step(i, "OQ-SHORTEN"), { result: "NOT APPLICABLE", reason: "x" }),
    ],
    [
      "a step that was not run gives no reason",
      "INCOMPLETE",
      "no reason",
      (i): undefined => {
        delete step(i, "OQ-TRAIL-TO-LOGS").body.reason;
      },
    ],
    [
      "a row is not available and not committed",
      "INCOMPLETE",
      "NOT AVAILABLE",
      (i) =>
        set(
          step(i, "IQ-aws_s3_bucket.raw").body.rows[0] &&
            ({ body: step(i, "IQ-aws_s3_bucket.raw").body.rows[0] } as Loose),
          { live: { kind: "not-available", reason: "x" }, result: "NOT AVAILABLE" },
        ),
    ],
    [
      "a committed unavailable row became available",
      "INCOMPLETE",
      "NOT AVAILABLE",
      (i): undefined => {
        const row = step(i, "IQ-aws_cloudtrail.audit").body.rows[1];
        Object.assign(row, { live: row.state, result: "PASS" });
      },
    ],
    [
      "a row differs live",
      "FAILED",
      "readings say FAIL",
      (i): undefined => {
        step(i, "IQ-aws_s3_bucket.raw").body.rows[0].live.value = false;
      },
    ],
    [
      "a row differs live and says so in a step that passed",
      "FAILED",
      "differ",
      (i): undefined => {
        const row = step(i, "IQ-aws_s3_bucket.raw").body.rows[0];
        Object.assign(row, { live: { kind: "not-set" }, result: "FAIL" });
      },
    ],
    [
      "a row is known in the plan and differs there",
      "FAILED",
      "readings say FAIL",
      (i): undefined => {
        step(i, "IQ-aws_s3_bucket.raw").body.rows[0].plan.value = false;
      },
    ],
    [
      "a row stands twice",
      "FAILED",
      "stands twice",
      (i): undefined => {
        const { rows } = step(i, "IQ-aws_s3_bucket.raw").body;
        rows.push(rows[0]);
      },
    ],
    [
      "an IQ step passed without a row and without evidence",
      "FAILED",
      "without evidence",
      (i) => set(step(i, "IQ-aws_s3_bucket.raw"), { rows: [] }),
    ],
    [
      "an IQ step passed with evidence, its rows emptied",
      "FAILED",
      "row aws_s3_bucket.raw#policy of the protocol is missing",
      (i) => set(step(i, "IQ-aws_s3_bucket.raw"), { rows: undefined, evidence: step(i, "OQ-SHORTEN").body.evidence }),
    ],
    [
      "one attribute of an IQ step has no row",
      "FAILED",
      "row aws_s3_bucket.raw#policy of the protocol is missing",
      (i): undefined => {
        step(i, "IQ-aws_s3_bucket.raw").body.rows.splice(1, 1);
      },
    ],
    [
      "an IQ step has a row that its protocol does not name",
      "FAILED",
      "row aws_s3_bucket.raw#acl is not in the protocol",
      (i): undefined => {
        const { rows } = step(i, "IQ-aws_s3_bucket.raw").body;
        rows.push({ ...rows[0], id: "aws_s3_bucket.raw#acl", attribute: "acl" });
      },
    ],
    [
      "a row of an IQ step carries the id of another attribute",
      "FAILED",
      "is not named by its address and attribute",
      (i): undefined => {
        step(i, "IQ-aws_s3_bucket.raw").body.rows[0].attribute = "acl";
      },
    ],
    [
      "an OQ step brings rows",
      "FAILED",
      "is not in the protocol",
      (i) => set(step(i, "OQ-SHORTEN"), { rows: step(i, "IQ-aws_s3_bucket.raw").body.rows.slice(0, 1) }),
    ],
    [
      "an IQ step that reads a resource back names no attribute",
      "FAILED",
      "without an attribute to compare",
      (i) => {
        const bare = { address: "aws_s3_bucket.raw", attributes: [] };
        const steps = IQ.steps.map((one) => (one.id === "IQ-aws_s3_bucket.raw" ? { ...one, readBack: bare } : one));
        set(step(i, "IQ-aws_s3_bucket.raw"), { rows: [] });
        return { protocols: [{ ...IQ, steps }, OQ], entries: i.entries };
      },
    ],
    [
      "a file was left that belongs to nothing",
      "INCOMPLETE",
      "belongs to nothing that came to an end",
      (i) => set(find(i, "run-finished"), { evidence: step(i, "OQ-SHORTEN").body.evidence }),
    ],
  ])("is not COMPLETE when %s", (_name, status, what, change) => {
    const got = statusAfter(complete, change);
    expect(got.what).toContain(what);
    expect(got.status).toBe(status);
  });

  it("takes a step that needs the AWS CLI as not run where the run is committed to that", () => {
    const leftOut = { step: "OQ-OVERWRITE", reason: "no aws on the PATH" };
    const problemsWith = (requires: "aws-cli" | undefined) => {
      const { what } = statusAfter(complete, (i) => {
        set(step(i, leftOut.step), { result: "NOT RUN", reason: leftOut.reason });
        const steps = OQ.steps.map((one) => (one.id === leftOut.step && requires ? { ...one, requires } : one));
        const commitments = { ...i.commitments, notRun: [...i.commitments.notRun, leftOut] };
        return { protocols: [IQ, { ...OQ, steps }], commitments };
      });
      return what.split("\n").filter((line) => line.includes(leftOut.step));
    };
    expect(problemsWith("aws-cli")).toEqual([]);
    expect(problemsWith(undefined)).toEqual(["step OQ-OVERWRITE: was not run and requires neither AWS nor its CLI"]);
  });
});
