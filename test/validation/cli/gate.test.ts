// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gate } from "../../../validation/cli/gate";
import { loadPolicy, type Policy } from "../../../validation/gate";
import { assertSchema } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";
import { PRODUCTION } from "../../gate/mutation/documents";
import { fixturePolicy, writePolicyFolder } from "../gate/policy-fixture";

const PLAN = path.join(PRODUCTION, "plan.json");
const INPUTS = ["--plan", PLAN, "--synth", path.join(PRODUCTION, "cdk.tf.json")];
const SETTINGS = path.join(PRODUCTION, "part11.yaml");
const COMPLETE = [...INPUTS, "--lock", path.join(PRODUCTION, ".terraform.lock.hcl")];
const IN_PRODUCTION = ["--environment", "production", "--settings", SETTINGS];

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

type Tags = Record<string, string>;

interface Plan {
  format_version: string;
  resource_changes: { type: string; change: { after: { tags: Tags; tags_all: Tags; block_public_policy: boolean } } }[];
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(argv: readonly string[], policyFolder?: string): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
    cwd: folder,
  };
  const code = await gate([...argv], io, policyFolder);
  return { code, stdout, stderr };
}

function changedPlan(name: string, change: (plan: Plan) => void): string {
  const plan = JSON.parse(fs.readFileSync(PLAN, "utf8"));
  change(plan);
  return written(name, JSON.stringify(plan));
}

function written(name: string, text: string | Buffer): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

function policyWith(name: string, change: (policy: Policy) => Policy): string {
  const target = path.join(folder, name);
  writePolicyFolder(target, change(loadPolicy()));
  return target;
}

function publicBucket(plan: Plan): void {
  for (const { type, change } of plan.resource_changes) {
    if (type === "aws_s3_bucket_public_access_block") change.after.block_public_policy = false;
  }
}

