// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { applyPlan, makePlan, type PlanArtifacts, secondPlan, sha256File, writeState } from "../../../validation/plan";
import { applicable, fixtureProject, removeTemporaryFolders, temporaryFolder } from "./fixture-app/project";

afterAll(removeTemporaryFolders);

describe("an applied plan", () => {
  let artifacts: PlanArtifacts;

  beforeAll(async () => {
    artifacts = await makePlan(applicable(fixtureProject()));
  });

  test("names every address and is complete", async () => {
    const result = await applyPlan(artifacts);
    expect(result).toMatchObject({ code: 0, failed: [], notReached: [], complete: true, partial: false });
    expect([...result.applied].sort()).toEqual(["terraform_data.context", "terraform_data.second"]);
  });

  test("leaves nothing to a second plan", async () => {
    expect(await secondPlan(artifacts)).toMatchObject({ empty: true, changes: [], drift: [], outputs: [] });
  });

  test("can be read back as state", async () => {
    const file = path.join(artifacts.out, "..", "state.json");
    await writeState(artifacts, file);
    const state = JSON.parse(fs.readFileSync(file, "utf8"));
    expect(state.values.root_module.resources).toHaveLength(2);
  });

  test("keeps its state in the work folder, not in the user's project", () => {
    expect(fs.readdirSync(artifacts.workDir!)).toContain("terraform.tfstate");
  });

  test("leaves what was changed since to the second plan, by attribute", async () => {
    const synth = path.join(artifacts.workDir!, "cdk.tf.json");
    fs.writeFileSync(synth, fs.readFileSync(synth, "utf8").replace('"input": "second"', '"input": "third"'));
    const second = await secondPlan(artifacts);
    expect(second.empty).toBe(false);
    expect(second.changes).toEqual([
      {
        address: "terraform_data.second",
        type: "terraform_data",
        action: "update",
        attributes: ["input", "output"],
        values: {
          input: { before: "second", after: "third" },
          output: { before: "second", after: "(known after apply)" },
        },
      },
    ]);
  });
});

describe("an apply that fails midway", () => {
  test("is partial and names what was applied and what failed", async () => {
    const artifacts = await makePlan(applicable(fixtureProject(), { stack: "halfway" }));
    const result = await applyPlan(artifacts);
    expect(result).toMatchObject({ code: 1, applied: ["terraform_data.first"], complete: false, partial: true });
    expect(result.failed).toEqual([
      { address: "terraform_data.broken", message: expect.stringContaining("no space left") },
    ]);
    expect(fs.readdirSync(artifacts.workDir!).filter((name) => /lock\.info|^apply-/.test(name))).toEqual([]);
  });
});

describe("refuses to apply", () => {
  let made: PlanArtifacts;
  let artifacts: PlanArtifacts;

  beforeAll(async () => {
    made = await makePlan(applicable(fixtureProject()));
  });
  beforeEach(() => {
    artifacts = { ...made, out: temporaryFolder() };
    fs.cpSync(made.out, artifacts.out, { recursive: true });
  });
  afterEach(() => expect(fs.readdirSync(made.workDir!).filter((name) => /tfstate$|^apply-/.test(name))).toEqual([]));

  const tamperings: [string, (file: Buffer) => Buffer][] = [
    ["a swapped byte", (bytes) => Buffer.from(bytes).fill(bytes[100]! ^ 1, 100, 101)],
    ["an appended byte", (bytes) => Buffer.concat([bytes, Buffer.from([0])])],
    ["a missing byte", (bytes) => bytes.subarray(0, -1)],
  ];

  test.each(tamperings)("a plan file with %s", async (_title, tamper) => {
    const file = path.join(artifacts.out, "plan.bin");
    fs.writeFileSync(file, tamper(fs.readFileSync(file)));
    await expect(applyPlan(artifacts)).rejects.toMatchObject({ code: "PLAN_CHANGED" });
  });

  test.each(["plan.json", "cdk.tf.json"])("when %s was edited, since that is what was judged", async (name) => {
    fs.appendFileSync(path.join(artifacts.out, name), " ");
    await expect(applyPlan(artifacts)).rejects.toMatchObject({ code: "PLAN_CHANGED" });
  });

  test("a plan file that is gone", async () => {
    fs.rmSync(path.join(artifacts.out, "plan.bin"));
    await expect(applyPlan(artifacts)).rejects.toMatchObject({ code: "PLAN_CHANGED" });
  });

  test("a plan whose work folder was not kept", async () => {
    await expect(applyPlan({ ...artifacts, workDir: undefined })).rejects.toMatchObject({ code: "PLAN_CHANGED" });
  });

  test("a plan made offline, as its target says", async () => {
    await expect(applyPlan({ ...artifacts, target: "offline" })).rejects.toMatchObject({ code: "PLAN_OFFLINE" });
  });

  test("a plan made offline, as its provider block says, whatever target is claimed", async () => {
    const file = path.join(artifacts.out, "cdk.tf.json");
    fs.writeFileSync(file, JSON.stringify({ provider: { aws: [{ skip_credentials_validation: true }] } }));
    const digests = { ...artifacts.digests, "cdk.tf.json": await sha256File(file) };
    await expect(applyPlan({ ...artifacts, digests, target: "aws" })).rejects.toMatchObject({ code: "PLAN_OFFLINE" });
  });

  test.each([
    ["an endpoint of its own", { skip_credentials_validation: true, endpoints: [{ s3: "https://127.0.0.1:1" }] }],
    ["an endpoint and no skip", { endpoints: [{ s3: "https://127.0.0.1:1" }] }],
    ["a skipped account", { skip_requesting_account_id: true }],
    ["a skip that a variable decides", { skip_requesting_account_id: "${" + "var.skip}" }],
  ])("a plan for AWS whose provider block has %s", async (_, block) => {
    const file = path.join(artifacts.out, "cdk.tf.json");
    fs.writeFileSync(file, JSON.stringify({ provider: { aws: [{}, block] } }));
    const digests = { ...artifacts.digests, "cdk.tf.json": await sha256File(file) };
    await expect(applyPlan({ ...artifacts, digests, target: "aws" })).rejects.toMatchObject({ code: "PLAN_OFFLINE" });
  });
});

describe("an interrupted apply", () => {
  test("ends Terraform and what it started", async () => {
    const cwd = fixtureProject();
    const pidFile = path.join(cwd, "pid");
    const artifacts = await makePlan(applicable(cwd, { stack: "slow", env: { ...process.env, PID_FILE: pidFile } }));
    const controller = new AbortController();
    const watch = fs.watch(cwd, () => fs.existsSync(pidFile) && fs.readFileSync(pidFile, "utf8") && controller.abort());
    try {
      await expect(applyPlan(artifacts, { signal: controller.signal })).rejects.toMatchObject({ code: "INTERRUPTED" });
    } finally {
      watch.close();
    }
    expect(() => process.kill(Number(fs.readFileSync(pidFile, "utf8")), 0)).toThrow("ESRCH");
    expect(fs.readdirSync(artifacts.workDir!).filter((name) => name.endsWith("lock.info"))).toEqual([]);
  });
});
