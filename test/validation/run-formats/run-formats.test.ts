// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { SaxesParser } from "saxes";
import type { StepFinished } from "../../../validation/evidence";
import { hasLoneSurrogate } from "../../../validation/json";
import { COMMITMENTS, IQ, OQ, type Variation } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { hostileStrings } from "../gate/escape/hostile";
import { sampleFormats, sealedStatement } from "./sample-formats";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

let made = 0;
const fresh = () => path.join(temporary.path, `run-${++made}`);
const changed =
  (step: string, to: Partial<StepFinished> | undefined): Variation["result"] =>
  (finished) =>
    finished.step === step ? to && ({ ...finished, ...to } as StepFinished) : finished;

const folder = fresh();
const WHOLE = sampleFormats(folder);
const FAILED = sampleFormats(fresh(), { result: changed("OQ-SHORTEN", { result: "FAIL", reason: "not refused" }) });
const GAP = sampleFormats(fresh(), { result: changed("OQ-SHORTEN", undefined) });
const STOPPED = sampleFormats(fresh(), { outcome: "stopped" });

/** Result of each case by the first word of its name, and the text that goes with it. */
function cases(xml: string): Readonly<Record<string, readonly [result: string, message: string]>> {
  const found: Record<string, [string, string]> = {};
  let current = "";
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testcase") {
      current = String(attributes.name).split(" ", 1)[0]!;
      found[current] = ["none", ""];
    } else if (current in found) found[current] = [name, String(attributes.message ?? "")];
  });
  parser.on("closetag", ({ name }) => {
    if (name === "testcase") current = "";
  });
  parser.write(xml).close();
  return found;
}

const results = (xml: string) =>
  Object.fromEntries(Object.entries(cases(xml)).map(([name, [result]]) => [name, result]));

interface Finding {
  readonly target: {
    readonly "target-id": string;
    readonly status: { state: string; reason: string; remarks: string };
  };
}

function findings(formats: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [result] = JSON.parse(formats["OSCAL-AR"]!)["assessment-results"].results;
  const of = ({ target }: Finding) => [target["target-id"], `${target.status.state} ${target.status.reason}`];
  return Object.fromEntries((result.findings as Finding[]).map(of));
}

describe("JUnit of a run", () => {
  it("has a case for the conclusion and one for each step", () => {
    expect(results(WHOLE.JUNIT!)).toEqual({
      conclusion: "system-out",
      "IQ-aws_s3_bucket.raw": "system-out",
      "IQ-aws_cloudtrail.audit": "system-out",
      "IQ-aws_s3_bucket_inventory.raw": "skipped",
      "OQ-DELETE-LOCKED": "system-out",
      "OQ-SHORTEN": "system-out",
      "OQ-PLAIN-HTTP": "system-out",
      "OQ-OVERWRITE": "system-out",
      "OQ-TRAIL-TO-LOGS": "skipped",
    });
  });

  it("says of a step that was not run why", () => {
    expect(cases(WHOLE.JUNIT!)["OQ-TRAIL-TO-LOGS"]![1]).toBe(`NOT RUN: ${COMMITMENTS.notRun[0]!.reason}`);
  });

  it("counts what it shows", () => {
    expect(WHOLE.JUNIT).toContain(
      '<testsuites name="part11 sample-run" tests="9" failures="0" errors="0" skipped="2">',
    );
    expect(FAILED.JUNIT).toContain(
      '<testsuites name="part11 sample-run" tests="9" failures="2" errors="0" skipped="2">',
    );
  });

  it("fails a step that failed, and the conclusion with it", () => {
    expect(cases(FAILED.JUNIT!)).toMatchObject({
      conclusion: ["failure", expect.stringMatching(/^FAILED: /)],
      "OQ-SHORTEN": ["failure", expect.stringContaining("not refused")],
      "OQ-OVERWRITE": ["system-out", ""],
    });
  });

  it("has no pass for a step that passed without what a pass must bring", () => {
    const withoutTwin = sampleFormats(fresh(), {
      result: changed("OQ-SHORTEN", { twin: { result: "FAIL", actual: "refused" } }),
    });
    expect(results(withoutTwin.JUNIT!)["OQ-SHORTEN"]).toBe("failure");
  });

  it("takes a step that was not run without a commitment for a failure, never for skipped", () => {
    const skipped = { result: "NOT RUN", reason: "no time" } as const;
    const left = sampleFormats(fresh(), { result: changed("OQ-SHORTEN", skipped) });
    expect(results(left.JUNIT!)["OQ-SHORTEN"]).toBe("failure");
  });

  it("takes a step without a result and a blocked one for errors", () => {
    const blocked = sampleFormats(fresh(), {
      result: changed("OQ-SHORTEN", { result: "BLOCKED", reason: "no answer" }),
    });
    expect([results(GAP.JUNIT!)["OQ-SHORTEN"], results(blocked.JUNIT!)["OQ-SHORTEN"]]).toEqual(["error", "error"]);
  });

  it("says how long a step took", () => {
    expect(WHOLE.JUNIT).toContain('name="OQ-DELETE-LOCKED Delete a locked version" time="1.000"');
  });
});

