// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { readJsonFile } from "../json";
import { runCommand } from "../toolchain";
import type { CheckedOptions } from "./options";
import { lastLine } from "./terraform-error";

const MAX_CDKTF_JSON_BYTES = 1024 * 1024;
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

interface CdktfJson {
  readonly app: string;
  readonly context: Record<string, unknown>;
}

/** A synthesized app: where each of its stacks lies. */
export interface SynthesizedApp {
  /** Folder with the stack's cdk.tf.json. @throws STACK_UNKNOWN, SYNTH_FAILED */
  folderOf(stack: string): string;
}

/**
 * Runs the app of the cdktf.json in `cwd` into `outdir`.
 *
 * @throws CDKTF_JSON_MISSING, SYNTH_FAILED
 */
export async function synthApp(
  options: Omit<CheckedOptions, "stack" | "out">,
  outdir: string,
  env: NodeJS.ProcessEnv,
): Promise<SynthesizedApp> {
  const { app, context } = readCdktfJson(options.cwd);
  options.onProgress?.(`synth: ${app}`);
  const childEnv = {
    ...env,
    PATH: [...binFolders(options.cwd), env.PATH ?? ""].join(path.delimiter),
    CDKTF_OUTDIR: outdir,
    CDKTF_CONTEXT_JSON: JSON.stringify({ ...context, ...part11Context(options) }),
  };
  // `app` is a shell command line by cdktf's contract ("The command to run in order to synthesize").
  const { code, stdout, stderr } = await runCommand("/bin/sh", ["-c", app], {
    cwd: options.cwd,
    env: childEnv,
    signal: options.signal,
  });
  if (code !== 0) throw synthFailed(app, `exit code ${code}: ${errorLine(stderr || stdout)}`);
  return { folderOf: (stack) => stackFolder(stack, outdir, app) };
}

/** The app of the folder `cwd`. @throws CDKTF_JSON_MISSING */
export function readCdktfJson(cwd: string): CdktfJson {
  const file = path.join(cwd, "cdktf.json");
  if (!fs.existsSync(file)) throw cdktfJsonError(file, "none", "run part11 in the folder of your CDKTF project");
  const { app, context } = readJsonFile(file, { maxBytes: MAX_CDKTF_JSON_BYTES }) as Record<string, unknown>;
  if (typeof app !== "string" || app.trim() === "") throw cdktfJsonError(file, "none in it", "name the app there");
  return { app, context: typeof context === "object" && context ? (context as Record<string, unknown>) : {} };
}

function part11Context(options: Omit<CheckedOptions, "stack" | "out">): Record<string, unknown> {
  return {
    "part11:environment": options.environment,
    "part11:target": options.target,
    ...(options.settings ? { "part11:settings": options.settings } : {}),
    ...(options.leaveOut ? { "part11:leaveOut": options.leaveOut } : {}),
    ...(options.emulatorEndpoint ? { "part11:emulatorEndpoint": options.emulatorEndpoint } : {}),
  };
}

function stackFolder(stack: string, outdir: string, app: string): string {
  const file = path.join(outdir, "manifest.json");
  if (!fs.existsSync(file)) throw synthFailed(app, "no manifest.json in CDKTF_OUTDIR");
  const manifest = readJsonFile(file, { maxBytes: MAX_MANIFEST_BYTES }) as {
    stacks?: Record<string, { synthesizedStackPath?: unknown }>;
  };
  const stacks = manifest.stacks ?? {};
  const relative = Object.hasOwn(stacks, stack) ? stacks[stack]?.synthesizedStackPath : undefined;
  if (typeof relative !== "string") {
    throw new Part11Error({
      code: "STACK_UNKNOWN",
      what: "no such stack",
      where: "the app of cdktf.json",
      expected: `one of ${Object.keys(stacks).sort().join(", ") || "none"}`,
      got: stack,
      todo: "name one of them with --stack",
    });
  }
  if (path.basename(relative) !== "cdk.tf.json") throw synthFailed(app, `${relative} instead of cdk.tf.json`);
  return path.dirname(path.join(outdir, relative));
}

/** The folders `node_modules/.bin` that npm would put on PATH for a script in `cwd`. */
function binFolders(cwd: string): string[] {
  const folders: string[] = [];
  for (let at = cwd; ; at = path.dirname(at)) {
    folders.push(path.join(at, "node_modules", ".bin"));
    if (at === path.dirname(at)) return folders;
  }
}

/** The line of an app's output that says why it failed: Node prints the error above its stack. */
function errorLine(output: string): string {
  return (/^(?:Uncaught )?\w*Error\b.*$/m.exec(output)?.[0] ?? lastLine(output)).trim();
}

function cdktfJsonError(file: string, got: string, todo: string): Part11Error {
  return new Part11Error({
    code: "CDKTF_JSON_MISSING",
    what: "no CDKTF app",
    where: file,
    expected: "a cdktf.json that names an app",
    got,
    todo,
  });
}

function synthFailed(app: string, got: string): Part11Error {
  return new Part11Error({
    code: "SYNTH_FAILED",
    what: "synth failed",
    where: `the app "${app}"`,
    expected: "exit code 0 and a manifest.json",
    got,
    todo: "correct the app or its settings",
  });
}
