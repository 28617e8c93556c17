// SPDX-License-Identifier: Apache-2.0
import { type Commitments, entriesOf, type JournalEntry, type Protocol } from "../../evidence";
import { parseJournal } from "../../evidence/journal";
import { JOURNAL_FILE } from "../../evidence/layout";
import type { SelfTestCase } from "../case";
import type { Ground } from "../ground";
import type { Line } from "../samples/altered-bundle";
import { ADDRESS, ATTRIBUTE, CHALLENGE, COMMITMENTS, IQ, ON_AWS, OQ, READ_BACK } from "../samples/run";

interface Run {
  lines: Line[];
  protocols: Protocol[];
  commitments: Commitments;
}

function run(ground: Ground): Run {
  const entries = parseJournal(ground.files("whole").files.get(JOURNAL_FILE)!.bytes, JOURNAL_FILE);
  return { lines: structuredClone(entries), protocols: [IQ, OQ], commitments: COMMITMENTS };
}

/** A whole run, recorded with one fault. */
function fault(
  name: string,
  title: string,
  expected: string,
  put: (run: Run) => Partial<Run> | undefined,
): SelfTestCase {
  return {
    id: `conclusion.${name}`,
    kind: "fault",
    title,
    expected,
    run: ({ conclude }, ground) => {
      const whole = run(ground);
      const { lines, protocols, commitments } = { ...whole, ...put(whole) };
      const numbered = lines.map((line, seq) => ({ ...line, seq })) as JournalEntry[];
      const { status, problems } = conclude(protocols, numbered, commitments);
      return [status, ...problems.map((one) => `${one.status}: ${one.where}: ${one.what}`)];
    },
  };
}

const of = ({ lines }: Run, type: string, step?: string): Line =>
  lines.find((line) => line.type === type && (step === undefined || line.body.step === step));

/** Other members of the first entry of a type, or of the result of a step. */
const set = (type: string, body: object, step?: string) => (whole: Run) => {
  Object.assign(of(whole, type, step).body, body);
  return undefined;
};
const ofChallenge = (body: object) => set("step-finished", body, CHALLENGE);
const without = (type: string, step?: string) => (whole: Run) => {
  const gone = of(whole, type, step);
  return { lines: whole.lines.filter((line) => line !== gone) };
};

