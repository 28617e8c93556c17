// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { type ErrorCode, Part11Error } from "../../error";
import { packageRoot } from "../../package-root";

/** Seconds until a launcher that says nothing is given up. */
const START_SECONDS = 60;
/** Seconds between asking the launcher to end and killing its process group. */
const STOP_SECONDS = 5;
const STDERR_LINES = 20;

export interface LauncherOptions {
  /** Python interpreter of the environment that holds requirements.txt. */
  readonly python: string;
  /** Existing folder of this run; certificates and temporary files go below it. */
  readonly runDir: string;
  readonly accountId: string;
  readonly region: string;
  /** HTTPS port. @default a free one */
  readonly port?: number;
  /** Names of patches to leave out, to show what each is for; `patches` and the digest then differ. @default none */
  readonly without?: readonly string[];
  /** Receives each line the emulator writes to standard error. @default dropped */
  readonly log?: (line: string) => void;
}

/** The launcher's first line on standard output. */
export interface LauncherReady {
  readonly port: number;
  readonly plainPort: number;
  readonly proxyPort: number;
  readonly sftpPort: number;
  readonly caFile: string;
  readonly pid: number;
  readonly ministackVersion: string;
  readonly patches: readonly EmulatorPatch[];
  readonly patchesDigest: string;
  readonly rootCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** One AWS behaviour that the launcher restores in MiniStack. */
export interface EmulatorPatch {
  readonly name: string;
  readonly behaviour: string;
  readonly source: string;
  /** What MiniStack does without the patch. */
  readonly withoutIt: string;
}

const CODES: Readonly<Record<string, ErrorCode>> = { PORT_TAKEN: "PORT_TAKEN", EMULATOR_START: "EMULATOR_START" };

function startError(code: ErrorCode, got: string, where: string): Part11Error {
  return new Part11Error({
    code,
    what: "emulator did not start",
    where,
    expected: "a ready line of the launcher",
    got,
    todo: code === "PORT_TAKEN" ? "choose another port or none" : "run the toolchain step again and read the log above",
  });
}

/** Starts the launcher and resolves with its ready line. The child ends with this process: its standard input closes. */
export async function startLauncher(options: LauncherOptions): Promise<{ child: ChildProcess; ready: LauncherReady }> {
  if (!fs.existsSync(options.python)) {
    throw new Part11Error({
      code: "PYTHON_MISSING",
      what: "python interpreter not found",
      where: options.python,
      expected: "the interpreter of the emulator's virtual environment",
      got: "no file",
      todo: "run the toolchain step again",
    });
  }
  const folder = path.join(packageRoot(), "validation", "target", "emulator");
  const args = ["-B", "-m", "launcher", "--run-dir", options.runDir, "--account-id", options.accountId];
  args.push("--region", options.region, "--port", String(options.port ?? 0));
  for (const name of options.without ?? []) args.push("--without", name);
  const child = spawn(options.python, args, {
    cwd: options.runDir,
    detached: true, // leads a process group, so that its own children (Lambda workers) end with it
    env: { PATH: process.env.PATH ?? "", PYTHONPATH: folder, LANG: "C.UTF-8" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    lastLines.push(line);
    if (lastLines.length > STDERR_LINES) lastLines.shift();
    options.log?.(line);
  });
  child.stdin.on("error", () => undefined); // the child may be gone before this process closes the pipe
  try {
    const ready = await firstLine(child, options, () => lastLines.join(" | "));
    return { child, ready };
  } catch (error) {
    await stopLauncher(child);
    throw error;
  }
}

function firstLine(child: ChildProcess, options: LauncherOptions, stderr: () => string): Promise<LauncherReady> {
  return new Promise((resolve, reject) => {
    const fail = (code: ErrorCode, got: string) => reject(startError(code, got, options.runDir));
    const timer = setTimeout(() => fail("EMULATOR_START", `silence for ${START_SECONDS} s`), START_SECONDS * 1000);
    const settle = (action: () => void) => {
      clearTimeout(timer);
      action();
    };
    child.once("error", (error) => settle(() => fail("EMULATOR_START", error.message)));
    child.once("exit", (status, signal) =>
      settle(() => fail("EMULATOR_START", `exit ${status ?? signal}: ${stderr()}`)),
    );
    createInterface({ input: child.stdout! }).once("line", (line) =>
      settle(() => {
        const message = parseLine(line);
        if (message === undefined) return fail("EMULATOR_START", "a line that is not JSON");
        if (typeof message.error === "string")
          return fail(CODES[message.error] ?? "EMULATOR_START", `${message.error}: ${String(message.message)}`);
        resolve(message as unknown as LauncherReady);
      }),
    );
  });
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Asks the launcher to end, then ends its process group; resolves when the process is gone. */
export async function stopLauncher(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.stdin?.end();
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // the group ended between the timer and the signal
    }
  }, STOP_SECONDS * 1000);
  await gone;
  clearTimeout(timer);
}
