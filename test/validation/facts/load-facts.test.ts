// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { facts as factsVerb } from "../../../validation/cli/facts";
import { type FactsFiles, loadFacts } from "../../../validation/facts";
import { sha256Hex } from "../../../validation/json";
import { codeOf, planFile } from "./plan-fixture";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.copyFileSync(planFile("changes"), path.join(folder, "plan.json"));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

const files = (over: Partial<FactsFiles> = {}): FactsFiles => ({
  plan: "plan.json",
  environment: "production",
  maxBytes: 1_000_000,
  ...over,
});

describe("loading the facts from files", () => {
  test("binds them by digest", () => {
    fs.writeFileSync(path.join(folder, ".terraform.lock.hcl"), "");
    fs.writeFileSync(path.join(folder, "part11.yaml"), "inboxMinimumDays: 9\n");
    const { meta } = loadFacts(files({ lock: ".terraform.lock.hcl", settings: "part11.yaml" }), folder, {
      policyDigest: "f".repeat(64),
    });
    const digest = (file: string) => sha256Hex(fs.readFileSync(path.join(folder, file)));
    expect(meta.digests).toEqual({
      plan: digest("plan.json"),
      synth: null,
      lock: digest(".terraform.lock.hcl"),
      policy: "f".repeat(64),
      settings: digest("part11.yaml"),
    });
  });

  test("without a lock file tells that none was given", () => {
    expect(loadFacts(files(), folder).meta.lock).toBeNull();
  });

  test.each([
    ["a plan above the limit", { maxBytes: 100 }, "FILE_TOO_LARGE"],
    ["a plan that is not there", { plan: "none.json" }, "FILE_NOT_FOUND"],
    ["a synth that is not there", { synth: "none.json" }, "FILE_NOT_FOUND"],
    ["a synth that is the plan", { synth: "plan.json" }, "SYNTH_FOREIGN"],
    ["a lock file that is the plan", { lock: "plan.json" }, "LOCK_FORMAT"],
  ])("refuses %s", (_, over, code) => {
    expect(codeOf(() => loadFacts(files(over), folder))).toBe(code);
  });
});

describe("part11 facts", () => {
  const run = async (argv: string[]) => {
    const written: string[] = [];
    const io = {
      stdout: { write: (text: string) => written.push(text) },
      stderr: { write: () => true },
      env: {},
      cwd: folder,
    };
    return { code: await factsVerb(argv, io), stdout: written.join("") };
  };

  test("prints the document and nothing else", async () => {
    const { code, stdout } = await run(["--plan", "plan.json", "--environment", "production"]);
    expect([code, JSON.parse(stdout).schemaVersion]).toEqual([0, 1]);
  });

  test("prints the same bytes for the same input", async () => {
    const argv = ["--plan", "plan.json", "--environment", "production"];
    expect((await run(argv)).stdout).toBe((await run(argv)).stdout);
  });

  test("writes to a file when one is named", async () => {
    const { stdout } = await run(["--plan", "plan.json", "--environment", "development", "--out", "facts.json"]);
    const written = JSON.parse(fs.readFileSync(path.join(folder, "facts.json"), "utf8"));
    expect([stdout, written.settings.environment]).toEqual(["", "development"]);
  });

  test.each([
    ["without an environment", ["--plan", "plan.json"]],
    ["with an unknown environment", ["--plan", "plan.json", "--environment", "prod"]],
    ["with a limit that is no number", ["--plan", "plan.json", "--environment", "production", "--max-bytes", "1e3"]],
  ])("%s is wrong usage", async (_, argv) => {
    await expect(run(argv)).rejects.toMatchObject({ code: "USAGE" });
  });

  test("reads a plan from stdin, and stops at the limit", () => {
    const script = `
      require("@swc/core");
      require("ts-node/register");
      const { readStdin } = require("./validation/facts/stdin");
      try { process.stdout.write(String(readStdin(Number(process.argv[1])).length)); }
      catch (error) { process.stdout.write(error.code); }`;
    const size = fs.statSync(path.join(folder, "plan.json")).size;
    const read = (limit: number) =>
      spawnSync(process.execPath, ["-e", script, String(limit)], {
        cwd: path.join(__dirname, "..", "..", ".."),
        input: fs.readFileSync(path.join(folder, "plan.json")),
        encoding: "utf8",
      }).stdout;
    expect([read(size), read(size - 1)]).toEqual([String(size), "FILE_TOO_LARGE"]);
  });
});
