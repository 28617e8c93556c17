// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, parseStrict, readCapped, sha256Hex } from "../json";
import { packageRoot } from "../package-root";
import type { ControlMetadata } from "./decisions";

const MAX_SIDECAR_BYTES = 8 * 1024 * 1024;
const MAX_WASM_BYTES = 64 * 1024 * 1024;

/** `policies/part11.json`: what was compiled into `policies/part11.wasm`, and from what. */
export interface Sidecar {
  readonly schemaVersion: 1;
  /** Version of the `opa` that compiled the wasm. */
  readonly opaVersion: string;
  /** SHA-256 over path and SHA-256 of every source file, hex. */
  readonly sourcesDigest: string;
  /** SHA-256 of `part11.wasm`, hex. */
  readonly wasmDigest: string;
  /** Base document of the policies (`data.json` files), which wasm does not carry. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Sorted by id. */
  readonly controls: readonly ControlMetadata[];
}

/** The compiled policies, as far as they were proven to be the ones that were built. */
export interface Policy {
  readonly sidecar: Sidecar;
  readonly wasm: Buffer;
  /** SHA-256 of the sidecar's bytes; the sidecar holds the digest of the wasm, so this names both. */
  readonly digest: string;
}

/**
 * Reads `part11.wasm` and its sidecar.
 *
 * @param folder folder of both files. `@default` `policies` of this package
 * @throws POLICY_DIGEST when the wasm is not the one of the sidecar; FILE_NOT_FOUND, SCHEMA_MISMATCH and the codes of
 * strict parsing
 */
export function loadPolicy(folder: string = path.join(packageRoot(), "policies")): Policy {
  const { sidecar, digest } = loadSidecar(folder);
  const file = path.join(folder, "part11.wasm");
  const wasm = readCapped(file, { maxBytes: MAX_WASM_BYTES });
  const actual = sha256Hex(wasm);
  if (actual !== sidecar.wasmDigest) {
    throw new Part11Error({
      code: "POLICY_DIGEST",
      what: "compiled policy refused",
      where: file,
      expected: `SHA-256 ${sidecar.wasmDigest} of its sidecar`,
      got: actual,
      todo: "install cdktf-part11 again, or rebuild with npm run policy",
    });
  }
  return { sidecar, wasm, digest };
}

/** The catalogue alone, for readers that judge nothing. Errors as `loadPolicy`. */
export function loadSidecar(folder: string = path.join(packageRoot(), "policies")): {
  readonly sidecar: Sidecar;
  readonly digest: string;
} {
  const file = path.join(folder, "part11.json");
  const bytes = readCapped(file, { maxBytes: MAX_SIDECAR_BYTES });
  const sidecar = parseStrict(bytes, file);
  assertSchema("policy", sidecar, file);
  return { sidecar: sidecar as Sidecar, digest: sha256Hex(bytes) };
}

/** Name under which the entry point answers for a control: the last part of its package. */
export function packageName(control: ControlMetadata): string {
  return control.package.slice(control.package.lastIndexOf(".") + 1);
}
