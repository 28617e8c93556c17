// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { makePlan, type PlanArtifacts, planSummary, sha256File } from "../../../validation/plan";
import { fixtureProject, planOptions, removeTemporaryFolders, temporaryFolder } from "./fixture-app/project";

afterAll(removeTemporaryFolders);

const readJson = (file: string) => JSON.parse(fs.readFileSync(file, "utf8"));

describe("an offline plan of built-in resources", () => {
  let cwd: string;
  let artifacts: PlanArtifacts;
  let synthInput: Record<string, unknown>;

  beforeAll(async () => {
    cwd = fixtureProject();
    fs.writeFileSync(path.join(cwd, "settings.yaml"), "");
    const env = { ...process.env, AWS_ACCESS_KEY_ID: "AKIAOFTHEUSER0000000", TF_CLI_ARGS_plan: "-destroy" };
    artifacts = await makePlan(planOptions(cwd, { env, settings: "settings.yaml" }));
    synthInput = readJson(path.join(cwd, "out", "cdk.tf.json")).resource.terraform_data.context.input;
  });

  test("writes the artifacts and nothing else", () => {
    expect(fs.readdirSync(path.join(cwd, "out")).sort()).toEqual([
      "cdk.tf.json",
      "digests.json",
      "plan.bin",
      "plan.json",
    ]);
  });

  test("leaves the project as it was, its cache excepted", () => {
    expect(
      fs
        .readdirSync(cwd)
        .filter((name) => name !== ".part11")
        .sort(),
    ).toEqual(["cdktf.json", "out", "settings.yaml"]);
  });

  test("writes the digest of each file", async () => {
    const digests = readJson(path.join(cwd, "out", "digests.json"));
    expect(digests).toEqual(artifacts.digests);
    for (const [file, digest] of Object.entries(digests)) {
      expect([file, await sha256File(path.join(cwd, "out", file))]).toEqual([file, digest]);
    }
  });

  test("gives the app its own context, environment, target and settings, and no key of the user", () => {
    expect(synthInput).toEqual({
      environment: "qualification",
      target: "offline",
      settings: path.join(cwd, "settings.yaml"),
      endpoint: null,
      own: "context of the project",
      accessKey: null,
    });
  });

  test.each(["plan.bin", "plan.json"])("keeps %s, which may hold secrets, from other users", (file) => {
    expect(fs.statSync(path.join(cwd, "out", file)).mode & 0o077).toBe(0);
  });

  test("ignores Terraform arguments of the user's environment", () => {
    const { resource_changes: changes } = readJson(path.join(cwd, "out", "plan.json"));
    expect(changes.map(({ change }: { change: { actions: string[] } }) => change.actions)).toEqual([
      ["create"],
      ["create"],
    ]);
  });

  test("is summed up by action, with what the stack itself says", () => {
    expect(planSummary(artifacts)).toEqual([
      "builtin qualification, target offline (never applied)",
      "resources: 2 to create",
      "irreversible: 3 TB-years",
      `written: ${path.join(cwd, "out")}`,
    ]);
  });
});

describe("an offline plan with the AWS provider", () => {
  let cwd: string;
  let artifacts: PlanArtifacts;

  beforeAll(async () => {
    cwd = fixtureProject();
    artifacts = await makePlan(planOptions(cwd, { stack: "aws", environment: "production" }));
  });

  test("knows the account that the provider block allows", () => {
    const { planned_values: values } = readJson(path.join(cwd, "out", "plan.json"));
    expect(values.outputs.account.value).toBe("111122223333");
  });

  test("writes the lock file with the provider's version", () => {
    expect(fs.readFileSync(path.join(artifacts.out, ".terraform.lock.hcl"), "utf8")).toContain(
      'version     = "5.100.0"',
    );
  });

  test("starts from the lock file of the project", async () => {
    const lock = fs.readFileSync(path.join(artifacts.out, ".terraform.lock.hcl"), "utf8");
    fs.writeFileSync(path.join(cwd, ".terraform.lock.hcl"), lock.replace(/h1:[^"]+/, `h1:${"A".repeat(43)}=`));
    const plan = makePlan(planOptions(cwd, { stack: "aws", out: "second" }));
    await expect(plan).rejects.toMatchObject({ code: "TERRAFORM_FAILED" });
  });
});

describe("fails", () => {
  const failures: [string, string, Parameters<typeof planOptions>[1]][] = [
    ["with an unknown stack, naming those there are", "STACK_UNKNOWN", { stack: "nowhere" }],
    ["with an unknown environment", "USAGE", { environment: "staging" as "production" }],
    ["with an unknown target", "USAGE", { target: "gcp" as "aws" }],
    ["without the emulator's endpoint for the emulator", "USAGE", { target: "emulator" }],
    ["with an emulator on another machine", "USAGE", { target: "emulator", emulatorEndpoint: "https://192.0.2.1" }],
    ["with an endpoint for a target that has none", "USAGE", { emulatorEndpoint: "https://127.0.0.1:1" }],
    ["with a settings file that is not there", "FILE_NOT_FOUND", { settings: "nowhere.yaml" }],
    [
      "with a Terraform that is not there",
      "TERRAFORM_MISSING",
      { env: { ...process.env, TERRAFORM_BINARY_NAME: "/nonexistent/terraform" } },
    ],
  ];

  test.each(failures)("%s", async (_title, code, overrides) => {
    const cwd = fixtureProject();
    await expect(makePlan(planOptions(cwd, overrides))).rejects.toMatchObject({ code });
    expect(fs.existsSync(path.join(cwd, "out"))).toBe(false);
  });

  test("with the names of the stacks that are there", async () => {
    const plan = makePlan(planOptions(fixtureProject(), { stack: "nowhere" }));
    await expect(plan).rejects.toMatchObject({ parts: { expected: "one of aws, builtin, halfway, slow" } });
  });

  test("outside a CDKTF project", async () => {
    await expect(makePlan(planOptions(temporaryFolder()))).rejects.toMatchObject({ code: "CDKTF_JSON_MISSING" });
  });

  test("with an app that fails, and says what the app said", async () => {
    const cwd = fixtureProject(`node -e 'throw new TypeError("no such region")'`);
    const plan = makePlan(planOptions(cwd));
    await expect(plan).rejects.toThrow("exit code 1: TypeError: no such region");
    expect(fs.readdirSync(cwd)).not.toContain("out");
  });

  test("with an app that synthesizes nothing", async () => {
    await expect(makePlan(planOptions(fixtureProject("true")))).rejects.toMatchObject({ code: "SYNTH_FAILED" });
  });

  test("with an output folder that is not empty, and leaves it", async () => {
    const cwd = fixtureProject();
    fs.mkdirSync(path.join(cwd, "out"));
    fs.writeFileSync(path.join(cwd, "out", "plan.json"), "of another run");
    await expect(makePlan(planOptions(cwd))).rejects.toMatchObject({ code: "OUT_NOT_EMPTY" });
    expect(fs.readFileSync(path.join(cwd, "out", "plan.json"), "utf8")).toBe("of another run");
  });

  test("when interrupted by the caller, and leaves an empty output folder empty", async () => {
    const cwd = fixtureProject("sleep 60");
    fs.mkdirSync(path.join(cwd, "out"));
    const controller = new AbortController();
    const plan = makePlan(
      planOptions(cwd, {
        signal: controller.signal,
        onProgress: (line) => line.startsWith("synth") && setImmediate(() => controller.abort()),
      }),
    );
    await expect(plan).rejects.toMatchObject({ code: "INTERRUPTED" });
    expect(fs.readdirSync(path.join(cwd, "out"))).toEqual([]);
  });
});
