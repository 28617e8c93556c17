// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readJournal, type StepFinished, verifyBundle } from "../../validation/evidence";
import { packageRoot } from "../../validation/package-root";
import { type Qualification, qualifyFolder } from "../../validation/qualify";

const OWN = path.join(packageRoot(), "test", "full", "own-terraform");

let scratch: string;
beforeAll(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-dir-"));
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** The small stack of a team of its own, locked in the given mode. */
function ownStack(mode: "COMPLIANCE" | "GOVERNANCE"): Promise<Qualification> {
  const dir = path.join(scratch, mode.toLowerCase());
  fs.cpSync(OWN, dir, { recursive: true });
  fs.writeFileSync(path.join(dir, "mode.auto.tfvars"), `lock_mode = "${mode}"\n`);
  const settings = path.join(OWN, "part11.yaml");
  const out = path.join(scratch, `bundle-${mode}`);
  const told = { dir, settings, environment: "qualification", system: "records" } as const;
  return qualifyFolder({ ...told, cwd: packageRoot(), env: process.env, out, onProgress: () => undefined });
}

function steps({ folder }: Qualification): readonly StepFinished[] {
  return readJournal(path.join(folder, "journal.jsonl")).flatMap((entry) =>
    entry.type === "step-finished" ? [entry.body] : [],
  );
}

const ofLock = (run: Qualification) =>
  Object.fromEntries(
    steps(run)
      .filter(({ step }) => step.startsWith("OQ-"))
      .map(({ step, result }) => [step, result]),
  );

describe("a stack of a team of its own, whose buckets are locked in COMPLIANCE", () => {
  let run: Qualification;
  beforeAll(async () => {
    run = await ownStack("COMPLIANCE");
  }, 1_800_000);

  it("leaves a sealed bundle of its own system", () => {
    expect(verifyBundle(run.folder).summary).toMatchObject({ system: "records" });
  });

  it("passes every challenge of the tagged bucket and of the mapped one", () => {
    const results = ofLock(run);
    expect(Object.keys(results)).toHaveLength(16);
    expect(new Set(Object.values(results))).toEqual(new Set(["PASS"]));
  });

  it("agrees with its configuration, resource by resource", () => {
    const installed = steps(run).filter(({ protocol }) => protocol === "IQ");
    expect(installed.filter(({ result }) => result !== "PASS").map(({ step, reason }) => [step, reason])).toEqual([]);
  });

  it("is FAILED for what the gate found, and for nothing else", () => {
    const others = run.summary.problems.filter(({ where }) => where !== "plan folder");
    expect([run.summary.status, others]).toEqual(["FAILED", []]);
  });

  it("left the folder as it was", () => {
    const below = (dir: string) => fs.readdirSync(dir, { recursive: true, encoding: "utf8" });
    expect(below(path.join(scratch, "compliance")).sort()).toEqual([...below(OWN), "mode.auto.tfvars"].sort());
  });
});

describe("the same stack, locked in GOVERNANCE", () => {
  let run: Qualification;
  beforeAll(async () => {
    run = await ownStack("GOVERNANCE");
  }, 1_800_000);

  it("fails, since the challenge saw a version deleted by the bypass header", () => {
    const deleted = steps(run).find(({ step }) => step === "OQ-B1-lock-delete-bypass");
    expect(deleted).toMatchObject({ result: "FAIL", reason: "the call was not refused" });
    expect(run.summary.problems).toContainEqual({
      status: "FAILED",
      where: "step OQ-B1-lock-delete-bypass",
      what: "the call was not refused",
    });
  });

  it("fails by its mode, which no object has to be deleted for", () => {
    expect(ofLock(run)["OQ-B1-lock-default-retention"]).toBe("FAIL");
  });
});
