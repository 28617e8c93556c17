// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import type { Decisions } from "../../../validation/gate";
import { assertSchema } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";
import { drawn } from "../../drawn";
import { judgedAttested } from "./attested";
import { PASSING } from "./bases";
import { argumentsFor, gateOf, type Told } from "./command-line";
import { drawnPlans, drawnSteps, nearPassing, planOf } from "./generated";
import { judgedBytes } from "./pipeline";
import { BROKEN, passedAgainstReference, refusal } from "./properties";
import { denied } from "./reference";

const FULL = process.env.PART11_FULL === "1";
/** A plan of the size of a zone takes the time of three small ones. */
const MOST_NEAR = 10_000;
const HOUR = 3_600_000;

const CLI = path.join("validation", "cli");
/** The built command in the full run; else its source, for what is built may be of another day. */
const COMMAND = FULL ? [path.join("dist", `${CLI}.js`)] : ["-r", "ts-node/register/transpile-only", `${CLI}.ts`];

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-fuzz-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

it("the plan that passes is one in which the reference finds nothing", () => {
  const text = fs.readFileSync(path.join(PASSING, "plan.json"));
  expect(denied(JSON.parse(text.toString()))).toEqual([]);
  expect(judgedAttested(text).verdict).toBe("pass");
});

it("a gate that forgot a control is found out by a plan that then passes", () => {
  const plan = nearPassing([]);
  const trail = plan.resource_changes.find(({ type }) => type === "aws_cloudtrail")!;
  trail.change.after.enable_log_file_validation = false;
  const bytes = Buffer.from(JSON.stringify(plan));
  expect(passedAgainstReference(plan, judgedAttested(bytes))).toEqual([]);
  expect(passedAgainstReference(plan, judgedAttested(bytes, "P11-10e-02"))).toEqual(["P11-10e-02", "verdict"]);
});

describe("of generated plans, the reference denies none that passes", () => {
  it(
    "through facts and policies",
    () => {
      const outcomes = new Map<string, number>();
      const property = fc.property(drawnPlans, (drawnPlan) => {
        const text = JSON.stringify(planOf(drawnPlan));
        const code = outcomeOf(text, judgedBytes);
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        expect(BROKEN).not.toContain(code);
      });
      const started = Date.now();
      fc.assert(property, drawn("generated plans", 200));
      report("generated plans", outcomes, started);
    },
    HOUR,
  );

  it(
    "near one that passes, of which many pass",
    () => {
      const outcomes = new Map<string, number>();
      const property = fc.property(drawnSteps, (steps) => {
        const code = outcomeOf(JSON.stringify(nearPassing(steps)), (bytes) => judgedAttested(bytes));
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        expect(BROKEN).not.toContain(code);
      });
      const started = Date.now();
      fc.assert(property, drawn("generated plans near one that passes", 60, MOST_NEAR));
      report("near one that passes", outcomes, started);
      expect(outcomes.get("pass")).toBeGreaterThan(0);
      expect(outcomes.get("fail")).toBeGreaterThan(0);
    },
    HOUR,
  );

  it(
    "through the command line in this process",
    async () => {
      const property = fc.asyncProperty(drawnPlans, async (drawnPlan) => {
        const text = JSON.stringify(planOf(drawnPlan));
        assertTold(text, await gateOf(text, folder));
      });
      await fc.assert(property, drawn("generated plans through main", 20, 1_000));
    },
    HOUR,
  );

  it(
    "as whole processes",
    () => {
      const property = fc.property(drawnPlans, (drawnPlan) => {
        const text = JSON.stringify(planOf(drawnPlan));
        const file = path.join(folder, "whole.json");
        fs.writeFileSync(file, text);
        const { status, stdout } = spawnSync(process.execPath, [...COMMAND, ...argumentsFor(file)], {
          encoding: "utf8",
          cwd: packageRoot(),
        });
        assertTold(text, { code: status, record: JSON.parse(stdout) });
      });
      fc.assert(property, drawn("generated plans as whole processes", 3, FULL ? 200 : 3));
    },
    HOUR,
  );
});

/** "pass", "fail", or the code of the refusal; throws when the reference denies what passes. */
function outcomeOf(text: string, judged: (bytes: Uint8Array) => Decisions): string {
  try {
    const decisions = judged(Buffer.from(text));
    expect(passedAgainstReference(JSON.parse(text), decisions)).toEqual([]);
    return decisions.verdict;
  } catch (error) {
    return refusal(error);
  }
}

function assertTold(text: string, { code, record }: Told): void {
  if (record.verdict === "error") {
    expect(code).toBe(2);
    expect(BROKEN).not.toContain("error" in record ? record.error.code : undefined);
    return;
  }
  const decisions = record as Exclude<typeof record, { readonly error: unknown }>;
  expect(code).toBe(decisions.verdict === "pass" ? 0 : 1);
  assertSchema("decisions", decisions, "decisions");
  expect(passedAgainstReference(JSON.parse(text), decisions)).toEqual([]);
}

function report(name: string, outcomes: ReadonlyMap<string, number>, started: number): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const told = [...outcomes].map(([code, count]) => `${count} ${code}`).join(", ");
  process.stdout.write(`${name}: ${told}; ${seconds} s\n`);
}
