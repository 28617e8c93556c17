// SPDX-License-Identifier: Apache-2.0
import { type ErrorCode, Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import { assertSchema, readCapped } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";

/** Largest file of requirements accepted, in bytes. */
const MAX_BYTES = 256_000;

/** A file of requirements or of their sources, with the place of each part for messages. */
export interface ReadFile {
  readonly value: unknown;
  /** `<name>:<line>` of what stands at a path. */
  readonly at: (path: readonly (string | number)[]) => string;
}

/**
 * Reads one YAML file of this folder.
 *
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE; REQUIREMENTS_INVALID for what is no plain YAML, SCHEMA_MISMATCH for another
 * shape; both name the line
 */
export function readRequirementFile(file: string, name: string, schema: string): ReadFile {
  const bytes = readCapped(file, { maxBytes: MAX_BYTES });
  const todo = `compare it with validation/schema/${schema}.schema.json`;
  const yaml = parseStrictYaml(bytes, (expected, got, line, cause) =>
    refused(line === null ? name : `${name}:${line}`, expected, got, { code: "REQUIREMENTS_INVALID", todo, cause }),
  );
  const at = (path: readonly (string | number)[]) => `${name}:${yaml.lineOf(path)}`;
  assertSchema(schema, yaml.value, (pointer) => `${at(pointer.split("/").slice(1).map(unescaped))} ${pointer}`);
  return { value: yaml.value, at };
}

/** What is written of a requirement and cannot hold. */
export function refused(
  where: string,
  expected: string,
  got: string,
  more: { readonly code?: ErrorCode; readonly todo?: string; readonly cause?: unknown } = {},
): Part11Error {
  const { code = "REQUIREMENT_REFUSED", todo = "correct the file", cause } = more;
  const parts = { code, what: "requirements refused", where, expected, got: visible(got), todo };
  return new Part11Error(parts, { cause });
}

// A member's name may hold what a JSON pointer escapes; a number is an index of a list.
function unescaped(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");
}
