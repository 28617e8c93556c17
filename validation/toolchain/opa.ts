// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { cacheFolder, makeAtomically, type ToolContext } from "./cache";
import { runCommand } from "./child-process";
import { findExecutable } from "./executable";
import { GO_ARCHIVE_SHA256, GO_VERSION, goArchive, type NoGo, withDownloadedGo } from "./go-toolchain";
import type { PinnedFile } from "./pinned-download";

/** The only OPA that builds `policies/part11.wasm`: another version gives other bytes. */
export const OPA_VERSION = "1.22.0";

const GO_PACKAGE = `github.com/open-policy-agent/opa@v${OPA_VERSION}`;

export interface Opa {
  /** Absolute path of the binary. */
  readonly path: string;
  readonly version: string;
  readonly source: "PATH" | "cache" | "go install" | "go download";
}

/** What OPA is built with on this machine: the Go on PATH, else one to download. */
export type OpaBuilder = { readonly go: string } | PinnedFile | NoGo;

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

/** @param goSha256 SHA-256 of Go's archive by platform, `linux_amd64`; tests put theirs here */
export function opaBuilder({ env, cwd }: ToolContext, goSha256 = GO_ARCHIVE_SHA256): OpaBuilder {
  const go = findExecutable("go", env, cwd);
  return go ? { go } : goArchive(env, goSha256);
}

/**
 * OPA, built by `go install` into the project's cache when this machine has none of the needed version; Go is downloaded for
 * that when there is none. Go checks OPA's source against its checksum database.
 *
 * @throws OPA_MISSING, DOWNLOAD_FAILED, CHECKSUM_MISMATCH
 */
export async function ensureOpa(context: ToolContext, goSha256 = GO_ARCHIVE_SHA256): Promise<Opa> {
  return (await locateOpa(context)) ?? buildOpa(context, opaBuilder(context, goSha256));
}

async function buildOpa(context: ToolContext, builder: OpaBuilder): Promise<Opa> {
  if ("refused" in builder) throw missing("PATH", `neither opa nor go, and ${builder.refused}`);
  if ("go" in builder) {
    context.onProgress?.(`building OPA ${OPA_VERSION} with ${builder.go}`);
    return { ...(await goInstall(builder.go, context)), source: "go install" };
  }
  context.onProgress?.(`downloading Go ${GO_VERSION} to build OPA ${OPA_VERSION}`);
  return withDownloadedGo(builder, context, async (go) => {
    context.onProgress?.(`building OPA ${OPA_VERSION} with the downloaded Go (minutes; 2 GB of disk until it is done)`);
    return { ...(await goInstall(go.path, { ...context, env: go.env, signal: go.signal })), source: "go download" };
  });
}

async function goInstall(go: string, context: ToolContext): Promise<Omit<Opa, "source">> {
  const folder = cachedFolder(context.cwd);
  await makeAtomically(folder, async (temporary) => {
    const env = { ...context.env, GOBIN: temporary };
    const { code, stderr } = await runCommand(go, ["install", GO_PACKAGE], { ...context, env });
    if (code !== 0) throw missing(`go install ${GO_PACKAGE}`, stderr.trim().split("\n").at(-1) || `exit code ${code}`);
  });
  const file = path.join(folder, "opa");
  const version = await versionOf(file, context);
  if (version !== OPA_VERSION) throw missing(file, `version ${version ?? "unknown"}`);
  return { path: file, version };
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
