// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { readCapped } from "../json";
import { cacheFolder, makeAtomically, type ToolContext } from "./cache";
import { runCommand } from "./child-process";
import { findExecutable } from "./executable";

/** Smallest Python that the emulator runs on. */
const MIN_MINOR = 10;
const MAX_REQUIREMENTS_BYTES = 1024 * 1024;

export interface Python {
  /** Absolute path of the interpreter. */
  readonly path: string;
  readonly version: string;
}

export interface Venv {
  /** Interpreter of the environment; run tools as `python -m <module>`, since scripts name the folder they were made in. */
  readonly python: string;
  readonly folder: string;
  /** SHA-256 of the requirements file, lower-case hex. */
  readonly requirementsSha256: string;
}

/** First `python3` or `python` on PATH of at least 3.10; undefined when there is none. */
export async function locatePython(context: ToolContext): Promise<Python | undefined> {
  for (const name of ["python3", "python"]) {
    const file = findExecutable(name, context.env, context.cwd);
    if (!file) continue;
    const version = await pythonVersion(file, context);
    const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version ?? "") ?? [];
    if (version && major === "3" && Number(minor) >= MIN_MINOR) return { path: file, version };
  }
  return undefined;
}

/** Whether `python` can make a virtual environment with pip; Debian splits that off into a package of its own. */
export async function canMakeVenv(python: Python, context: ToolContext): Promise<boolean> {
  const { code } = await runCommand(python.path, ["-c", "import ensurepip, venv"], childOptions(context));
  return code === 0;
}

/** Folder of the environment that belongs to a requirements file; it is there only when the environment is whole. */
export function venvFolder(requirementsFile: string, cwd: string): string {
  return path.join(cacheFolder(cwd), `venv-${requirementsDigest(requirementsFile).slice(0, 16)}`);
}

/**
 * The project's own virtual environment with exactly the packages of a hash-locked requirements file, made when it is not there.
 *
 * @throws PYTHON_MISSING without Python of at least 3.10, or one that cannot make an environment; VENV_FAILED when pip refuses;
 * FILE_NOT_FOUND without the requirements file
 */
export async function ensureVenv(requirementsFile: string, context: ToolContext): Promise<Venv> {
  const folder = venvFolder(requirementsFile, context.cwd);
  if (!fs.existsSync(folder)) await makeVenv(folder, requirementsFile, context);
  return { python: interpreter(folder), folder, requirementsSha256: requirementsDigest(requirementsFile) };
}

async function makeVenv(folder: string, requirementsFile: string, context: ToolContext): Promise<void> {
  const python = await locatePython(context);
  if (!python) throw pythonMissing("none", "install Python 3.10 or later");
  if (!(await canMakeVenv(python, context))) {
    throw pythonMissing(
      `${python.path} ${python.version} without venv or ensurepip`,
      "install the package python3-venv (Debian, Ubuntu) or a complete Python",
    );
  }
  context.onProgress?.(`making a Python environment with ${python.path} ${python.version}`);
  const options = childOptions(context);
  await makeAtomically(folder, async (temporary) => {
    await step(python.path, ["-m", "venv", "--clear", temporary], options);
    await step(
      interpreter(temporary),
      ["-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check", "-r", requirementsFile],
      options,
    );
  });
}

async function step(
  command: string,
  args: readonly string[],
  options: Parameters<typeof runCommand>[2],
): Promise<void> {
  const { code, stderr, stdout } = await runCommand(command, args, options);
  if (code === 0) return;
  const lines = (stderr.trim() || stdout.trim()).split("\n").filter((line) => /error/i.test(line));
  throw new Part11Error({
    code: "VENV_FAILED",
    what: "Python environment not made",
    where: `${path.basename(command)} ${args.slice(0, 3).join(" ")}`,
    expected: "exit code 0",
    got: `exit code ${code}: ${lines[0] ?? stderr.trim().split("\n").at(-1) ?? ""}`,
    todo: "check the network and the package index of pip, then start again",
  });
}

function interpreter(folder: string): string {
  return path.join(folder, "bin", "python");
}

function requirementsDigest(file: string): string {
  return createHash("sha256")
    .update(readCapped(file, { maxBytes: MAX_REQUIREMENTS_BYTES }))
    .digest("hex");
}

function childOptions({ cwd, env, signal }: ToolContext): Parameters<typeof runCommand>[2] {
  const clean = { ...env };
  // Both would mix packages of the user into the project's own environment.
  delete clean.PYTHONPATH;
  delete clean.PYTHONHOME;
  return { cwd, env: clean, signal };
}

/** Version that an interpreter says of itself; undefined when it does not start. */
export async function pythonVersion(file: string, context: ToolContext): Promise<string | undefined> {
  const print = "import platform; print(platform.python_version())";
  const { code, stdout } = await runCommand(file, ["-c", print], childOptions(context));
  return code === 0 ? stdout.trim() : undefined;
}

function pythonMissing(got: string, todo: string): Part11Error {
  return new Part11Error({
    code: "PYTHON_MISSING",
    what: "no usable Python",
    where: "PATH",
    expected: "Python 3.10 or later that can make virtual environments",
    got,
    todo,
  });
}