describe("OSCAL of a run", () => {
  it("is satisfied where the steps of a control passed, and not about a run on an emulator", () => {
    const committed = new Set(COMMITMENTS.notRun.map(({ step }) => step));
    const ran = [IQ, OQ].flatMap(({ steps }) => steps).filter(({ id }) => !committed.has(id));
    expect(ran.every(({ controls }) => controls.includes("P11-10c-01"))).toBe(true);
    expect(findings(WHOLE)).toEqual({ "part11-run": "not-satisfied other", "P11-10c-01": "not-satisfied other" });
    expect(findings(onlyRun())).toEqual({ "part11-run": "not-satisfied other", "P11-10c-01": "satisfied pass" });
  });

  it.each([
    ["a step failed", FAILED],
    ["a step has no result", GAP],
  ])("is not satisfied where %s", (_, formats) => {
    expect(findings(formats)).toEqual({ "part11-run": "not-satisfied fail", "P11-10c-01": "not-satisfied fail" });
  });

  it("is not satisfied where the run itself was stopped, though every step passed", () => {
    expect(findings(onlyRun({ outcome: "stopped" }))["P11-10c-01"]).toBe("not-satisfied fail");
    expect(findings(STOPPED)["part11-run"]).toBe("not-satisfied fail");
  });

  it("has an observation a step, with its evidence by name and digest", () => {
    const [result] = JSON.parse(WHOLE["OSCAL-AR"]!)["assessment-results"].results;
    expect(result.observations).toHaveLength(8);
    const challenge = result.observations.find(({ title }: { title: string }) => title.includes("OQ-DELETE-LOCKED"));
    expect(challenge["relevant-evidence"]).toMatchObject([{ href: "oq/OQ-DELETE-LOCKED.json" }]);
  });

  it("names each id once, and only observations that are there", () => {
    const text = WHOLE["OSCAL-AR"]!;
    const ids = [...text.matchAll(/"uuid":"([^"]+)"/g)].map(([, id]) => id!);
    const named = [...text.matchAll(/"observation-uuid":"([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    expect([named.length, named.filter((id) => !ids.includes(id))]).toEqual([8, []]);
  });

  it("imports the plan beside it", () => {
    expect(JSON.parse(WHOLE["OSCAL-AR"]!)["assessment-results"]["import-ap"].href).toBe("OSCAL-AP-sample-run.json");
  });

  it("plans the same whatever came of it", () => {
    expect(FAILED["OSCAL-AP"]).toBe(WHOLE["OSCAL-AP"]);
    expect(GAP["OSCAL-AP"]).toBe(WHOLE["OSCAL-AP"]);
  });
});

describe("the in-toto Statement of a run", () => {
  it("is the one that the seal signs, with the steps named", () => {
    const { predicate, ...statement } = JSON.parse(WHOLE["IN-TOTO"]!);
    const sealed = sealedStatement(folder) as { predicate: object };
    expect({ ...statement, predicate: sealed.predicate }).toEqual(sealed);
    expect(predicate).toMatchObject(sealed.predicate);
    expect(predicate.result).toBe("WARNED");
    expect(predicate.warnedTests).toEqual([
      "IQ-landing-zone/IQ-aws_s3_bucket_inventory.raw",
      "OQ-landing-zone/OQ-TRAIL-TO-LOGS",
    ]);
    expect([predicate.passedTests.length, predicate.failedTests]).toEqual([6, []]);
  });

  it("has what failed and what has no result among the failed, and no other result", () => {
    const said = [FAILED, GAP].map((formats) => JSON.parse(formats["IN-TOTO"]!).predicate);
    expect(said.map(({ result, failedTests }) => [result, failedTests])).toEqual([
      ["FAILED", ["OQ-landing-zone/OQ-SHORTEN"]],
      ["FAILED", ["OQ-landing-zone/OQ-SHORTEN"]],
    ]);
  });
});

it("takes any text in every format", () => {
  // A journal takes no lone surrogate.
  const strings = hostileStrings("run-formats").filter((one) => !hasLoneSurrogate(one));
  const text = strings.slice(0, 40).join("\n");
  const formats = sampleFormats(fresh(), {
    result: changed("OQ-SHORTEN", { result: "FAIL", reason: text, actual: text }),
  });
  expect(results(formats.JUNIT!)["OQ-SHORTEN"]).toBe("failure");
  expect(findings(formats)["P11-10c-01"]).toBe("not-satisfied fail");
});

/** The sample run without the steps that wait for AWS: nothing of the control is left open. */
function onlyRun(vary: Variation = {}): Readonly<Record<string, string>> {
  const without = (protocol: typeof IQ) => ({
    ...protocol,
    steps: protocol.steps.filter(({ requires }) => requires !== "aws"),
  });
  const commitments = { ...COMMITMENTS, notRun: [] };
  return sampleFormats(fresh(), { ...vary, commitments, protocols: [without(IQ), without(OQ)] });
}
