// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";

export const ENVIRONMENTS = ["production", "qualification", "development"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const TARGETS = ["offline", "emulator", "aws"] as const;
/** Where the plan is made for: `offline` reads no AWS and is never applied. */
export type PlanTarget = (typeof TARGETS)[number];

export interface PlanOptions {
  /** Name of the stack in the app of cdktf.json. */
  readonly stack: string;
  readonly environment: Environment;
  /** @default "offline" */
  readonly target?: PlanTarget | undefined;
  /** Settings file given to the app, absolute or relative to `cwd`. @default - the app's own example for the environment */
  readonly settings?: string | undefined;
  /** Folder that takes the artifacts; empty or not there yet. Absolute or relative to `cwd`. */
  readonly out: string;
  /** The user's project: the folder of cdktf.json. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** AWS settings (credentials, AWS_CA_BUNDLE, AWS_ENDPOINT_URL) for the target `emulator`; the user's own are removed there. */
  readonly targetEnv?: NodeJS.ProcessEnv | undefined;
  /** URL of the emulator on this machine, given to the app; only for the target `emulator`. */
  readonly emulatorEndpoint?: string | undefined;
  /** Resource types that the app leaves out of the stack, as the target's profile lists them. @default - none */
  readonly leaveOut?: readonly string[] | undefined;
  /** Folder to keep the initialised Terraform folder in, for `applyPlan`; empty or not there yet. @default - it is removed */
  readonly keepWorkDir?: string | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Called with the stack's cdk.tf.json as soon as it is there, long before the plan. */
  readonly onSynthesized?: ((file: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Options after the checks that need no tool: paths absolute, defaults filled in. */
export interface CheckedOptions extends PlanOptions {
  readonly target: PlanTarget;
}

/**
 * Checks everything that can be checked before a program runs.
 *
 * @throws USAGE, FILE_NOT_FOUND, OUT_NOT_EMPTY
 */
export function checkOptions(options: PlanOptions): CheckedOptions {
  const target = options.target ?? "offline";
  oneOf("--environment", ENVIRONMENTS, options.environment);
  oneOf("--target", TARGETS, target);
  checkEndpoint(target, options.emulatorEndpoint);
  const absolute = (file: string) => path.resolve(options.cwd, file);
  const settings = options.settings && absolute(options.settings);
  if (settings && !fs.existsSync(settings)) {
    throw new Part11Error({
      code: "FILE_NOT_FOUND",
      what: "settings file not found",
      where: settings,
      expected: "a settings file",
      got: "none",
      todo: "correct --settings or leave it out",
    });
  }
  const keepWorkDir = options.keepWorkDir && absolute(options.keepWorkDir);
  if (keepWorkDir) checkEmpty(keepWorkDir);
  checkEmpty(absolute(options.out));
  return { ...options, target, settings, keepWorkDir, out: absolute(options.out) };
}

function oneOf(option: string, allowed: readonly string[], got: string): void {
  if (!allowed.includes(got)) throw usage(option, `one of ${allowed.join(", ")}`, got);
}

function checkEndpoint(target: PlanTarget, endpoint: string | undefined): void {
  const option = "--emulator-endpoint";
  if (target !== "emulator") {
    if (endpoint !== undefined) throw usage(option, "none unless --target is emulator", endpoint);
    return;
  }
  if (endpoint === undefined) throw usage(option, "the URL of the emulator for --target emulator", "none");
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  if (!["127.0.0.1", "[::1]", "localhost"].includes(host)) throw usage(option, "a URL on this machine", endpoint);
}

function checkEmpty(folder: string): void {
  if (!fs.existsSync(folder)) return;
  const found = fs.statSync(folder).isDirectory() ? fs.readdirSync(folder) : ["a file"];
  if (found.length === 0) return;
  throw new Part11Error({
    code: "OUT_NOT_EMPTY",
    what: "output folder is not empty",
    where: folder,
    expected: "an empty folder or none",
    got: found.slice(0, 3).join(", "),
    todo: "name another folder with --out, or remove this one",
  });
}

function usage(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "wrong option",
    where,
    expected,
    got: got === "" ? "nothing" : got,
    todo: "see part11 plan --help",
  });
}
