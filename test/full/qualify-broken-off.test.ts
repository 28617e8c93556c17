// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { packageRoot } from "../../validation/package-root";

const cli = path.join(packageRoot(), "dist", "validation", "cli.js");
let scratch: string;

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-full-"));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly bundle: string;
  /** `amiss` is what a reader of its output would look at first: what failed, and why it ended. */
  readonly ended: Promise<{ code: number | null; stderr: string; amiss: readonly string[] }>;
}

/** `part11 qualify` as a process of its own, its temporary folders below the test's. */
function start(name: string, env: NodeJS.ProcessEnv = {}): Run {
  const bundle = path.join(scratch, name);
  const tmp = path.join(scratch, `${name}-tmp`);
  fs.mkdirSync(tmp);
  const child = spawn(process.execPath, [cli, "qualify", "--provisional", "--arrivals", "5", "--out", bundle], {
    cwd: packageRoot(),
    env: { ...process.env, TMPDIR: tmp, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout!.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr!.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Awaited<Run["ended"]>>((resolve) => {
    child.once("close", (code) => {
      const failed = stdout.split("\n").filter((line) => /FAIL|BLOCKED/.test(line));
      resolve({ code, stderr, amiss: code === 0 ? [] : [...failed, ...stderr.split("\n")] });
    });
  });
  return { child, bundle, ended };
}

function journalLength(bundle: string): number {
  const file = path.join(bundle, "journal.jsonl");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n").length - 1 : 0;
}

function verify(bundle: string): number | null {
  return spawnSync(process.execPath, [cli, "verify", bundle]).status;
}

/** Processes whose command line or environment names the test's folder. */
function leftBehind(): string[] {
  return fs
    .readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => {
      try {
        const of = (file: string) => fs.readFileSync(path.join("/proc", pid, file), "utf8");
        return of("cmdline").includes(scratch) || of("environ").includes(`TMPDIR=${scratch}`);
      } catch {
        return false;
      }
    });
}

async function untilNothingIsLeft(): Promise<string[]> {
  for (let waited = 0; waited < 30_000 && leftBehind().length > 0; waited += 250) await sleep(250);
  return leftBehind();
}

test.each([6, 12, 40])(
  "killed after journal entry %i, it leaves no bundle that says PASS, and no process",
  async (entries) => {
    const { child, bundle, ended } = start("killed");
    while (journalLength(bundle) < entries && child.exitCode === null) await sleep(20);
    child.kill("SIGKILL");
    await ended;
    expect(verify(bundle)).toBe(2);
    expect(await untilNothingIsLeft()).toEqual([]);
  },
  600_000,
);

test("ended by Ctrl-C during the apply, it says so, cleans up and is not complete", async () => {
  const { child, bundle, ended } = start("interrupted");
  const applying = () =>
    journalLength(bundle) > 0 &&
    fs.readFileSync(path.join(bundle, "journal.jsonl"), "utf8").includes('"apply-started"');
  while (!applying() && child.exitCode === null) await sleep(50);
  child.kill("SIGINT");
  expect((await ended).code).not.toBe(0);
  expect(await untilNothingIsLeft()).toEqual([]);
  const ours = fs.readdirSync(path.join(scratch, "interrupted-tmp")).filter((name) => name.startsWith("part11-"));
  expect(ours).toEqual([]);
}, 1_800_000);

test("an apply that fails midway ends in a bundle that says FAILED", async () => {
  const wrapper = path.join(scratch, "terraform");
  const real = spawnSync("sh", ["-c", "command -v terraform"], { encoding: "utf8" }).stdout.trim();
  fs.writeFileSync(
    wrapper,
    `#!/bin/sh\nif [ "$1" = apply ]; then "${real}" "$@" | head -n 60; exit 1; fi\nexec "${real}" "$@"\n`,
    { mode: 0o755 },
  );
  const { bundle, ended } = start("midway", { TERRAFORM_BINARY_NAME: wrapper });
  const { code, stderr } = await ended;
  expect({ code, said: /APPLY_FAILED/.test(stderr) }).toEqual({ code: 1, said: true });
  expect(verify(bundle)).toBe(3);
  const summary = JSON.parse(fs.readFileSync(path.join(bundle, "summary.json"), "utf8")) as { status: string };
  expect(summary.status).toBe("FAILED");
  expect(await untilNothingIsLeft()).toEqual([]);
}, 1_800_000);

test("two runs side by side are both complete", async () => {
  const runs = [start("left"), start("right")];
  const ended = await Promise.all(runs.map((run) => run.ended));
  expect(ended.map(({ code, amiss }) => ({ code, amiss }))).toEqual([
    { code: 0, amiss: [] },
    { code: 0, amiss: [] },
  ]);
  expect(runs.map(({ bundle }) => verify(bundle))).toEqual([3, 3]);
  expect(await untilNothingIsLeft()).toEqual([]);
}, 1_800_000);
