// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Part11Error } from "../error";
import { cacheFolder, makeAtomically, type ToolContext } from "./cache";
import { holdsProvider, type ProviderVersion, sourceOf } from "./mirror-layout";
import { SEARCH_LIMITS, type SearchLimits, searchMirror } from "./mirror-search";

/** A folder on this machine from which Terraform can install the provider without network. */
export interface ProviderMirror {
  readonly provider: ProviderVersion;
  readonly root: string;
  readonly source: "TF_PLUGIN_MIRROR" | "implied mirror" | "cache" | "search";
}

/** Where the machine is searched; tests put folders of their own here. */
export interface MirrorSearch {
  readonly roots: readonly string[];
  readonly limits: SearchLimits;
}

/**
 * A filesystem mirror that holds the provider: `TF_PLUGIN_MIRROR`, else Terraform's implied mirror folders, else what this project
 * found or kept before, else any folder of the machine laid out as one; undefined when there is none.
 *
 * @throws PROVIDER_MISSING when `TF_PLUGIN_MIRROR` is set and does not hold the provider
 */
export async function locateProvider(
  provider: ProviderVersion,
  context: ToolContext,
  search: MirrorSearch = { roots: [os.homedir(), path.parse(os.homedir()).root], limits: SEARCH_LIMITS },
): Promise<ProviderMirror | undefined> {
  const named = context.env.TF_PLUGIN_MIRROR;
  if (named) return namedMirror(path.resolve(context.cwd, named), provider);
  const implied = impliedMirrors(context).find((root) => holdsProvider(root, provider));
  if (implied) return { provider, root: implied, source: "implied mirror" };
  const known = [keptProviders(context.cwd), ...rememberedRoots(context.cwd)];
  const cached = known.find((root) => holdsProvider(root, provider));
  if (cached) return { provider, root: cached, source: "cache" };
  context.onProgress?.(`searching this machine for a mirror of ${sourceOf(provider)} ${provider.version}`);
  const root = await searchMirror(search.roots, provider, search.limits);
  if (!root) return undefined;
  remember(root, context.cwd);
  return { provider, root, source: "search" };
}

/**
 * Keeps providers that Terraform downloaded and checked in `workDir` for later runs of the project, so that they are downloaded once.
 * Links into a mirror are left where they are.
 */
export async function keepDownloadedProviders(workDir: string, provider: ProviderVersion, cwd: string): Promise<void> {
  const installed = path.join(workDir, ".terraform", "providers");
  if (!fs.existsSync(installed)) return;
  for (const host of fs.readdirSync(installed)) {
    const below = path.join(host, provider.namespace, provider.type, provider.version);
    const from = path.join(installed, below);
    const to = path.join(keptProviders(cwd), below);
    if (fs.existsSync(to) || !isDownloaded(from)) continue;
    await makeAtomically(to, async (folder) => fs.cpSync(from, folder, { recursive: true }));
  }
}

/** Terraform's implied local mirror folders. Source: Terraform CLI, Provider Installation, "Implied Local Mirror Directories". */
function impliedMirrors({ env, cwd }: ToolContext): string[] {
  const home = env.HOME || os.homedir();
  const dataHome = env.XDG_DATA_HOME || path.join(home, ".local", "share");
  const dataFolders = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(path.delimiter).filter(Boolean);
  return [
    path.join(cwd, "terraform.d", "plugins"),
    path.join(home, ".terraform.d", "plugins"),
    ...(process.platform === "darwin"
      ? [path.join(home, "Library", "Application Support", "io.terraform", "plugins")]
      : []),
    ...[dataHome, "/usr/local/share", "/usr/share", ...dataFolders].map((f) => path.join(f, "terraform", "plugins")),
  ];
}

function namedMirror(root: string, provider: ProviderVersion): ProviderMirror {
  if (holdsProvider(root, provider)) return { provider, root, source: "TF_PLUGIN_MIRROR" };
  throw new Part11Error({
    code: "PROVIDER_MISSING",
    what: "provider not in the mirror",
    where: `TF_PLUGIN_MIRROR=${root}`,
    expected: `<host>/${sourceOf(provider)}/${provider.version} for this platform`,
    got: "none",
    todo: "correct or unset TF_PLUGIN_MIRROR",
  });
}

function keptProviders(cwd: string): string {
  return path.join(cacheFolder(cwd), "providers");
}

function memoryFile(cwd: string): string {
  return path.join(cacheFolder(cwd), "provider-mirrors.json");
}

function rememberedRoots(cwd: string): string[] {
  try {
    const roots: unknown = JSON.parse(fs.readFileSync(memoryFile(cwd), "utf8"));
    return Array.isArray(roots) ? roots.filter((root) => typeof root === "string") : [];
  } catch {
    // A memory that is absent or damaged costs one search.
    return [];
  }
}

function remember(root: string, cwd: string): void {
  const file = memoryFile(cwd);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const roots = [...new Set([...rememberedRoots(cwd), root])];
  fs.writeFileSync(`${file}.${process.pid}.tmp`, JSON.stringify(roots));
  fs.renameSync(`${file}.${process.pid}.tmp`, file);
}

function isDownloaded(versionFolder: string): boolean {
  if (!fs.existsSync(versionFolder)) return false;
  return fs
    .readdirSync(versionFolder)
    .every((platform) => !fs.lstatSync(path.join(versionFolder, platform)).isSymbolicLink());
}
