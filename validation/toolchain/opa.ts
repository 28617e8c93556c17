// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { cacheFolder, makeAtomically, type ToolContext } from "./cache";
import { runCommand } from "./child-process";
import { findExecutable } from "./executable";

/** The only OPA that builds `policies/part11.wasm`: another version gives other bytes. */
export const OPA_VERSION = "1.22.0";

const GO_PACKAGE = `github.com/open-policy-agent/opa@v${OPA_VERSION}`;

export interface Opa {
  /** Absolute path of the binary. */
  readonly path: string;
  readonly version: string;
  readonly source: "PATH" | "cache" | "go install";
}

/** OPA of exactly the needed version on PATH or in the project's cache; undefined when there is none. */
export async function locateOpa(context: ToolContext): Promise<Opa | undefined> {
  const onPath = findExecutable("opa", context.env, context.cwd);
  if (onPath) {
    const version = await versionOf(onPath, context);
    if (version === OPA_VERSION) return { path: onPath, version, source: "PATH" };
    context.onProgress?.(`${onPath} is not used: its version is ${version ?? "unknown"}, needed is ${OPA_VERSION}`);
  }
  const cached = path.join(cachedFolder(context.cwd), "opa");
  const version = fs.existsSync(cached) ? await versionOf(cached, context) : undefined;
  return version === OPA_VERSION ? { path: cached, version, source: "cache" } : undefined;
}

/**
 * OPA, built by `go install` into the project's cache when this machine has none of the needed version. Go checks the
 * source against its checksum database.
 *
 * @throws OPA_MISSING
 */
export async function ensureOpa(context: ToolContext): Promise<Opa> {
  return (await locateOpa(context)) ?? installOpa(context);
}

async function installOpa(context: ToolContext): Promise<Opa> {
  const go = findExecutable("go", context.env, context.cwd);
  if (!go) throw missing("PATH", "neither opa nor go");
  context.onProgress?.(`building OPA ${OPA_VERSION} with ${go}`);
  const folder = cachedFolder(context.cwd);
  await makeAtomically(folder, async (temporary) => {
    const env = { ...context.env, GOBIN: temporary };
    const { code, stderr } = await runCommand(go, ["install", GO_PACKAGE], { ...context, env });
    if (code !== 0) throw missing(`go install ${GO_PACKAGE}`, stderr.trim().split("\n").at(-1) || `exit code ${code}`);
  });
  const file = path.join(folder, "opa");
  const version = await versionOf(file, context);
  if (version !== OPA_VERSION) throw missing(file, `version ${version ?? "unknown"}`);
  return { path: file, version, source: "go install" };
}

function cachedFolder(cwd: string): string {
  return path.join(cacheFolder(cwd), `opa-${OPA_VERSION}`);
}

async function versionOf(file: string, { cwd, env, signal }: ToolContext): Promise<string | undefined> {
  const { code, stdout } = await runCommand(file, ["version"], { cwd, env, signal });
  return code === 0 ? /^Version: (\S+)$/m.exec(stdout)?.[1] : undefined;
}

function missing(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "OPA_MISSING",
    what: "no usable OPA",
    where,
    expected: `opa ${OPA_VERSION}, or go to build it`,
    got,
    todo: `install opa ${OPA_VERSION} from its release page and put it on PATH, or install Go`,
  });
}
