// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../../error";
import { readCapped } from "../../json";
import { bundleFiles } from "../bundle";
import type { ControlMetadata } from "../decisions";
import { type Policy, policyOf, readPolicy } from "../policy";

/** Names of the pair that `part11 policy build` writes. */
export const HOUSE_FILES = { wasm: "house.wasm", sidecar: "house.json" } as const;

const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024;

/**
 * House rules: a folder or a `.tar.gz` that holds `house.wasm` and `house.json`, or a wasm with its sidecar beside it.
 *
 * @param ours the controls of this package: house rules add to them and can name none of them
 * @throws BUNDLE_REFUSED for an id of ours and for an archive without the pair; the codes of `loadPolicy`
 */
export function loadHouse(file: string, ours: readonly ControlMetadata[]): Policy {
  const policy = readHouse(file);
  const ids = ours.map(({ id }) => id);
  assertHouse(policy.sidecar.controls, ids, file);
  return policy;
}

/**
 * Returns when the ids are the house's own, those that later releases may use left free.
 *
 * @throws BUNDLE_REFUSED
 */
export function assertHouse(controls: readonly ControlMetadata[], ours: readonly string[], where: string): void {
  const taken = new Set(ours.map((id) => id.toLowerCase()));
  for (const { id } of controls) {
    const isOurs = taken.has(id.toLowerCase()) || /^(meta|p11)-/i.test(id);
    if (isOurs) throw refused(where, "ids of its own, and none that begins with META- or P11-", id);
    if (!/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$/.test(id)) throw refused(where, "ids such as ACME-01", id);
  }
}

function readHouse(file: string): Policy {
  if (/\.(tar\.gz|tgz)$/.test(file)) return fromArchive(file);
  const isFolder = fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return readPolicy(isFolder ? path.join(file, HOUSE_FILES.wasm) : file, "house");
}

function fromArchive(file: string): Policy {
  const bytes = readCapped(file, { maxBytes: MAX_ARCHIVE_BYTES });
  let files: ReadonlyMap<string, Buffer>;
  try {
    files = bundleFiles(bytes, MAX_ARCHIVE_BYTES);
  } catch (cause) {
    throw refused(file, "a gzipped tar", (cause as Error).message, cause);
  }
  const named = (name: string) => [name, `./${name}`, `/${name}`].map((one) => files.get(one)).find((one) => one);
  const [wasm, sidecar] = [named(HOUSE_FILES.wasm), named(HOUSE_FILES.sidecar)];
  if (!wasm || !sidecar) {
    throw refused(file, `${HOUSE_FILES.wasm} and ${HOUSE_FILES.sidecar}`, [...files.keys()].join(", ") || "no file");
  }
  return policyOf({ wasm, sidecar }, `${file}/${HOUSE_FILES.wasm}`, "house");
}

function refused(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "BUNDLE_REFUSED",
      what: "house rules refused",
      where,
      expected,
      got,
      todo: "build them with part11 policy build",
    },
    { cause },
  );
}
