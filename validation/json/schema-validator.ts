// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { Options, ValidateFunction } from "ajv/dist/2020";
import { packageRoot } from "../package-root";
import { readJsonFile } from "./strict";

const MAX_SCHEMA_BYTES = 1_000_000;
const compiled = new Map<string, ValidateFunction>();

/** How our schemas are compiled, here and in the page that verifies in a browser. */
export const AJV_OPTIONS: Options = {
  strict: true,
  allErrors: false,
  strictTypes: true,
  allowUnionTypes: true,
  validateSchema: false,
  meta: false,
};

/** The check of `validation/schema/<name>.schema.json`, compiled once. */
export function validatorOf(name: string): ValidateFunction {
  const known = compiled.get(name) ?? compile(name);
  compiled.set(name, known);
  return known;
}

/** The schema itself. @throws what reading a JSON file throws */
export function schemaOf(name: string): object {
  const file = path.join(packageRoot(), "validation", "schema", `${name}.schema.json`);
  return readJsonFile(file, { maxBytes: MAX_SCHEMA_BYTES }) as object;
}

// Ajv costs more to load and to compile than most files cost to check: it is loaded at the first need, and it neither
// checks our own schemas against their meta-schema, which a test does, nor polishes code that runs a few times.
function compile(name: string): ValidateFunction {
  const { default: Ajv2020 } = require("ajv/dist/2020") as typeof import("ajv/dist/2020");
  return new Ajv2020({ ...AJV_OPTIONS, code: { optimize: false } }).compile(schemaOf(name));
}
