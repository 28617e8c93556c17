// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { assertSchema } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";
import { drawn } from "../../drawn";
import { argumentsFor, gateOf, type Told } from "./command-line";
import { drawnPlans, planOf } from "./generated";
import { judgedBytes } from "./pipeline";
import { BROKEN, passedAgainstReference, refusal } from "./properties";

const FULL = process.env.PART11_FULL === "1";
const HOUR = 3_600_000;

const CLI = path.join("validation", "cli");
/** The built command in the full run; else its source, for what is built may be of another day. */
const COMMAND = FULL ? [path.join("dist", `${CLI}.js`)] : ["-r", "ts-node/register/transpile-only", `${CLI}.ts`];

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-fuzz-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe("of generated plans, the reference denies none that passes", () => {
  it(
    "through facts and policies",
    () => {
      const outcomes = new Map<string, number>();
      const property = fc.property(drawnPlans, (drawnPlan) => {
        const text = JSON.stringify(planOf(drawnPlan));
        const code = outcomeOf(text);
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        expect(BROKEN).not.toContain(code);
      });
      const started = Date.now();
      fc.assert(property, drawn("generated plans", 200));
      report(outcomes, started);
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
function outcomeOf(text: string): string {
  try {
    const decisions = judgedBytes(Buffer.from(text));
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

function report(outcomes: ReadonlyMap<string, number>, started: number): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const told = [...outcomes].map(([code, count]) => `${count} ${code}`).join(", ");
  process.stdout.write(`generated plans: ${told}; ${seconds} s\n`);
}