describe("the gate on the production plan", () => {
  it("passes with synth and lock, and says so with exit code 0", async () => {
    const { code, stdout, stderr } = await run([...COMPLETE, ...IN_PRODUCTION]);
    expect(stdout).toMatch(/^part11 gate {2}pass {2}production\n/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("prints decisions that hold to their schema and nothing else", async () => {
    const { stdout } = await run([...COMPLETE, ...IN_PRODUCTION, "--format", "json"]);
    expect(() => assertSchema("decisions", JSON.parse(stdout), "stdout")).not.toThrow();
  });

  it("prints the same bytes for the same input", async () => {
    const argv = [...COMPLETE, ...IN_PRODUCTION, "--format", "json"];
    expect((await run(argv)).stdout).toBe((await run(argv)).stdout);
  });

  it("writes to --out what --format json prints, whatever the format", async () => {
    const out = path.join(folder, "decisions.json");
    await run([...COMPLETE, ...IN_PRODUCTION, "--out", out]);
    const { stdout } = await run([...COMPLETE, ...IN_PRODUCTION, "--format", "json"]);
    expect(fs.readFileSync(out, "utf8")).toBe(stdout);
  });

  it("reads the plan from stdin", () => {
    const script = `require("ts-node/register"); require(${JSON.stringify(path.join(packageRoot(), "validation/cli/gate"))})
      .gate(process.argv.slice(1), { stdout: process.stdout, stderr: process.stderr, env: {}, cwd: process.cwd() })
      .then((code) => { process.exitCode = code; });`;
    const argv = ["-e", script, "--", "--plan", "-", ...COMPLETE.slice(2), ...IN_PRODUCTION];
    const { status, stdout } = spawnSync(process.execPath, argv, {
      cwd: packageRoot(),
      input: fs.readFileSync(PLAN),
      encoding: "utf8",
    });
    expect({ status, stdout: stdout.split("\n")[0] }).toEqual({ status: 0, stdout: "part11 gate  pass  production" });
  });
});

describe("the gate finds", () => {
  it("a weakened plan, with exit code 1", async () => {
    const plan = changedPlan("public.json", publicBucket);
    const { code, stdout } = await run(["--plan", plan, ...COMPLETE.slice(2), ...IN_PRODUCTION]);
    expect(stdout).toMatch(/^part11 gate {2}fail {2}production\n/);
    expect(code).toBe(1);
  });

  it("a plan without its synth, since lifecycle settings are not known", async () => {
    const { code, stdout } = await run(["--plan", PLAN, ...COMPLETE.slice(4), ...IN_PRODUCTION]);
    expect({ code, verdict: stdout.split("\n")[0] }).toEqual({ code: 1, verdict: "part11 gate  fail  production" });
  });

  it("a plan without its lock file", async () => {
    expect((await run([...INPUTS, ...IN_PRODUCTION])).code).toBe(1);
  });

  it.each([
    ["an errored plan", { errored: true }],
    ["a plan made with -target", { complete: false }],
  ])("%s", async (_, part) => {
    const plan = changedPlan("partial.json", (document) => Object.assign(document, part));
    const { code, stdout } = await run([
      ...["--plan", plan, ...COMPLETE.slice(2), ...IN_PRODUCTION],
      ...["--fail-on", "critical", "--format", "json"],
    ]);
    const finding = JSON.parse(stdout).controls.find(({ id }: { id: string }) => id === "META-01");
    expect({ code, status: finding.status }).toEqual({ code: 1, status: "fail" });
  });

  it("tags of another environment as critical", async () => {
    const plan = changedPlan("tags.json", ({ resource_changes }) => {
      for (const { type, change } of resource_changes) {
        if (type !== "aws_s3_bucket") continue;
        for (const tags of [change.after.tags, change.after.tags_all]) tags.Environment = "development";
      }
    });
    const argv = ["--plan", plan, ...COMPLETE.slice(2), ...IN_PRODUCTION, "--format", "json", "--fail-on", "critical"];
    const { code, stdout } = await run(argv);
    const control = JSON.parse(stdout).controls.find(({ id }: { id: string }) => id === "META-06");
    expect(control.findings.map(({ severity }: { severity: string }) => severity)).toContain("critical");
    expect(code).toBe(1);
  });
});

describe("the gate could not judge, and exits with 2, given", () => {
  const refused: ReadonlyArray<readonly [string, string, () => readonly string[]]> = [
    ["no environment", "USAGE", () => COMPLETE],
    ["an unknown environment", "USAGE", () => [...COMPLETE, "--environment", "staging"]],
    ["no plan", "USAGE", () => IN_PRODUCTION],
    ["an unknown option", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "--skip", "META-01"]],
    ["an argument too many", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "plan.json"]],
    ["two plans", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "--plan", PLAN]],
    ["a plan and a question for help", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "--help"]],
    ["an unknown format", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "--format", "yaml"]],
    ["an unknown severity", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "--fail-on", "none"]],
    ["a size limit of no bytes", "USAGE", () => [...COMPLETE, ...IN_PRODUCTION, "--max-bytes", "0"]],
    [
      "a size limit above what a text can hold",
      "USAGE",
      () => [...COMPLETE, ...IN_PRODUCTION, "--max-bytes", "536870912"],
    ],
    ["an absent plan", "FILE_NOT_FOUND", () => ["--plan", "absent.json", ...IN_PRODUCTION]],
    ["an absent synth", "FILE_NOT_FOUND", () => ["--plan", PLAN, "--synth", "absent.json", ...IN_PRODUCTION]],
    ["an absent lock file", "FILE_NOT_FOUND", () => ["--plan", PLAN, "--lock", "absent.hcl", ...IN_PRODUCTION]],
    ["a folder for a plan", "FILE_NOT_FOUND", () => ["--plan", folder, ...IN_PRODUCTION]],
    ["a plan above --max-bytes", "FILE_TOO_LARGE", () => [...COMPLETE, ...IN_PRODUCTION, "--max-bytes", "1000"]],
    [
      "a truncated plan",
      "NOT_JSON",
      () => ["--plan", written("cut.json", fs.readFileSync(PLAN).subarray(0, -2)), ...IN_PRODUCTION],
    ],
    ["an empty plan", "NOT_JSON", () => ["--plan", written("empty.json", ""), ...IN_PRODUCTION]],
    ["a synth for a plan", "PLAN_FOREIGN", () => ["--plan", path.join(PRODUCTION, "cdk.tf.json"), ...IN_PRODUCTION]],
    ["a plan for a synth", "SYNTH_FOREIGN", () => ["--plan", PLAN, "--synth", PLAN, ...IN_PRODUCTION]],
    [
      "a plan of format 2.0",
      "PLAN_FORMAT",
      () => ["--plan", changedPlan("v2.json", (p) => Object.assign(p, { format_version: "2.0" })), ...IN_PRODUCTION],
    ],
    [
      "a plan as output",
      "USAGE",
      () => {
        const plan = written("own.json", fs.readFileSync(PLAN));
        return ["--plan", plan, "--out", plan, ...IN_PRODUCTION];
      },
    ],
  ];

  it.each(refused)("%s", async (_, code, argv) => {
    const result = await run([...argv(), "--format", "json"]);
    const record = JSON.parse(result.stdout);
    expect(() => assertSchema("decisions", record, "stdout")).not.toThrow();
    expect({ exit: result.code, verdict: record.verdict, code: record.error?.code }).toEqual({
      exit: 2,
      verdict: "error",
      code,
    });
    expect(result.stderr.startsWith(`${code}: `)).toBe(true);
  });

  it("a plan as output, which stays as it is", () => {
    expect(fs.readFileSync(path.join(folder, "own.json")).equals(fs.readFileSync(PLAN))).toBe(true);
  });

  it("findings and an error at once: the error outranks them", async () => {
    const plan = changedPlan("both.json", publicBucket);
    expect((await run(["--plan", plan, "--settings", "absent.yaml", ...IN_PRODUCTION])).code).toBe(2);
  });

  const policies: ReadonlyArray<readonly [string, string, (policy: Policy) => Policy]> = [
    ["a wasm with a byte more", "POLICY_DIGEST", (p) => ({ ...p, wasm: Buffer.concat([p.wasm, Buffer.from([0])]) })],
    [
      "a control that the wasm does not answer",
      "ENGINE_PROOF",
      (p) => withControls(p, (all) => [...all, { ...all[0]!, id: "P11-99", package: "part11.p11_99" }]),
    ],
    ["a control that the sidecar does not list", "ENGINE_PROOF", (p) => withControls(p, (all) => all.slice(1))],
    ["a sidecar without controls", "SCHEMA_MISMATCH", (p) => withControls(p, () => [])],
  ];

  it.each(policies)("%s", async (name, code, change) => {
    const result = await run(
      [...COMPLETE, ...IN_PRODUCTION, "--format", "json"],
      policyWith(name.replaceAll(" ", "-"), change),
    );
    expect({ exit: result.code, code: JSON.parse(result.stdout).error?.code }).toEqual({ exit: 2, code });
  });

  it("policies that leave a resource out", async () => {
    const main = fs.readFileSync(
      path.join(__dirname, "..", "gate", "fixture", "policies", "main", "main.rego"),
      "utf8",
    );
    const forgetful = await fixturePolicy({ "main/main.rego": main.replace('"aws_s3_bucket", ', "") });
    const target = path.join(folder, "forgetful");
    writePolicyFolder(target, forgetful);
    const { code, stdout } = await run([...COMPLETE, ...IN_PRODUCTION, "--format", "json"], target);
    expect({ exit: code, code: JSON.parse(stdout).error?.code }).toEqual({ exit: 2, code: "ENGINE_PROOF" });
  });

  it("no compiled policies", async () => {
    expect((await run([...COMPLETE, ...IN_PRODUCTION], path.join(folder, "nowhere"))).code).toBe(2);
  });
});

