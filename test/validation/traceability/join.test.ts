// SPDX-License-Identifier: Apache-2.0
import { assertSchema } from "../../../validation/json";
import { type TraceInputs, type TraceMatrix, traceMatrix } from "../../../validation/traceability";
import { IQ, OQ } from "../evidence/sample-run";
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import {
  answering,
  asRetest,
  CONTROLS,
  control,
  executed,
  executedWith,
  onAws,
  REQUIREMENTS,
  requirement,
} from "./sample-trace";

afterAll(removeTemporaryFolders);

const whole = executed();
const PASSING = { "P11-10c-06": "pass" };

function traced(inputs: Partial<TraceInputs> = {}): TraceMatrix {
  const matrix = traceMatrix({ requirements: REQUIREMENTS, controls: CONTROLS, runs: [whole], ...inputs });
  assertSchema("trace-matrix", matrix, "matrix");
  return matrix;
}

function row(matrix: TraceMatrix, id: string) {
  return matrix.requirements.find((one) => one.id === id)!;
}

describe("a requirement's row", () => {
  it("goes from the clause to the evidence", () => {
    const { clauses, risk, controls, steps } = row(traced(), "URS-012");
    const challenge = steps.find(({ step }) => step === "OQ-DELETE-LOCKED")!;
    expect([clauses[0]!.clause, risk.class, controls.map(({ id }) => id)]).toEqual(["11.10(c)", 2, ["P11-10c-01"]]);
    expect(challenge).toMatchObject({ protocol: OQ.id, kind: "OQ", result: "PASS", run: "sample-run", attempt: 1 });
    expect(challenge.evidence.map(({ path }) => path)).toEqual(["oq/OQ-DELETE-LOCKED.json"]);
    expect(challenge.entry?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("names the resource that a step reads back", () => {
    const steps = row(traced(), "URS-012").steps;
    expect(steps.find(({ step }) => step === "IQ-aws_s3_bucket.raw")?.resource).toBe("aws_s3_bucket.raw");
  });

  it("names the construct of the resource", () => {
    const runs = [{ ...whole, constructs: new Map([["aws_s3_bucket.raw", "zone/Zone/Raw/Bucket"]]) }];
    const steps = row(traced({ runs }), "URS-012").steps;
    expect(steps.find(({ step }) => step === "IQ-aws_s3_bucket.raw")?.construct).toBe("zone/Zone/Raw/Bucket");
  });

  it("is there for every requirement, in their order", () => {
    expect(traced().requirements.map(({ id }) => id)).toEqual(REQUIREMENTS.map(({ id }) => id));
  });

  it("is a gap where a method has no step", () => {
    const requirements = [...REQUIREMENTS, requirement("URS-020", ["OQ"])];
    expect(row(traced({ requirements }), "URS-020")).toMatchObject({
      status: "GAP",
      steps: [],
      methods: [{ method: "OQ", outcome: "gap", because: "no step of OQ" }],
    });
  });

  it("is not run where a step is not", () => {
    expect(row(traced(), "URS-012")).toMatchObject({ status: "NOT RUN" });
  });

  it("is verified where every step of every method passed", () => {
    expect(row(traced({ runs: [withoutLeftOut()] }), "URS-012")).toMatchObject({ status: "VERIFIED", because: [] });
  });

  it("fails with one step, and names its deviation", () => {
    const matrix = traced({ runs: [executedWith({ "OQ-SHORTEN": { result: "FAIL" } })] });
    const failed = row(matrix, "URS-012");
    expect([failed.status, failed.deviations]).toEqual(["FAILED", ["DEV-sample-run-1-OQ-SHORTEN"]]);
    expect(failed.steps.find(({ step }) => step === "OQ-SHORTEN")?.deviations).toEqual(failed.deviations);
  });

  it("fails with a step of a method that nobody asked for", () => {
    const requirements = [requirement("URS-012", ["IQ"]), REQUIREMENTS[1]!];
    const runs = [executedWith({ "OQ-SHORTEN": { result: "FAIL" } })];
    expect(row(traced({ requirements, runs }), "URS-012").because).toContain("OQ-SHORTEN FAIL");
  });

  it.each(["BLOCKED", "FAIL"] as const)("fails with a step that is %s", (result) => {
    const runs = [executedWith({ "OQ-SHORTEN": { result } })];
    expect(row(traced({ runs }), "URS-012").status).toBe("FAILED");
  });

  it("is not run with a step that has no result", () => {
    const { methods } = row(traced({ runs: [executedWith({ "OQ-SHORTEN": undefined })] }), "URS-012");
    expect(methods.find(({ method }) => method === "OQ")?.because).toContain("OQ-SHORTEN NO RESULT");
  });

  it("is a gap where no step of a method applies", () => {
    const requirements = [...REQUIREMENTS, requirement("URS-014", ["IQ"], { resources: ["aws_cloudtrail"] })];
    const runs = [executedWith({ "IQ-aws_cloudtrail.audit": { result: "NOT APPLICABLE", rows: [] } })];
    expect(row(traced({ requirements, runs }), "URS-014")).toMatchObject({
      status: "GAP",
      methods: [{ outcome: "gap", because: "no step of IQ applies" }],
    });
  });

  it("says of what is planned that it is not implemented, whatever passed", () => {
    const requirements = [requirement("URS-012", ["IQ"], { status: "planned", gap: "Nobody built it." })];
    expect(row(traced({ requirements, runs: [withoutLeftOut()] }), "URS-012")).toMatchObject({
      status: "NOT IMPLEMENTED",
      because: ["Nobody built it."],
    });
  });

  it("says of what is partly there what is missing", () => {
    const requirements = [requirement("URS-012", ["IQ"], { status: "partial", gap: "Half of it." })];
    expect(row(traced({ requirements, runs: [withoutLeftOut()] }), "URS-012")).toMatchObject({
      status: "PARTLY IMPLEMENTED",
      because: ["Half of it."],
    });
  });

  it("is by procedure where nothing else is to show it", () => {
    const requirements = [requirement("URS-020", ["procedure"])];
    expect(row(traced({ requirements }), "URS-020").status).toBe("BY PROCEDURE");
  });

  it("is by procedure where a procedure is to show the rest", () => {
    const requirements = [requirement("URS-012", ["IQ", "procedure"])];
    const partly = row(traced({ requirements, runs: [withoutLeftOut()] }), "URS-012");
    expect([partly.status, partly.methods.map(({ outcome }) => outcome)]).toEqual(["BY PROCEDURE", ["shown", "owed"]]);
  });
});

describe("an inspection", () => {
  const outcomes: [string, Record<string, string>, string, string][] = [
    ["is shown by a control that passed", { "P11-10c-06": "pass" }, "shown", "VERIFIED"],
    ["is shown by a control whose finding somebody answers for", { "P11-10c-06": "waived" }, "shown", "VERIFIED"],
    ["fails with a control that failed", { "P11-10c-06": "fail" }, "failed", "FAILED"],
    ["fails with a control that could not know", { "P11-10c-06": "unknown" }, "failed", "FAILED"],
    ["fails with a control that broke", { "P11-10c-06": "error" }, "failed", "FAILED"],
    ["fails with an answer that nobody knows", { "P11-10c-06": "excellent" }, "failed", "FAILED"],
    ["is a gap with a control that decides nothing yet", { "P11-10c-06": "pending" }, "gap", "GAP"],
    ["is a gap with controls that apply to nothing", { "P11-10c-06": "not_applicable" }, "gap", "GAP"],
    ["is a gap with a control that the gate did not ask", {}, "gap", "GAP"],
  ];

  it.each(outcomes)("%s", (_title, answers, outcome, status) => {
    const { methods, status: got } = row(traced({ runs: [answering(whole, answers)] }), "URS-013");
    expect([methods[0]!.outcome, got]).toEqual([outcome, status]);
  });

  it("takes the gravest answer of several plans", () => {
    const plans = ["production", "target"].map((plan, i) => ({
      control: "P11-10c-06",
      plan,
      status: i ? "fail" : "pass",
    }));
    expect(row(traced({ runs: [{ ...whole, answers: plans }] }), "URS-013").controls[0]!.result).toBe("fail");
  });

  it("is a gap where no control names the requirement", () => {
    expect(row(traced({ controls: [CONTROLS[0]!] }), "URS-013").methods[0]!.because).toBe("no control names it");
  });
});

describe("the way back", () => {
  const named = (matrix: TraceMatrix) => matrix.orphans.map(({ kind, id, because }) => `${kind} ${id}: ${because}`);
  const protocols = (more: object) => [
    IQ,
    { ...OQ, steps: OQ.steps.map((step, i) => (i === 0 ? { ...step, ...more } : step)) },
  ];

  it("finds nothing beside the requirements in a run that is in order", () => {
    expect(named(traced())).toEqual([]);
  });

  it("finds a control that names no requirement", () => {
    expect(named(traced({ controls: [...CONTROLS, control("P11-X", "low", [])] }))).toEqual([
      "control P11-X: names no requirement",
    ]);
  });

  it("finds a control that names a requirement that there is not", () => {
    expect(named(traced({ controls: [...CONTROLS, control("P11-X", "low", ["URS-999"])] }))).toEqual([
      "control P11-X: names URS-999, which no requirement has",
    ]);
  });

  it("finds a step that shows no requirement", () => {
    const runs = [executed({ protocols: protocols({ controls: [], requirements: [] }) })];
    expect(named(traced({ runs }))).toEqual(["step OQ-DELETE-LOCKED: shows no requirement"]);
  });

  it("finds a step that names what there is not", () => {
    const runs = [executed({ protocols: protocols({ controls: ["P11-Y"], requirements: ["URS-012", "URS-998"] }) })];
    expect(named(traced({ runs }))).toEqual(["step OQ-DELETE-LOCKED: names P11-Y, URS-998, which nobody has"]);
  });

  it("joins a step by its control alone", () => {
    const runs = [executed({ protocols: protocols({ requirements: [] }) })];
    expect(row(traced({ runs }), "URS-012").steps.map(({ step }) => step)).toContain("OQ-DELETE-LOCKED");
  });

  it("joins a step by the control that names it", () => {
    const runs = [executed({ protocols: protocols({ controls: [], requirements: [] }) })];
    const controls = [{ ...CONTROLS[0]!, verified_by: ["OQ-DELETE-LOCKED"] }, CONTROLS[1]!];
    expect(row(traced({ runs, controls }), "URS-012").steps.map(({ step }) => step)).toContain("OQ-DELETE-LOCKED");
  });

  it("joins a step by the type of resource that it reads back", () => {
    const requirements = [...REQUIREMENTS, requirement("URS-014", ["IQ"], { resources: ["aws_cloudtrail"] })];
    expect(row(traced({ requirements }), "URS-014").steps.map(({ step }) => step)).toEqual(["IQ-aws_cloudtrail.audit"]);
  });
});

describe("a report may be FINAL", () => {
  const ready = () => onAws(answering(withoutLeftOut(), PASSING));

  it("over a run that is whole, on AWS, with every requirement covered", () => {
    expect(traced({ runs: [ready()] })).toMatchObject({ blockers: [], mayConcludeFit: true });
  });

  it("with a requirement that a procedure shows", () => {
    const requirements = [...REQUIREMENTS, requirement("URS-020", ["procedure"])];
    expect(traced({ requirements, runs: [ready()] }).blockers).toEqual([]);
  });

  it("but not where it only read", () => {
    const run = ready();
    const target = { ...run.record.summary.target, access: "read-only" as const };
    const reading = { ...run, record: { ...run.record, summary: { ...run.record.summary, target } } };
    expect(traced({ runs: [reading] }).blockers.map(({ code }) => code)).toEqual(["RUN_READ_ONLY"]);
  });

  it("but not on an emulator", () => {
    const { blockers } = traced({ runs: [answering(withoutLeftOut(), PASSING)] });
    expect(blockers.map(({ code }) => code)).toEqual(["DEVELOPMENT_EVIDENCE"]);
  });

  it("but not with an uncovered requirement", () => {
    const requirements = [...REQUIREMENTS, requirement("URS-020", ["OQ"])];
    const { blockers, mayConcludeFit } = traced({ requirements, runs: [ready()] });
    expect([blockers.map(({ code, where }) => `${code} ${where}`), mayConcludeFit]).toEqual([
      ["REQUIREMENT_UNCOVERED URS-020"],
      false,
    ]);
  });

  it("but not with an open deviation", () => {
    const failed = onAws(answering(executedWith({ "OQ-SHORTEN": { result: "FAIL" } }), PASSING));
    const { blockers, mayConcludeFit } = traced({ runs: [failed] });
    expect(blockers.map(({ code }) => code)).toContain("DEVIATION_OPEN");
    expect(mayConcludeFit).toBe(false);
  });

  it("but not over a run that is not complete, even if no deviation says why", () => {
    const run = ready();
    const summary = { ...run.record.summary, status: "FAILED" as const };
    const { blockers } = traced({ runs: [{ ...run, record: { ...run.record, summary } }] });
    expect(blockers.map(({ code }) => code)).toEqual(["RUN_NOT_COMPLETE"]);
  });

  it("but not where a planned step has no result", () => {
    const { blockers } = traced({ runs: [onAws(executedWith({ "OQ-SHORTEN": undefined }))] });
    expect(blockers).toContainEqual({
      code: "COUNTS_DISAGREE",
      where: "sample-run",
      what: "planned 8 ≠ executed 5 + blocked 0 + not run 2 + not applicable 0: 1 without a result",
    });
  });

  it("but not where nobody approved that a step does not apply", () => {
    const { blockers } = traced({ runs: [onAws(executedWith({ "OQ-SHORTEN": { result: "NOT APPLICABLE" } }))] });
    expect(blockers).toContainEqual(
      expect.objectContaining({ code: "NOT_APPLICABLE_UNAPPROVED", where: "OQ-SHORTEN" }),
    );
  });
});

describe("a re-execution", () => {
  const failed = executedWith({ "OQ-SHORTEN": { result: "FAIL" } });
  const steps = (matrix: TraceMatrix) => row(matrix, "URS-012").steps.find(({ step }) => step === "OQ-SHORTEN")!;

  it("gives the latest result, and the deviation of the first stays", () => {
    const matrix = traced({ runs: [failed, asRetest(whole, "second-run")] });
    expect(steps(matrix)).toMatchObject({ result: "PASS", run: "second-run", attempt: 2 });
    expect(steps(matrix).deviations).toEqual(["DEV-sample-run-1-OQ-SHORTEN"]);
  });

  it("that fails again opens a deviation of its own", () => {
    const { deviations } = traced({ runs: [failed, asRetest(failed, "second-run")] });
    expect(deviations.map(({ id }) => id)).toEqual(["DEV-sample-run-1-OQ-SHORTEN", "DEV-second-run-2-OQ-SHORTEN"]);
  });

  it("of a step whose text was changed says nothing of the first", () => {
    const changed = { ...OQ, steps: OQ.steps.map((step) => ({ ...step, acceptance: "anything goes" })) };
    const matrix = traced({ runs: [failed, asRetest(executed({ protocols: [IQ, changed] }), "second-run")] });
    expect(steps(matrix)).toMatchObject({ result: "FAIL", attempt: 1 });
  });

  it("that leaves the step out leaves its result", () => {
    const { result, attempt } = steps(
      traced({ runs: [failed, asRetest(executedWith({ "OQ-SHORTEN": undefined }), "second-run")] }),
    );
    expect([result, attempt]).toEqual(["FAIL", 1]);
  });

  it.each([
    ["begun before the first had ended", asRetest(whole, "second-run", "2026-11-01"), /a run begun after/],
    ["that is the first once more", asRetest(whole, "sample-run"), /each run once/],
    ["on another target", onAws(asRetest(whole, "second-run")), /on emulator, account 111122223333, got .* on aws/],
  ])("%s is refused", (_title, retest, message) => {
    expect(() => traced({ runs: [failed, retest] })).toThrow(
      expect.objectContaining({ code: "RUN_FOREIGN", message: expect.stringMatching(message) }),
    );
  });
});

/** The run with protocols that hold nothing which the emulator cannot run. */
function withoutLeftOut() {
  const kept = (protocol: typeof IQ) => ({
    ...protocol,
    steps: protocol.steps.filter(({ requires }) => requires !== "aws"),
  });
  const run = executed({ protocols: [kept(IQ), kept(OQ)] });
  // Its commitments still list the steps that are not in the protocols; that is not what is tried here.
  return {
    ...run,
    record: { ...run.record, summary: { ...run.record.summary, status: "COMPLETE" as const, problems: [] } },
  };
}
