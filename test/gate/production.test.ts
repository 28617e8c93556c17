// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { decide, type Evaluation, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { Evaluator } from "../../validation/gate/evaluate";
import { packageRoot } from "../../validation/package-root";
import { ensureOpa, runCommand } from "../../validation/toolchain";
import { writeMultipliedPlan } from "../bench/multiplied-plan";
import { resourceCount } from "../bench/multiply";
import { PRODUCTION } from "./mutation/documents";
import { asSets, saidByOpa, stockOpa } from "./stock-opa";

const policy = loadPolicy();
const FILES = {
  plan: path.join(PRODUCTION, "plan.json"),
  synth: path.join(PRODUCTION, "cdk.tf.json"),
  lock: path.join(PRODUCTION, ".terraform.lock.hcl"),
  settings: path.join(PRODUCTION, "part11.yaml"),
  environment: "production",
  maxBytes: 2 ** 29 - 1,
};
const SEPARATE = { plan: FILES.plan, environment: "development", maxBytes: FILES.maxBytes };

describe("the offline production plan", () => {
  const facts = factsFor(policy, FILES, packageRoot());
  const decisions = decide(facts, policy, evaluate(facts, policy));

  it("passes with zero findings and nothing unknown", () => {
    expect(decisions.controls.flatMap(({ id, findings }) => findings.map((f) => `${id} ${f.address}`))).toEqual([]);
    expect(decisions.verdict).toBe("pass");
  });

  it("is judged alike where it is too large for all controls at once", () => {
    const inPieces = new Evaluator(policy, 300).all(facts);
    expect(asSets(inPieces)).toEqual(asSets(evaluate(facts, policy)));
  });

  it("waits for no module: no control is pending", () => {
    expect(policy.sidecar.controls.filter((control) => control.pending !== undefined).map(({ id }) => id)).toEqual([]);
  });

  it("passes nothing of which the catalogue says that no module brings it", () => {
    const passed = new Set(decisions.controls.filter(({ status }) => status === "pass").map(({ id }) => id));
    const orphans = policy.sidecar.controls.filter(
      ({ id, verified_by }) => passed.has(id) && verified_by.some((step) => /^none: no module/.test(step)),
    );
    expect(orphans.map(({ id }) => id)).toEqual([]);
  });

  it("leaves not applicable what the committed list names, for the reason it names", () => {
    const file = path.join(__dirname, "not-applicable.json");
    const given = decisions.controls
      .filter(({ status }) => status === "not_applicable")
      .map(({ id, reason }) => [id, reason]);
    expect(Object.fromEntries(given)).toEqual(JSON.parse(fs.readFileSync(file, "utf8")));
  });
});

describe("stock opa on the facts", () => {
  // The wasm compiler and the interpreter are two engines: a difference between them is a control that means two things.
  it.each([
    ["the production plan", FILES],
    ["the same without synth and lock, as development", SEPARATE],
  ])("decides as the wasm does, of %s", async (_, files) => {
    const facts = factsFor(policy, files, packageRoot());
    const interpreted = await evaluatedByOpa(facts);
    expect(decide(facts, policy, interpreted)).toEqual(decide(facts, policy, evaluate(facts, policy)));
    expect(asSets(interpreted)).toEqual(asSets(evaluate(facts, policy)));
  });

  // One zone alone rarely has two of a kind, so that a control which names an arbitrary one of several is not noticed in it.
  it("decides as the wasm does, of three zones in one plan", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      const three = writeMultipliedPlan(folder, 3 * resourceCount(fs.readFileSync(FILES.plan, "utf8")));
      const facts = factsFor(policy, { ...FILES, ...three }, packageRoot());
      expect(asSets(await evaluatedByOpa(facts))).toEqual(asSets(evaluate(facts, policy)));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

async function evaluatedByOpa(facts: object): Promise<Evaluation> {
  const { path: opa } = await ensureOpa({ cwd: packageRoot(), env: process.env });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const input = path.join(folder, "facts.json");
    fs.writeFileSync(input, JSON.stringify(facts));
    const { stdout } = await runCommand(opa, stockOpa(input), { cwd: packageRoot(), env: process.env });
    return saidByOpa(stdout, policy.sidecar.controls);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
