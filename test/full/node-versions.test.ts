// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";

const root = packageRoot();
const golden = path.join(root, "test", "golden", "production");

function onNode(major: number, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  return spawnSync("npx", ["--yes", "-p", `node@${major}`, "node", ...args], { cwd: root, env, encoding: "utf8" });
}

describe.each([22, 24])("on Node %i", (major) => {
  test("it is that Node", () => {
    expect(onNode(major, ["-p", "process.versions.node"]).stdout).toMatch(new RegExp(`^${major}\\.`));
  }, 900_000);

  test("the gate gives the same bytes as on this Node", () => {
    const files = [
      "--plan",
      "plan.json",
      "--synth",
      "cdk.tf.json",
      "--lock",
      ".terraform.lock.hcl",
      "--settings",
      "part11.yaml",
    ];
    const inputs = files.map((arg) => (arg.startsWith("--") ? arg : path.join(golden, arg)));
    const args = [
      path.join(root, "dist", "validation", "cli.js"),
      "gate",
      ...inputs,
      "--environment",
      "production",
      "--format",
      "json",
    ];
    const here = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(onNode(major, args).stdout).toBe(here.stdout);
    expect(here.status).toBe(0);
  }, 900_000);

  test("the production stack synthesizes to the same bytes as on this Node", () => {
    const synth = (run: (env: NodeJS.ProcessEnv) => { status: number | null }) => {
      const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-synth-"));
      try {
        expect(run({ ...process.env, CDKTF_OUTDIR: outdir }).status).toBe(0);
        return fs.readFileSync(path.join(outdir, "stacks", "clinical-landing-zone", "cdk.tf.json"), "utf8");
      } finally {
        fs.rmSync(outdir, { recursive: true });
      }
    };
    const args = ["-r", "ts-node/register", "stacks/main.ts"];
    expect(synth((env) => onNode(major, args, env))).toBe(
      synth((env) => spawnSync(process.execPath, args, { cwd: root, env })),
    );
  }, 900_000);
});
