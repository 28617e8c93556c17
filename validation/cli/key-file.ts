// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as path from "node:path";
import { publicKeyFromPem } from "../evidence";
import { readCapped } from "../json";
import type { Io } from "./io";

/** Many times what a PEM of Ed25519 or P-256 takes. */
const MAX_KEY_BYTES = 16_384;

/** Bytes of a file that holds one key. @throws FILE_NOT_FOUND, FILE_TOO_LARGE */
export function readKeyFile(file: string, { cwd }: Pick<Io, "cwd">): Buffer {
  return readCapped(path.resolve(cwd, file), { maxBytes: MAX_KEY_BYTES });
}

/** The key that a reader of evidence pins with `--key`; without the option nothing is pinned. @throws FILE_NOT_FOUND, FILE_TOO_LARGE, KEY_UNUSABLE */
export function pinnedSigner(file: string | undefined, io: Pick<Io, "cwd">): KeyObject | undefined {
  return file === undefined ? undefined : publicKeyFromPem(readKeyFile(file, io), file);
}
