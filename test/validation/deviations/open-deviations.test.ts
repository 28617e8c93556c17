// SPDX-License-Identifier: Apache-2.0
import { openDeviations } from "../../../validation/deviations";
import type { StepFinished } from "../../../validation/evidence";
import { digestOf } from "../../../validation/json";
import { RequirementLinks } from "../../../validation/requirements/links";
import { IQ, OQ } from "../evidence/sample-run";
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import { control, executed, executedWith, REQUIREMENTS, requirement } from "../traceability/sample-trace";
import { LINKS } from "./sample-dispositions";

afterAll(removeTemporaryFolders);

const of = (run: ReturnType<typeof executed>, attempt = 1) => openDeviations(run.record, attempt, LINKS);
const ids = (run: ReturnType<typeof executed>) => of(run).map(({ id }) => id);

test("a run that is in order opens none", () => {
  expect(of(executed())).toEqual([]);
});

test("a failed step opens one, with what was expected and what was seen", () => {
  const run = executedWith({ "OQ-SHORTEN": { result: "FAIL", actual: "200 OK", reason: "the call went through" } });
  const [deviation, ...others] = of(run);
  expect(others).toEqual([]);
  expect(deviation).toMatchObject({
    id: "DEV-sample-run-1-OQ-SHORTEN",
    run: "sample-run",
    attempt: 1,
    protocol: "OQ-landing-zone",
    step: "OQ-SHORTEN",
    expected: "403 AccessDenied, the version stays readable; code = AccessDenied and SHA-256 unchanged",
    actual: "FAIL; 200 OK; the call went through",
    requirements: ["URS-012"],
    controls: ["P11-10c-01"],
  });
});

test("it was detected when the step's result was written", () => {
  const run = executedWith({ "OQ-SHORTEN": { result: "FAIL" } });
  const entry = run.record.entries.find(
    ({ type, body }) => type === "step-finished" && (body as StepFinished).step === "OQ-SHORTEN",
  );
  expect(of(run)[0]?.detectedAt).toBe(entry?.at);
});

test("a blocked step opens one", () => {
  expect(ids(executedWith({ "OQ-SHORTEN": { result: "BLOCKED" } }))).toEqual(["DEV-sample-run-1-OQ-SHORTEN"]);
});

test("a step that was not run and was to be opens one", () => {
  expect(ids(executedWith({ "OQ-SHORTEN": { result: "NOT RUN" } }))).toEqual(["DEV-sample-run-1-OQ-SHORTEN"]);
});

test("a step that passed without its mutant opens one", () => {
  const run = executed({
    result: ({ mutant, ...rest }) => (rest.step === "OQ-SHORTEN" || !mutant ? rest : { ...rest, mutant }),
  });
  expect(ids(run)).toEqual(["DEV-sample-run-1-OQ-SHORTEN"]);
  expect(of(run)[0]?.actual).toContain("passed without its mutant letting the call through");
});

test("a row that differs in a step recorded as passed opens one of that step", () => {
  const run = executed({
    result: (finished) => {
      const [first, ...rest] = finished.rows ?? [];
      if (finished.step !== "IQ-aws_s3_bucket.raw" || !first) return finished;
      return { ...finished, rows: [{ ...first, live: { kind: "value", value: false } }, ...rest] };
    },
  });
  expect(ids(run)).toEqual(["DEV-sample-run-1-IQ-aws_s3_bucket.raw"]);
});

test("steps without a result open one together, which names them", () => {
  const all = of(executedWith({ "OQ-SHORTEN": undefined, "OQ-OVERWRITE": undefined }));
  const deviation = all.find(({ id }) => id === "DEV-sample-run-1-steps-without-result");
  expect(all.filter(({ step }) => step !== null)).toEqual([]);
  expect(deviation?.actual).toBe("none of 2: OQ-SHORTEN, OQ-OVERWRITE");
});

test("what goes wrong outside of every step opens a critical one", () => {
  const [deviation] = of(executed({ verdict: "fail" }));
  expect(deviation).toMatchObject({ step: null, place: "plan production", severity: "critical" });
});

