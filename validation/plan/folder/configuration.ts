// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { readLock } from "../../facts";
import { readCapped } from "../../json";
import type { ProviderVersion } from "../../toolchain/mirror-layout";
import { type HclBody, hclBody } from "./hcl-blocks";
import { folderRefused } from "./refused";
import type { SourceFile } from "./sources";

const LOCK = ".terraform.lock.hcl";
const AWS = "registry.terraform.io/hashicorp/aws";
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Blocks of a provider that open another session, which the embedded AWS does not know before it is asked. */
const OTHER_SESSION = ["assume_role", "assume_role_with_web_identity"];

/** A provider block of the root module, as far as it must be pointed elsewhere. */
export interface AwsProviderBlock {
  readonly alias: string | null;
  /** Names of its arguments. */
  readonly arguments: readonly string[];
}

/**
 * Holds a folder against what can be planned without network and without another account: one provider, pinned; modules that lie
 * in the folder; no session but the run's own.
 *
 * @returns the provider blocks of the root module
 * @throws DIR_REFUSED, LOCK_FORMAT
 */
export function readConfiguration(dir: string, sources: readonly SourceFile[]): readonly AwsProviderBlock[] {
  const json = sources.find((file) => file.path.endsWith(".tf.json"));
  if (json) {
    const todo = "write it as .tf; a CDKTF project is qualified without --dir";
    throw folderRefused(path.join(dir, json.path), "Terraform's native syntax (.tf)", "JSON", todo);
  }
  const bodies = sources
    .filter((file) => file.path.endsWith(".tf"))
    .map((file) => [file.path, bodyOf(dir, file.path)] as const);
  for (const [file, body] of bodies) assertModulesLieHere(dir, file, body);
  const root = bodies.filter(([file]) => !file.includes("/"));
  return root.flatMap(([file, { blocks }]) =>
    blocks
      .filter(({ type, labels }) => type === "provider" && labels[0] === "aws")
      .map(({ body }) => providerBlock(path.join(dir, file), hclBody(body))),
  );
}

/** Providers that the folder's lock file pins. @throws DIR_REFUSED unless it is hashicorp/aws alone; LOCK_FORMAT */
export function lockedProviders(dir: string): readonly ProviderVersion[] {
  const file = path.join(dir, LOCK);
  if (!fs.existsSync(file)) {
    throw folderRefused(
      file,
      "the lock file beside the sources",
      "none",
      "run terraform init in the folder, and keep what it writes",
    );
  }
  const locked = readLock(readCapped(file, { maxBytes: MAX_FILE_BYTES }).toString("utf8"), file);
  const others = Object.keys(locked).filter((source) => source !== AWS);
  const [pin] = Object.hasOwn(locked, AWS) ? [locked[AWS]!] : [];
  if (pin && others.length === 0) return [{ namespace: "hashicorp", type: "aws", version: pin.version }];
  const got = others.length > 0 ? others.join(", ") : "none";
  throw folderRefused(
    file,
    `${AWS} alone: nothing else can be read back`,
    got,
    "take what needs another provider out of the folder",
  );
}

function bodyOf(dir: string, file: string): HclBody {
  return hclBody(readCapped(path.join(dir, file), { maxBytes: MAX_FILE_BYTES }).toString("utf8"));
}

/** A module from elsewhere is not among the sources whose digests are kept, and cannot be fetched without network. */
function assertModulesLieHere(dir: string, file: string, { blocks }: HclBody): void {
  for (const { type, labels, body } of blocks) {
    if (type !== "module") continue;
    const source = /^"([^"]*)"$/.exec(hclBody(body).arguments.source ?? "")?.[1] ?? "not a literal";
    const below = path.posix.normalize(path.posix.join(path.posix.dirname(file), source));
    if (/^\.\.?\//.test(source) && below !== ".." && !below.startsWith("../")) continue;
    const where = `${path.join(dir, file)}, module "${labels[0] ?? ""}"`;
    throw folderRefused(
      where,
      "a module that lies in the folder",
      source,
      "copy the module into the folder and name it by a path (./modules/…)",
    );
  }
}

function providerBlock(where: string, { blocks, arguments: args }: HclBody): AwsProviderBlock {
  const other = blocks.find(({ type }) => OTHER_SESSION.includes(type));
  if (other) {
    const todo =
      "give the role's session from outside, as credentials of the environment, or move the block into an override file that lies elsewhere";
    throw folderRefused(`${where}, provider "aws"`, "the session of the run", other.type, todo);
  }
  const alias = args.alias === undefined ? null : /^"([\w-]+)"$/.exec(args.alias)?.[1];
  if (alias === undefined) {
    throw folderRefused(
      `${where}, provider "aws"`,
      "an alias that is a literal",
      String(args.alias),
      "write the alias as text",
    );
  }
  return { alias, arguments: Object.keys(args).sort() };
}
