// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, parseStrict, readCapped, sha256Hex } from "../json";
import { packageRoot } from "../package-root";
import type { AttributeOfType, ControlMetadata } from "./decisions";
import { isPlainSidecar } from "./sidecar-shape";

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

/** Whose controls a wasm holds: those of this package, or house rules that somebody adds. */
export type Family = "part11" | "house";

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
  return readPolicy(path.join(folder, "part11.wasm"), "part11");
}

/** A compiled policy and the sidecar of the same name beside it. Errors as `loadPolicy`. */
export function readPolicy(file: string, family: Family): Policy {
  const sidecar = sidecarOf(file);
  const limits = { wasm: { maxBytes: MAX_WASM_BYTES }, sidecar: { maxBytes: MAX_SIDECAR_BYTES } };
  return policyOf({ wasm: readCapped(file, limits.wasm), sidecar: readCapped(sidecar, limits.sidecar) }, file, family);
}

/** A compiled policy from the bytes of its two files. Errors as `loadPolicy`. */
export function policyOf(
  files: { readonly wasm: Buffer; readonly sidecar: Buffer },
  where: string,
  family: Family,
): Policy {
  const sidecar = parseSidecar(files.sidecar, sidecarOf(where), family);
  const actual = sha256Hex(files.wasm);
  if (actual !== sidecar.wasmDigest) {
    throw new Part11Error({
      code: "POLICY_DIGEST",
      what: "compiled policy refused",
      where,
      expected: `SHA-256 ${sidecar.wasmDigest} of its sidecar`,
      got: actual,
      todo: "install cdktf-part11 again, or rebuild the policies",
    });
  }
  return { sidecar, wasm: files.wasm, digest: sha256Hex(files.sidecar) };
}

/** The catalogue alone, for readers that judge nothing. Errors as `loadPolicy`. */
export function loadSidecar(folder: string = path.join(packageRoot(), "policies")): {
  readonly sidecar: Sidecar;
  readonly digest: string;
} {
  const file = path.join(folder, "part11.json");
  const bytes = readCapped(file, { maxBytes: MAX_SIDECAR_BYTES });
  return { sidecar: parseSidecar(bytes, file, "part11"), digest: sha256Hex(bytes) };
}

function parseSidecar(bytes: Buffer, file: string, family: Family): Sidecar {
  const sidecar = parseStrict(bytes, file);
  if (!isPlainSidecar(sidecar)) assertSchema("policy", sidecar, file);
  const { controls } = sidecar as Sidecar;
  const foreign = controls.find((control) => !control.package.startsWith(`${family}.`));
  if (!foreign) return sidecar as Sidecar;
  throw new Part11Error({
    code: "POLICY_FOREIGN",
    what: "compiled policy refused",
    where: file,
    expected: `controls of packages ${family}.<id>`,
    got: foreign.package,
    todo: "give part11.wasm as policy and house rules with --bundle",
  });
}

function sidecarOf(wasm: string): string {
  return `${wasm.replace(/\.wasm$/, "")}.json`;
}

/**
 * Attributes that the rules of some controls read: those of their METADATA, and, where one reads the tags of buckets and so
 * asks for their roles, all that makes a bucket's role.
 */
export function attributesRead({ sidecar }: Policy, controls: readonly ControlMetadata[]): readonly AttributeOfType[] {
  const own = controls.flatMap(({ attributes }) => attributes);
  const asksRoles = own.some(({ type, path }) => type === "aws_s3_bucket" && path === "tags");
  return asksRoles ? [...own, ...bucketRoleAttributes(sidecar)] : own;
}

function bucketRoleAttributes({ data }: Sidecar): readonly AttributeOfType[] {
  const { part11_data: shared } = data as {
    readonly part11_data: { readonly bucket_role_attributes: AttributeOfType[] };
  };
  return shared.bucket_role_attributes;
}

/** Name under which the entry point answers for a control: the last part of its package. */
export function packageName(control: ControlMetadata): string {
  return control.package.slice(control.package.lastIndexOf(".") + 1);
}