/** What the conclusion of a run must notice of its protocols, journal and commitments. */
export const CONCLUSION_CASES: readonly SelfTestCase[] = [
  {
    id: "conclusion.whole",
    kind: "good",
    title: "a run that departs from protocols and commitments nowhere",
    expected: "COMPLETE",
    run: ({ conclude }, ground) => {
      const { lines, protocols, commitments } = run(ground);
      const { status, problems } = conclude(protocols, lines, commitments);
      return [status, ...problems.map(({ what }) => what)];
    },
  },
  fault(
    "step-dropped",
    "a planned step has no result",
    `INCOMPLETE: step ${CHALLENGE}: has no result`,
    without("step-finished", CHALLENGE),
  ),
  fault(
    "step-run-twice",
    "a step has a second result, which hides the first",
    `FAILED: step ${CHALLENGE}: has a second result`,
    (whole) => {
      const at = whole.lines.indexOf(of(whole, "step-finished", CHALLENGE));
      const again = structuredClone(whole.lines[at]);
      return { lines: [...whole.lines.slice(0, at + 1), again, ...whole.lines.slice(at + 1)] };
    },
  ),
  fault(
    "step-failed",
    "a step failed",
    `FAILED: step ${CHALLENGE}: not refused`,
    ofChallenge({ result: "FAIL", reason: "not refused" }),
  ),
  fault(
    "step-not-started",
    "a result stands in the journal of a step that was never started",
    `FAILED: step ${CHALLENGE}: has a result and was not started`,
    without("step-started", CHALLENGE),
  ),
  fault(
    "step-unplanned",
    "a result stands in the journal of a step that no protocol plans",
    "FAILED: step OQ-MORE: is not planned in protocol OQ",
    ofChallenge({ step: "OQ-MORE" }),
  ),
  fault(
    "pass-without-evidence",
    "a step passed and left no evidence",
    `FAILED: step ${CHALLENGE}: passed without evidence`,
    ofChallenge({ evidence: [] }),
  ),
  fault(
    "pass-without-principal",
    "a step passed and nobody knows who made the call",
    `FAILED: step ${CHALLENGE}: passed without a named principal`,
    ofChallenge({ principal: undefined }),
  ),
  fault(
    "refused-by-another-layer",
    "a challenge of the lock was refused by a policy",
    `FAILED: step ${CHALLENGE}: must be refused by S3 Object Lock, was refused by bucket policy`,
    ofChallenge({ layer: "bucket policy" }),
  ),
  fault(
    "twin-refused",
    "the allowed call beside a refusal was refused too",
    `FAILED: step ${CHALLENGE}: passed without its positive twin`,
    ofChallenge({ twin: { result: "FAIL", actual: "refused" } }),
  ),
  fault(
    "mutant-refused",
    "without the layer the call was refused too",
    `FAILED: step ${CHALLENGE}: passed without its mutant letting the call through`,
    ofChallenge({ mutant: { result: "FAIL", actual: "refused" } }),
  ),
  fault(
    "blocked-taken-for-done",
    "a step was blocked",
    `INCOMPLETE: step ${CHALLENGE}: blocked: no answer`,
    ofChallenge({ result: "BLOCKED", reason: "no answer" }),
  ),
  fault(
    "not-run-turned-not-applicable",
    "a step that was not run is recorded as not applicable",
    `INCOMPLETE: ${ON_AWS}: is NOT APPLICABLE, which is not committed`,
    set("step-finished", { result: "NOT APPLICABLE" }, ON_AWS),
  ),
  fault(
    "not-run-uncommitted",
    "a step was left out that the target can run",
    `INCOMPLETE: ${CHALLENGE}: is NOT RUN, which is not committed`,
    ofChallenge({ result: "NOT RUN", reason: "no time" }),
  ),
  fault(
    "not-run-without-reason",
    "a step was not run and nobody says why",
    `INCOMPLETE: step ${ON_AWS}: is NOT RUN and gives no reason`,
    set("step-finished", { reason: undefined }, ON_AWS),
  ),
  fault(
    "passed-where-it-cannot",
    "a step that needs AWS passed on the emulator",
    `FAILED: step ${ON_AWS}: requires AWS and passed elsewhere`,
    set("step-finished", { result: "PASS" }, ON_AWS),
  ),
  fault(
    "row-compared-with-itself",
    "the live value of a row differs and the row says PASS, as if it had been compared with itself",
    `FAILED: ${ADDRESS}#${ATTRIBUTE}: is recorded as PASS, its readings say FAIL`,
    (whole) => {
      of(whole, "step-finished", READ_BACK).body.rows[0].live = { kind: "value", value: "Suspended" };
      return undefined;
    },
  ),
  fault(
    "row-dropped",
    "an attribute that the protocol names was not compared",
    `FAILED: step ${READ_BACK}: row ${ADDRESS}#${ATTRIBUTE} of the protocol is missing`,
    set("step-finished", { rows: [] }, READ_BACK),
  ),
  fault(
    "gate-overruled",
    "the gate refused the plan, and it was applied",
    "FAILED: plan stack: the gate refused it",
    set("gate-decided", { verdict: "fail" }),
  ),
  fault(
    "gate-could-not-judge",
    "the gate could not judge the plan, and it was applied",
    "FAILED: plan stack: the gate could not judge it",
    set("gate-decided", { verdict: "error" }),
  ),
  fault(
    "gate-skipped",
    "a plan was applied that nobody judged",
    "INCOMPLETE: plan stack: no entry gate-decided",
    without("gate-decided"),
  ),
  fault(
    "another-plan-judged",
    "the plan that was judged is not the one that was made",
    "FAILED: plan stack: gate-decided names another plan file than plan-made",
    set("gate-decided", { planSha256: "0".repeat(64) }),
  ),
  fault(
    "another-plan-applied",
    "the plan that was applied is not the one that was made",
    "FAILED: plan stack: apply-started names another plan file than plan-made",
    set("apply-started", { planSha256: "0".repeat(64) }),
  ),
  fault(
    "finding-waved-through",
    "the gate found something that nobody committed to accept",
    "FAILED: plan stack: finding not committed: P11-10c-02 aws_s3_bucket.raw mode fail",
    set("gate-decided", {
      findings: [{ control: "P11-10c-02", address: "aws_s3_bucket.raw", attribute: "mode", status: "fail" }],
    }),
  ),
  fault(
    "apply-partial",
    "the apply stopped half-way",
    "FAILED: plan stack: apply partial, exit code 1",
    set("apply-finished", { status: "partial", exitCode: 1 }),
  ),
  fault(
    "stale-state",
    "the second plan still has something to change",
    `FAILED: plan stack: second plan is not empty: exit code 2, ${ADDRESS}`,
    set("second-plan", { exitCode: 2, changes: [ADDRESS] }),
  ),
  fault(
    "drift-overlooked",
    "an attribute reads back otherwise than it was applied",
    `FAILED: plan stack: ${ADDRESS} bucket reads back otherwise than it was applied`,
    set("second-plan", {
      drift: [{ address: ADDRESS, type: "aws_s3_bucket_versioning", attributes: ["bucket"] }],
    }),
  ),
  fault(
    "second-plan-skipped",
    "nobody planned again after the apply",
    "INCOMPLETE: plan stack: no entry second-plan",
    without("second-plan"),
  ),
  fault("preflight-failed", "the environment failed its preflight", "FAILED: preflight clock: 400 s apart", (whole) => {
    Object.assign(of(whole, "preflight").body.checks[0], { result: "FAIL", actual: "400 s apart" });
    return undefined;
  }),
  fault(
    "clock-wrong",
    "the machine's clock is 301 s behind the second one",
    "FAILED: clock start: 301 s apart from record of answers, at most 300 s",
    (whole) => {
      const { body } = of(whole, "clock");
      body.dateHeader = new Date(Date.parse(body.answeredAt) + 301_000).toUTCString();
      body.skewMs = 301_000;
      return undefined;
    },
  ),
  fault(
    "clock-skew-rewritten",
    "the skew of the clocks is written smaller than it was",
    "FAILED: clock start: 0 ms is not the skew of its times",
    (whole) => {
      const { body } = of(whole, "clock");
      body.dateHeader = new Date(Date.parse(body.answeredAt) + 301_000).toUTCString();
      return undefined;
    },
  ),
  fault(
    "clock-set-back-unseen",
    "the clock is set back by a minute between two entries, and no entry is earlier than the one before",
    "FAILED: clock: the machine's clock went -60 s apart from the time that passed: it was set, or the machine slept",
    (whole) => {
      (entriesOf(whole.lines, "clock") as Line[])[1]!.body.monotonicMs += 60_000;
      return undefined;
    },
  ),
  fault(
    "second-clock-skipped",
    "the second clock was not read at the end",
    "INCOMPLETE: clock end: no entry",
    (whole) => {
      const last = (entriesOf(whole.lines, "clock") as Line[])[1];
      return { lines: whole.lines.filter((line) => line !== last) };
    },
  ),
  fault(
    "own-clock-for-a-second",
    "the machine's own clock is called AWS's",
    "FAILED: clock start: aws is no source of a run on emulator",
    set("clock", { source: { kind: "aws", name: "STS" } }),
  ),
  fault(
    "target-changed",
    "the run went to another target than its commitments are for",
    "FAILED: target: aws is not the target self-test of the commitments",
    set("target", { name: "aws" }),
  ),
  fault(
    "protocol-fixed-late",
    "a step was started before its protocol was fixed",
    `FAILED: step ${CHALLENGE}: step-started stands before its protocol was fixed`,
    (whole) => {
      const fixed = entriesOf(whole.lines, "protocol-fixed").find(({ body }) => body.protocol === OQ.id) as Line;
      const rest = whole.lines.filter((line) => line !== fixed);
      return { lines: [...rest.slice(0, -1), fixed, ...rest.slice(-1)] };
    },
  ),
  fault(
    "protocol-changed",
    "the protocol that is read is not the one that was fixed",
    "FAILED: protocol OQ: is not the one that was fixed",
    () => ({
      protocols: [IQ, { ...OQ, title: "Another title" }],
    }),
  ),
  fault(
    "run-stopped",
    "the run was stopped and ends like any other",
    "INCOMPLETE: run-finished: the run was stopped",
    set("run-finished", { outcome: "stopped" }),
  ),
  fault(
    "run-broke-off",
    "the run has no end",
    "INCOMPLETE: run-finished: is not the last entry: the run broke off",
    without("run-finished"),
  ),
];