describe("a run that could not judge", () => {
  it("replaces the decisions of an earlier run by its error record", async () => {
    const out = written("stale.json", '{"verdict":"pass"}');
    await run(["--plan", "absent.json", "--out", out, ...IN_PRODUCTION]);
    expect(JSON.parse(fs.readFileSync(out, "utf8"))).toMatchObject({
      verdict: "error",
      error: { code: "FILE_NOT_FOUND" },
    });
  });

  it("keeps its text format on stdout and its sentence on stderr", async () => {
    const { stdout, stderr } = await run(["--plan", "absent.json", ...IN_PRODUCTION]);
    expect(stdout).toBe("part11 gate  error FILE_NOT_FOUND  could not judge\n");
    expect(stderr).toMatch(/^FILE_NOT_FOUND: file not read in .*absent\.json: expected .*, got .*; .*\n$/);
  });

  it("prints no control character of a file name", async () => {
    const { stdout, stderr } = await run(["--plan", "a\u001b[2J\u202e.json", ...IN_PRODUCTION]);
    expect(`${stdout}${stderr}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

function withControls(
  policy: Policy,
  change: (all: Policy["sidecar"]["controls"]) => Policy["sidecar"]["controls"],
): Policy {
  return { ...policy, sidecar: { ...policy.sidecar, controls: change(policy.sidecar.controls) } };
}
