// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { makePlan } from "../../validation/plan";
import { ensureVenv } from "../../validation/toolchain/python";
import { PRODUCTION } from "../gate/mutation/documents";
import { removeTemporaryFolders, temporaryFolder } from "../validation/plan/fixture-app/project";

interface Exception {
  readonly check: string;
  readonly reason: string;
  /** Stack -> logical id -> why this one. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Report {
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly results: {
    readonly failed_checks: readonly Finding[];
    readonly skipped_checks: readonly Finding[];
    readonly parsing_errors: readonly unknown[];
  };
}

interface Finding {
  readonly check_id: string;
  readonly resource: string;
}

const FOLDER = path.join(__dirname, "checkov");
const EVIDENCE_SETTINGS = path.join(packageRoot(), "stacks", "settings", "evidence-production.yaml");
const MOST_EXCEPTIONS = 5;
/** Less would mean that checkov did not read the plan. */
const LEAST_PASSED = { "clinical-landing-zone": 300, evidence: 250, "oq-challenge": 40 } as const;

type Stack = keyof typeof LEAST_PASSED;

const exceptions = JSON.parse(fs.readFileSync(path.join(FOLDER, "exceptions.json"), "utf8")) as readonly Exception[];
let python: string;

beforeAll(async () => {
  const context = { cwd: packageRoot(), env: process.env };
  python = (await ensureVenv(path.join(FOLDER, "requirements.txt"), context)).python;
}, 900_000);
afterAll(removeTemporaryFolders);

/** What checkov finds in a plan, with every check it has and none of its own network calls. */
function checked(plan: string): Report {
  const args = ["-m", "checkov.main", "--file", plan, "--framework", "terraform_plan", "--skip-download"];
  const env = { ...process.env, PATH: `${path.dirname(python)}${path.delimiter}${process.env.PATH}` };
  // In a folder of its own, where no .checkov.yaml leaves anything out.
  const options = { encoding: "utf8", cwd: path.dirname(plan), env, maxBuffer: 2 ** 30 } as const;
  const { stdout, stderr } = spawnSync(python, [...args, "--output", "json"], options);
  if (stdout.trim() === "") throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

function failuresIn({ results }: Report): readonly string[] {
  return results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource.split(".").at(-1)}`).sort();
}

/** What the list says of the resources that a plan of the stack holds, in the form of `failuresIn`. */
function excepted(stack: Stack, plan: string): readonly string[] {
  const { resource_changes }: { resource_changes: { name: string }[] } = JSON.parse(fs.readFileSync(plan, "utf8"));
  const planned = new Set(resource_changes.map(({ name }) => name));
  return exceptions
    .flatMap(({ check, resources }) => Object.keys(resources[stack] ?? {}).map((id) => ({ check, id })))
    .filter(({ id }) => planned.has(id))
    .map(({ check, id }) => `${check} ${id}`)
    .sort();
}

/** A folder of its own that holds the plan as plan.json. */
async function planOf(stack: Stack, environment: "production" | "qualification" | "development"): Promise<string> {
  const out = temporaryFolder();
  const golden = stack === "clinical-landing-zone" && environment === "production";
  const settings = stack === "evidence" ? EVIDENCE_SETTINGS : undefined;
  if (golden) fs.copyFileSync(path.join(PRODUCTION, "plan.json"), path.join(out, "plan.json"));
  else await makePlan({ stack, environment, out, cwd: packageRoot(), env: process.env, ...(settings && { settings }) });
  return path.join(out, "plan.json");
}

it("excepts at most five checks", () => {
  expect(exceptions.length).toBeLessThanOrEqual(MOST_EXCEPTIONS);
  expect(new Set(exceptions.map(({ check }) => check)).size).toBe(exceptions.length);
});

it.each([
  ["clinical-landing-zone", "production"],
  ["clinical-landing-zone", "qualification"],
  ["clinical-landing-zone", "development"],
  ["evidence", "production"],
  ["oq-challenge", "qualification"],
] as const)(
  "checkov finds nothing in %s of %s but what is excepted, and skips nothing",
  async (stack, environment) => {
    const plan = await planOf(stack, environment);
    const report = checked(plan);
    expect(failuresIn(report)).toEqual(excepted(stack, plan));
    expect(report.results.skipped_checks).toEqual([]);
    expect(report.results.parsing_errors).toEqual([]);
    expect(report.summary.passed).toBeGreaterThan(LEAST_PASSED[stack]);
  },
  600_000,
);

it("checkov finds a bucket that is open to the public", async () => {
  const file = await planOf("clinical-landing-zone", "production");
  const plan = fs.readFileSync(file, "utf8").replaceAll('"block_public_policy":true', '"block_public_policy":false');
  fs.writeFileSync(file, plan);
  expect(failuresIn(checked(file))).toContainEqual(expect.stringMatching(/^CKV_AWS_54 Zone_Raw_/));
}, 600_000);
