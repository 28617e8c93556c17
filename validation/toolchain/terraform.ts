// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { cacheFolder, makeAtomically, type ToolContext } from "./cache";
import { runCommand } from "./child-process";
import { findExecutable } from "./executable";
import { downloadPinned } from "./pinned-download";
import { zipEntry } from "./zip-entry";

/** Terraform versions the project is used with: 1.9.0 and later, below 2. */
const SUPPORTED = "at least 1.9.0 and below 2";

/** Version that is downloaded when none is installed. */
const PINNED_VERSION = "1.11.4";

/**
 * SHA-256 of the release archives of Terraform 1.11.4, as listed in HashiCorp's terraform_1.11.4_SHA256SUMS.
 * Read on 2026-11-21 from public packages that repeat that list (a Homebrew cask and formula, an Arch PKGBUILD, a Nix flake), which agree.
 */
const ARCHIVE_SHA256: Readonly<Record<string, string>> = {
  darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
  darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
  linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
  linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
};

const RELEASES_URL = "https://releases.hashicorp.com/terraform";

export interface Terraform {
  /** Absolute path of the binary. */
  readonly path: string;
  readonly version: string;
  readonly source: "TERRAFORM_BINARY_NAME" | "PATH" | "cache" | "download";
}

/** Where and what the pinned Terraform is downloaded; tests put a server of their own here. */
export interface TerraformRelease {
  readonly releasesUrl: string;
  /** SHA-256 of the archive by platform, `linux_amd64`. */
  readonly archiveSha256: Readonly<Record<string, string>>;
}

/** Terraform's name of this platform, for example `linux_amd64`. */
export function terraformPlatform(): string {
  const arch = { x64: "amd64", ia32: "386" }[process.arch as string] ?? process.arch;
  return `${process.platform === "win32" ? "windows" : process.platform}_${arch}`;
}

/** Version that `ensureTerraform` would download for a platform; undefined where none is pinned. */
export function downloadableTerraform(platform: string): string | undefined {
  return Object.hasOwn(ARCHIVE_SHA256, platform) ? PINNED_VERSION : undefined;
}

/**
 * Terraform as it stands on this machine: `TERRAFORM_BINARY_NAME`, else PATH, else the project's cache; undefined when there is none
 * of a supported version.
 *
 * @throws TERRAFORM_MISSING when `TERRAFORM_BINARY_NAME` names something that is not a supported Terraform
 */
export async function locateTerraform(context: ToolContext): Promise<Terraform | undefined> {
  const named = context.env.TERRAFORM_BINARY_NAME;
  if (named) return namedTerraform(named, context);
  const onPath = findExecutable("terraform", context.env, context.cwd);
  if (onPath) {
    const version = await versionOf(onPath, context);
    if (isSupported(version)) return { path: onPath, version, source: "PATH" };
    context.onProgress?.(`${onPath} is not used: its version is ${version ?? "unknown"}, needed is ${SUPPORTED}`);
  }
  const cached = path.join(cachedFolder(context.cwd), "terraform");
  const version = fs.existsSync(cached) ? await versionOf(cached, context) : undefined;
  return version === PINNED_VERSION ? { path: cached, version, source: "cache" } : undefined;
}

/**
 * Terraform, downloaded into the project's cache when this machine has none.
 *
 * @throws TERRAFORM_MISSING, DOWNLOAD_FAILED, CHECKSUM_MISMATCH
 */
export async function ensureTerraform(
  context: ToolContext,
  release: TerraformRelease = { releasesUrl: RELEASES_URL, archiveSha256: ARCHIVE_SHA256 },
): Promise<Terraform> {
  return (await locateTerraform(context)) ?? downloadTerraform(context, release);
}

async function namedTerraform(name: string, context: ToolContext): Promise<Terraform> {
  const file = findExecutable(name, context.env, context.cwd);
  const version = file && (await versionOf(file, context));
  if (file && isSupported(version)) return { path: file, version, source: "TERRAFORM_BINARY_NAME" };
  throw missing(
    `TERRAFORM_BINARY_NAME=${name}`,
    file ? `version ${version ?? "unknown"}` : "no such executable",
    "correct or unset TERRAFORM_BINARY_NAME",
  );
}

async function downloadTerraform(context: ToolContext, release: TerraformRelease): Promise<Terraform> {
  const platform = terraformPlatform();
  const sha256 = release.archiveSha256[platform];
  if (!sha256) throw missing("PATH", `none, and none is pinned for ${platform}`, "install Terraform");
  const url = `${release.releasesUrl}/${PINNED_VERSION}/terraform_${PINNED_VERSION}_${platform}.zip`;
  context.onProgress?.(`downloading Terraform ${PINNED_VERSION}`);
  const binary = zipEntry(await downloadPinned({ url, sha256 }, context.signal), "terraform");
  if (!binary) throw missing(url, "an archive without the file terraform", "install Terraform");
  const folder = cachedFolder(context.cwd);
  await makeAtomically(folder, async (temporary) => {
    fs.writeFileSync(path.join(temporary, "terraform"), binary, { mode: 0o755 });
  });
  const file = path.join(folder, "terraform");
  const version = await versionOf(file, context);
  if (version !== PINNED_VERSION) throw missing(file, `version ${version ?? "unknown"}`, "install Terraform");
  return { path: file, version, source: "download" };
}

function cachedFolder(cwd: string): string {
  return path.join(cacheFolder(cwd), `terraform-${PINNED_VERSION}-${terraformPlatform()}`);
}

async function versionOf(file: string, context: ToolContext): Promise<string | undefined> {
  const env = { ...context.env, CHECKPOINT_DISABLE: "1" };
  // A configuration file that is not there makes Terraform print a warning into its JSON.
  delete (env as NodeJS.ProcessEnv).TF_CLI_CONFIG_FILE;
  const { code, stdout } = await runCommand(file, ["version", "-json"], {
    cwd: context.cwd,
    env,
    signal: context.signal,
  });
  if (code !== 0) return undefined;
  try {
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

function isSupported(version: string | undefined): version is string {
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+$/.exec(version ?? "") ?? [];
  return major === "1" && Number(minor) >= 9;
}

function missing(where: string, got: string, todo: string): Part11Error {
  return new Part11Error({
    code: "TERRAFORM_MISSING",
    what: "no usable Terraform",
    where,
    expected: `a Terraform of version ${SUPPORTED}`,
    got,
    todo,
  });
}
