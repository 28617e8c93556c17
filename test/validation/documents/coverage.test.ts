// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { svgFile } from "../../../validation/documents/html/svg-file";
import { byClause, coverageOf } from "../../../validation/documents/pictures/coverage";
import { coverageFigures, coverageTable } from "../../../validation/documents/pictures/coverage-figure";
import { readSealedRun, type SealedRun, type StepFinished } from "../../../validation/evidence";
import { assertSchema } from "../../../validation/json";
import { IQ, OQ, sampleRun, type Variation } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { documentOfText } from "./sample-documents";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

interface Control {
  readonly id: string;
  readonly status: string;
  readonly title?: string;
  readonly clauses?: readonly string[];
}

/** Steps of the sample run name this control. */
const NAMED = "P11-10c-01";
const SOUND: Control = { id: NAMED, status: "pass", title: "Object Lock is on", clauses: ["11.10(c)"] };

let folders = 0;

/** A run whose gate said this of every plan. */
function run(controls: readonly Control[], vary: Variation = {}): SealedRun {
  const folder = path.join(temporary.path, `run-${++folders}`);
  sampleRun(folder, vary);
  const bundle = readSealedRun(folder);
  return { ...bundle, read: (ref) => (ref.path.startsWith("gate/") ? { controls } : bundle.read(ref)) };
}

const sound = run([SOUND]);
const stateOf = (bundle: SealedRun, id = NAMED) =>
  coverageOf(bundle).controls.find((control) => control.id === id)?.state;
const notSeen = ({ protocol, step }: StepFinished) => ({ protocol, step, evidence: [] });
/** Every step that only AWS could run passes as well. */
const everywhere: Variation = {
  result: (r) => (r.result === "NOT RUN" ? { ...notSeen(r), result: "PASS", actual: "seen" } : r),
};

describe("a control", () => {
  it("that the gate passes and whose every step passed is shown", () => {
    expect(stateOf(run([SOUND], everywhere))).toBe("SHOWN");
  });

  it("of which a step did not run is shown in part", () => {
    expect(stateOf(sound)).toBe("PARTLY");
  });

  it("that no step names is a gap, though the gate passes it", () => {
    expect(stateOf(run([{ ...SOUND, id: "P11-10d-99" }]), "P11-10d-99")).toBe("GAP");
  });

  it("whose steps did not run at all is a gap", () => {
    const vary: Variation = { result: (r) => ({ ...notSeen(r), result: "NOT RUN", actual: "", reason: "no time" }) };
    expect(stateOf(run([SOUND], vary))).toBe("GAP");
  });

  it("that waits for its module is a gap", () => {
    expect(stateOf(run([{ ...SOUND, status: "pending" }], everywhere))).toBe("GAP");
  });

  it.each(["fail", "unknown", "error", "something else"])(
    "of which the gate says %s is not held, whatever was seen",
    (status) => {
      expect(stateOf(run([{ ...SOUND, status }], everywhere))).toBe("NOT HELD");
    },
  );

  it.each([
    ["failed", "FAIL"],
    ["has no result", undefined],
  ] as const)("of which one step %s has failed", (_name, result) => {
    const vary: Variation = {
      result: (r) => (r.step !== "OQ-SHORTEN" ? r : result && { ...r, result, reason: "it was shortened" }),
    };
    expect(stateOf(run([SOUND], vary))).toBe("FAILED");
  });

  it("that has nothing to judge and no challenge is not applicable", () => {
    expect(stateOf(run([{ ...SOUND, id: "P11-10d-99", status: "not_applicable" }]), "P11-10d-99")).toBe(
      "NOT APPLICABLE",
    );
  });

  it("that only the plan for production has something to judge for is shown in part by a qualification of another one", () => {
    const bundle = run([SOUND], everywhere);
    const read: SealedRun["read"] = (ref) =>
      ref.path === "gate/target.json" ? { controls: [{ ...SOUND, status: "not_applicable" }] } : bundle.read(ref);
    expect(stateOf({ ...bundle, read })).toBe("SHOWN");
    const withoutChallenges = { ...OQ, steps: OQ.steps.map((step) => ({ ...step, controls: [] })) };
    const record = { ...bundle.record, protocols: [IQ, withoutChallenges] };
    expect(stateOf({ ...bundle, record, read })).toBe("PARTLY");
  });

  it("that steps name and the gate never judged stands below the clauses of its steps", () => {
    const coverage = coverageOf(run([]));
    expect(
      coverage.controls.map(({ id, clauses, verdicts }) => ({ id, clauses, verdicts: [...new Set(verdicts)] })),
    ).toEqual([{ id: NAMED, clauses: ["11.10(c)", "11.10(e)"], verdicts: ["not judged"] }]);
  });
});

test("a control stands below each of its clauses, clauses in their order", () => {
  const clauses = (id: string, ...named: readonly string[]) => ({ ...SOUND, id, clauses: named });
  const coverage = coverageOf(run([clauses("A", "11.200(a)", "11.10(e)"), clauses("B", "11.10(e)"), SOUND]));
  expect([...byClause(coverage)].map(([clause, controls]) => [clause, ...controls.map(({ id }) => id)])).toEqual([
    ["11.10(c)", NAMED],
    ["11.10(e)", "A", "B"],
    ["11.200(a)", "A"],
  ]);
});

test("a gap is told by a broken frame, by its word and in the description", () => {
  const [figure] = coverageFigures(coverageOf(run([SOUND, { ...SOUND, id: "P11-10d-99" }])));
  const boxes = figure!.drawing.shapes.filter((shape) => shape.shape === "box" && shape.dashed);
  expect(boxes.map((box) => "fill" in box && box.fill)).toEqual(["bad", "paper", "paper"]);
  expect(figure!.drawing.shapes).toContainEqual(expect.objectContaining({ text: "P11-10d-99 GAP" }));
  expect(figure!.description).toContain("Gaps: P11-10d-99.");
});

test("pictures of many controls are cut at clauses so that each fits its page", () => {
  const controls = Array.from({ length: 150 }, (_, i) => ({ ...SOUND, id: `P11-${i}`, clauses: [`11.${i % 7}`] }));
  const figures = coverageFigures(coverageOf(run(controls)), 560);
  expect(figures.length).toBeGreaterThan(1);
  const model = { ...documentOfText("text"), blocks: figures };
  expect(() => assertSchema("document", model, "a document")).not.toThrow();
  const ids = figures.flatMap(({ drawing }) =>
    drawing.shapes.flatMap((shape) =>
      shape.shape === "label" && shape.bold ? (/^P11-\d+/.exec(shape.text) ?? []) : [],
    ),
  );
  expect(new Set(ids).size).toBe(150);
});

test("the same run gives the same bytes", () => {
  const file = (bundle: SealedRun) => svgFile(coverageFigures(coverageOf(bundle))[0]!);
  expect(file(run([SOUND]))).toBe(file(sound));
});

test("the table names the steps that the picture counts", () => {
  const { protocols } = sound.record;
  const order = new Map(protocols.flatMap(({ steps }) => steps).map(({ id }, place) => [id, place]));
  const { rows } = coverageTable(coverageOf(sound), order);
  expect(rows[0]!.slice(2)).toEqual([
    "pass / pass / pass",
    ["IQ-aws_s3_bucket.raw to IQ-aws_s3_bucket_inventory.raw (3)", "1 NOT RUN, 2 PASS"],
    ["OQ-DELETE-LOCKED to OQ-TRAIL-TO-LOGS (5)", "1 NOT RUN, 4 PASS"],
  ]);
});
