// SPDX-License-Identifier: Apache-2.0
import { type Outcome, type Places, render } from "../../../../validation/gate";
import { control, decisions, FAILED, finding, REFUSED } from "./sample";

const run = (outcome: Outcome, places?: Places) => JSON.parse(render("sarif", outcome, { places })).runs[0];

test("a result points at its file and line, its name encoded", () => {
  const places = () => ({ file: "cdktf.out/a stack/cdk.tf.json", line: 12 });
  expect(run(FAILED, places).results[0].locations[0]).toMatchObject({
    physicalLocation: { artifactLocation: { uri: "cdktf.out/a%20stack/cdk.tf.json" }, region: { startLine: 12 } },
    logicalLocations: [{ fullyQualifiedName: "aws_s3_bucket.raw" }, { fullyQualifiedName: "zone/raw/lock" }],
  });
});

test("results point at the rules that they name", () => {
  const { results, tool } = run(FAILED);
  expect(results.map((one: { ruleIndex: number }) => tool.driver.rules[one.ruleIndex].id)).toEqual(
    results.map((one: { ruleId: string }) => one.ruleId),
  );
});

test("what fails the gate is an error, a doubt that does not a warning, what waits or is waived a note", () => {
  const levels = run(FAILED).results.map((one: { ruleId: string; level: string }) => `${one.ruleId} ${one.level}`);
  expect(levels).toEqual(["P11-10c-02 error", "P11-30-01 warning", "P11-10f-01 note", "P11-10k-01 note"]);
});

test("a waived result is suppressed with its reason, a pending one is not", () => {
  const suppressed = run(FAILED).results.map((one: { suppressions?: object[] }) => one.suppressions);
  const accepted = { kind: "external", status: "accepted", justification: "waived: risk accepted until March" };
  expect(suppressed).toEqual([undefined, undefined, undefined, [accepted]]);
});

test("the message of a pending result says why it waits, that of another does not", () => {
  const texts = run(FAILED).results.map((one: { message: { text: string } }) => one.message.text);
  expect(texts.map((text: string) => text.includes("Pending: no module yet."))).toEqual([false, false, true, false]);
});

test("two findings have two fingerprints, and the same ones in another run", () => {
  const two = decisions("fail", [control({ status: "fail", findings: [finding(), finding({ attribute: "other" })] })]);
  const prints = () =>
    run(two).results.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints));
  expect(new Set(prints()).size).toBe(2);
  expect(prints()).toEqual(prints());
});

test("a run that judged nothing did not succeed", () => {
  const { invocations } = run(REFUSED);
  expect(invocations).toMatchObject([
    { executionSuccessful: false, toolExecutionNotifications: [{ descriptor: { id: "NOT_JSON" } }] },
  ]);
});
