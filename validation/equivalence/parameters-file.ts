// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, readCapped, sha256Hex } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";
import { daysOf, type Parameter, type Parameters } from "./parameter";

/** Largest file accepted, in bytes. */
const MAX_BYTES = 256_000;
const MIN_WORDS = 4;

/**
 * The parameters in which a production plan may differ, each justified.
 *
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE; SCHEMA_MISMATCH for another shape; PARAMETERS_INVALID for what is no plain YAML, and
 * for an entry that can never hold: without words that say why, a shorter lock, two texts for one
 */
export function loadParameters(file: string): Parameters {
  return parseParameters(readCapped(file, { maxBytes: MAX_BYTES }), path.basename(file));
}

/** As `loadParameters`, of bytes in memory. */
export function parseParameters(bytes: Uint8Array, name: string): Parameters {
  const yaml = parseStrictYaml(bytes, (expected, got, line, cause) => refused(place(name, line), expected, got, cause));
  assertSchema("equivalence-parameters", yaml.value, (pointer) => `${name} ${pointer}`);
  const { parameters: written } = yaml.value as { readonly parameters: readonly Omit<Parameter, "line">[] };
  const parameters = written.map((one, i) => ({ ...one, line: yaml.lineOf(["parameters", i]) }) as Parameter);
  const seen = new Map<string, number>();
  for (const parameter of parameters) {
    const where = place(name, parameter.line);
    assertSensible(parameter, where);
    for (const subject of subjectsOf(parameter)) {
      const before = seen.get(subject);
      if (before !== undefined) throw refused(where, "one parameter each", `a second one for that of line ${before}`);
      seen.set(subject, parameter.line);
    }
  }
  return { file: name, sha256: sha256Hex(bytes), parameters };
}

function assertSensible(parameter: Parameter, where: string): void {
  const { justification } = parameter;
  const words = new Set(justification.toLowerCase().match(/\p{L}+/gu) ?? []);
  if (words.size < MIN_WORDS) throw refused(where, `${MIN_WORDS} different words or more that say why`, justification);
  if (parameter.kind !== "lock-duration") {
    if (parameter.qualified === parameter.production)
      throw refused(where, "two values that differ", parameter.qualified);
    return;
  }
  const [qualified, production] = [daysOf(parameter.qualified), daysOf(parameter.production)];
  if (production < qualified) throw refused(where, `a lock of ${qualified} days or more`, `${production} days`);
}

/** With two replacements of one text, or two texts replaced by one, a difference could hide. */
function subjectsOf(parameter: Parameter): readonly string[] {
  if (parameter.kind === "lock-duration") return [parameter.address];
  return [`qualified ${parameter.qualified}`, `production ${parameter.production}`];
}

function place(name: string, line: number | null): string {
  return line === null ? name : `${name}:${line}`;
}

function refused(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  const todo = "see docs/guides/equivalence.md";
  return new Part11Error(
    { code: "PARAMETERS_INVALID", what: "parameters refused", where, expected, got, todo },
    { cause },
  );
}