test("two places that look alike in an id have two ids", () => {
  const run = executed({ outcome: "stopped", verdict: "fail" });
  expect(new Set(ids(run)).size).toBe(of(run).length);
});

test.each([
  ["a failed step", () => executedWith({ "OQ-SHORTEN": { result: "FAIL" } })],
  ["a step without a result", () => executedWith({ "OQ-SHORTEN": undefined })],
  ["a refusing gate", () => executed({ verdict: "fail" })],
  ["a stopped run", () => executed({ outcome: "stopped" })],
])("with %s, every problem that the run concludes with is in a deviation", (_title, run) => {
  const made = run();
  const told = of(made)
    .map(({ actual }) => actual)
    .join("\n");
  const untold = made.record.summary.problems.filter(({ what, where }) => {
    const isUnexecuted = what === "has no result" && told.includes(where.replace("step ", ""));
    return !isUnexecuted && !told.includes(what);
  });
  expect([made.record.summary.problems.length > 0, untold]).toEqual([true, []]);
});

test("a re-execution has deviations of its own", () => {
  const run = executedWith({ "OQ-SHORTEN": { result: "FAIL" } });
  expect(of(run, 2).map(({ id, attempt }) => [id, attempt])).toEqual([["DEV-sample-run-2-OQ-SHORTEN", 2]]);
});

test("its digest is that of all that was recorded", () => {
  const [deviation] = of(executedWith({ "OQ-SHORTEN": { result: "FAIL" } }));
  const { digest, ...rest } = deviation!;
  expect(digest).toBe(digestOf(rest));
});

describe("its severity", () => {
  const failed = (controls: readonly string[], requirements: readonly string[]) => {
    const steps = OQ.steps.map((step) => (step.id === "OQ-SHORTEN" ? { ...step, controls, requirements } : step));
    return executed({
      protocols: [IQ, { ...OQ, steps }],
      result: (finished) => (finished.step === "OQ-SHORTEN" ? { ...finished, result: "FAIL", reason: "so" } : finished),
    });
  };
  const low = requirement("URS-013", ["OQ"]);
  const links = new RequirementLinks(
    [
      requirement("URS-012", ["OQ"], { risk: { ...low.risk, priority: "low" } }),
      requirement("URS-013", ["OQ"], { risk: { ...low.risk, priority: "high" } }),
      requirement("URS-014", ["OQ"]),
    ],
    [
      control("P11-C", "critical", []),
      control("P11-H", "high", []),
      control("P11-M", "medium", []),
      control("P11-L", "low", []),
      control("P11-X", "grave", []),
    ],
  );
  const cases: [string, string[], string[], string][] = [
    ["is critical with a critical control", ["P11-C", "P11-L"], ["URS-012"], "critical"],
    ["is major with a control of high severity", ["P11-H"], ["URS-012"], "major"],
    ["is minor with a control of medium severity", ["P11-M"], ["URS-012"], "minor"],
    ["is minor with a control of low severity", ["P11-L"], [], "minor"],
    ["is critical with a severity that nobody knows", ["P11-X"], [], "critical"],
    ["is critical with a requirement of high risk priority", ["P11-L"], ["URS-013"], "critical"],
    ["is major with a requirement of medium risk priority", [], ["URS-014"], "major"],
    ["is minor with a requirement of low risk priority", [], ["URS-012"], "minor"],
    ["is critical where nobody assessed a risk", [], [], "critical"],
    ["is critical where the named ids are nobody's", ["P11-Z"], ["URS-777"], "critical"],
  ];

  it.each(cases)("%s", (_title, controls, requirements, severity) => {
    expect(openDeviations(failed(controls, requirements).record, 1, links)[0]?.severity).toBe(severity);
  });

  it("says from what it follows", () => {
    const from = openDeviations(failed(["P11-H"], ["URS-014"]).record, 1, links)[0]?.severityFrom;
    expect(from).toEqual(["control P11-H: high", "requirement URS-014: risk priority medium"]);
  });

  it("of the sample is that of its critical control", () => {
    expect(REQUIREMENTS[0]!.risk.priority).toBe("medium");
    expect(of(executedWith({ "OQ-SHORTEN": { result: "FAIL" } }))[0]?.severity).toBe("critical");
  });
});
