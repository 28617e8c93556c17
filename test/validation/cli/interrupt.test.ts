// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { fixtureProject, removeTemporaryFolders } from "../plan/fixture-app/project";

afterAll(removeTemporaryFolders);

const ROOT = packageRoot();
const CLI = ["-r", path.join(ROOT, "node_modules", "ts-node", "register"), path.join(ROOT, "validation", "cli.ts")];

test.each(["SIGINT", "SIGTERM"] as const)("%s during part11 plan ends the app and leaves no folder", async (signal) => {
  const cwd = fixtureProject("echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 60");
  const plan = ["plan", "--stack", "s", "--environment", "production", "--out", "out"];
  const env = { ...process.env, TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json") };
  const child = spawn(process.execPath, [...CLI, ...plan], { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const watch = fs.watch(cwd, () => {
    if (!fs.existsSync(path.join(cwd, "pid"))) return;
    watch.close();
    child.kill(signal);
  });
  const code = await ended;
  expect([code, stderr]).toEqual([2, expect.stringContaining("part11: INTERRUPTED: ")]);
  const left = fs.readdirSync(cwd).filter((name) => name !== ".part11");
  expect(left.sort()).toEqual(["cdktf.json", "pid"]);
  const pid = Number(fs.readFileSync(path.join(cwd, "pid"), "utf8"));
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
