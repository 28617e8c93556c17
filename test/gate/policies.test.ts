// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadPolicy } from "../../validation/gate";
import { buildPolicy } from "../../validation/gate/build-policy";
import { packageRoot } from "../../validation/package-root";
import { ensureOpa, runCommand } from "../../validation/toolchain";

const ROOT = packageRoot();

/** opa gives each test five seconds, which a busy machine does not keep. */
const PATIENCE = ["--timeout", "300s"];

let opa: string;
beforeAll(async () => {
  opa = (await ensureOpa({ cwd: ROOT, env: process.env })).path;
}, 900_000);

async function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return runCommand(opa, args, { cwd: ROOT, env: process.env });
}

describe("the policies", () => {
  it("compile strictly", async () => {
    const { code, stderr } = await run("check", "--strict", "--bundle", "policies");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("are formatted as opa fmt formats", async () => {
    const { stdout } = await run("fmt", "--list", "policies");
    expect(stdout).toBe("");
  });

  it("match regular expressions of their own only, for wasm breaks on more than 100 of them", () => {
    const folder = path.join(ROOT, "policies");
    const files = ["lib", "main", "part11"].flatMap((name) =>
      fs
        .readdirSync(path.join(folder, name), { recursive: true, encoding: "utf8" })
        .map((file) => path.join(name, file)),
    );
    const calls = files
      .filter((file) => file.endsWith(".rego") && !file.endsWith("_test.rego"))
      .flatMap((file) => fs.readFileSync(path.join(folder, file), "utf8").match(/(glob|regex)\.\w+\([^,]*/g) ?? []);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter((call) => !/^regex\.match\(`[^`]*`$/.test(call))).toEqual([]);
  });

  it("pass their own tests", async () => {
    const { code, stdout } = await run("test", "--bundle", "policies", ...PATIENCE, "--format", "json");
    expect({ code, failed: failedTests(stdout) }).toEqual({ code: 0, failed: [] });
  }, 1_800_000);

  it("hold to the conventions that are policies themselves", async () => {
    const inspect = JSON.parse((await run("inspect", "--annotations", "--format", "json", "policies")).stdout);
    const modules: Record<string, unknown> = {};
    for (const { package: name } of loadPolicy().sidecar.controls) {
      const id = name.slice("part11.".length);
      const file = `policies/part11/${id}/${id}.rego`;
      modules[file] = JSON.parse((await run("parse", "--format", "json", file)).stdout);
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      const input = path.join(folder, "input.json");
      fs.writeFileSync(input, JSON.stringify({ inspect, modules }));
      const query = ["eval", "--bundle", "policies", "--input", input, "--format", "json"];
      const { code, stdout } = await run(...query, "data.conventions.violations");
      expect(code).toBe(0);
      expect(JSON.parse(stdout).result?.[0]?.expressions?.[0]?.value).toEqual([]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe("the compiled policies", () => {
  it("are, byte for byte, what their sources compile to", async () => {
    const { wasm, sidecar } = await buildPolicy({ root: ROOT, opa, env: process.env });
    const folder = path.join(ROOT, "policies");
    expect(fs.readFileSync(path.join(folder, "part11.json"), "utf8")).toBe(sidecar);
    expect(fs.readFileSync(path.join(folder, "part11.wasm")).equals(wasm)).toBe(true);
  });

  it("come out the same in another folder", async () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      fs.cpSync(path.join(ROOT, "policies"), path.join(root, "policies"), { recursive: true });
      const { sidecar } = await buildPolicy({ root, opa, env: process.env });
      expect(JSON.parse(sidecar)).toEqual(loadPolicy().sidecar);
    } finally {
      fs.rmSync(root, { recursive: true });
    }
  });

  it("use only placeholders that a finding can fill", () => {
    const texts = loadPolicy().sidecar.controls.flatMap(({ id, failure_msg, fix }) => [
      { id, text: failure_msg },
      { id, text: fix },
    ]);
    const odd = texts.filter(({ text }) => /\{(?!(address|attribute|expected|actual)\})[a-z_]+\}/.test(text));
    expect(odd).toEqual([]);
  });
});

function failedTests(stdout: string): readonly string[] {
  const tests = JSON.parse(stdout) as ReadonlyArray<{
    package: string;
    name: string;
    fail?: boolean;
    skip?: boolean;
    error?: unknown;
  }>;
  expect(tests.length).toBeGreaterThan(0);
  return tests.filter((t) => t.fail || t.skip || t.error).map((t) => `${t.package}.${t.name}`);
}
