// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runCommand } from "../../../validation/toolchain";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const options = (more = {}) => ({ cwd: folder, env: { PATH: process.env.PATH }, ...more });
const node = (script: string, more = {}) => runCommand(process.execPath, ["-e", script], options(more));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

test("gives exit code, stdout and stderr", async () => {
  const result = await node(`console.log("out"); console.error("err"); process.exitCode = 3`);
  expect(result).toEqual({ code: 3, stdout: "out\n", stderr: "err\n" });
});

test("gives lines as they come, with their stream", async () => {
  const lines: string[] = [];
  await node(`process.stdout.write("a\\nb"); process.stderr.write("c\\n")`, {
    onLine: (line: string, stream: string) => lines.push(`${stream} ${line}`),
  });
  expect(lines.sort()).toEqual(["stderr c", "stdout a", "stdout b"]);
});

test("hands arguments over without a shell", async () => {
  const script = "console.log(process.argv[1])";
  const { stdout } = await runCommand(process.execPath, ["-e", script, "$(id) ; `id`"], options());
  expect(stdout).toBe("$(id) ; `id`\n");
});

test("gives the child no variable that was not named", async () => {
  const { stdout } = await node("console.log(Object.keys(process.env).sort().join())", { env: { ONLY: "this" } });
  expect(stdout).toBe("ONLY\n");
});

test("writes stdout into a file that only its owner reads", async () => {
  const stdoutFile = path.join(folder, "out.txt");
  const { stdout } = await node(`console.log("plan")`, { stdoutFile });
  expect([stdout, fs.readFileSync(stdoutFile, "utf8"), fs.statSync(stdoutFile).mode & 0o777]).toEqual([
    "",
    "plan\n",
    0o600,
  ]);
});

test("fails with TOOL_MISSING when the program is not there", async () => {
  await expect(runCommand("/nonexistent/terraform", [], options())).rejects.toMatchObject({ code: "TOOL_MISSING" });
});

test("does not start at all after an abort", async () => {
  const run = node(`require("fs").writeFileSync("started", "")`, { signal: AbortSignal.abort() });
  await expect(run).rejects.toMatchObject({ code: "INTERRUPTED" });
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("ends the child and its children on abort, those that ignore the interrupt too", async () => {
  const controller = new AbortController();
  const pids: number[] = [];
  const stubborn = `trap '' INT; echo $$; sh -c 'trap "" INT; echo $$; sleep 60' ; sleep 60`;
  const run = runCommand("/bin/sh", ["-c", stubborn], {
    ...options(),
    signal: controller.signal,
    graceMs: 50,
    onLine: (line) => pids.push(Number(line)) === 2 && controller.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: "INTERRUPTED" });
  expect(pids.map(isAlive)).toEqual([false, false]);
});

test("leaves no grandchild behind after a normal end", async () => {
  const { code, stdout } = await runCommand("/bin/sh", ["-c", "sleep 60 & echo $!"], options());
  expect([code, isAlive(Number(stdout))]).toEqual([0, false]);
});
