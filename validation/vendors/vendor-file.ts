// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, readCapped } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";
import { vendorProblems } from "./checks";
import type { Vendor } from "./vendor";

/** Largest vendors file accepted, in bytes. */
export const MAX_VENDORS_BYTES = 1_000_000;

/** A vendors file whose every entry could stand; whether a date has passed is for `vendor review` to say. */
export interface VendorFile {
  readonly name: string;
  readonly vendors: readonly Vendor[];
  /** The text as it was read, comments and all. */
  readonly text: string;
}

/**
 * The vendors of a file.
 *
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE; VENDORS_INVALID for what is no plain YAML, SCHEMA_MISMATCH for another shape,
 * VENDOR_REFUSED for an entry that cannot stand; all three name the line
 */
export function loadVendors(file: string): VendorFile {
  return parseVendors(readCapped(file, { maxBytes: MAX_VENDORS_BYTES }), path.basename(file));
}

/** As `loadVendors`, of bytes in memory. */
export function parseVendors(bytes: Uint8Array, name: string): VendorFile {
  const yaml = parseStrictYaml(bytes, (expected, got, line, cause) => notPlain(name, line, expected, got, cause));
  const at = (place: readonly (string | number)[]) => `${name}:${yaml.lineOf(place)} ${place.join("/")}`;
  assertSchema("vendors", yaml.value, (pointer) => at(pointer.split("/").slice(1).map(indexed)));
  const { vendors } = yaml.value as { vendors: readonly Vendor[] };
  for (const { path: place, expected, got } of vendorProblems(vendors)) {
    throw new Part11Error({
      code: "VENDOR_REFUSED",
      what: "entry refused",
      where: at(place),
      expected,
      got,
      todo: "correct the entry; see docs/guides/vendors.md",
    });
  }
  return { name, vendors, text: Buffer.from(bytes).toString("utf8") };
}

/** The vendor of that id. @throws SUBJECT_NOT_FOUND */
export function vendorIn({ name, vendors }: VendorFile, id: string): Vendor {
  const found = vendors.find((one) => one.id === id);
  if (found) return found;
  throw new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "no such vendor",
    where: name,
    expected: `one of ${vendors.map((one) => one.id).join(", ") || "none"}`,
    got: id,
    todo: "list the vendors with part11 vendor list",
  });
}

function indexed(part: string): string | number {
  return /^[0-9]+$/.test(part) ? Number(part) : part;
}

function notPlain(name: string, line: number | null, expected: string, got: string, cause: unknown): Part11Error {
  return new Part11Error(
    {
      code: "VENDORS_INVALID",
      what: "vendors refused",
      where: line === null ? name : `${name}:${line}`,
      expected,
      got,
      todo: "compare it with validation/schema/vendors.schema.json",
    },
    { cause },
  );
}
