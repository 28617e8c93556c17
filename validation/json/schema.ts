// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020";
import { Part11Error } from "../error";
import { packageRoot } from "../package-root";
import { readJsonFile } from "./strict";

const MAX_SCHEMA_BYTES = 1_000_000;
const compiled = new Map<string, ValidateFunction>();

/**
 * Accepts a value that holds to `validation/schema/<name>.schema.json`.
 *
 * @param where the file, or what names a place in it by its JSON pointer
 * @throws SCHEMA_MISMATCH naming the first place that does not hold
 */
export function assertSchema(name: string, value: unknown, where: string | ((pointer: string) => string)): void {
  const validate = compiled.get(name) ?? compile(name);
  if (validate(value)) return;
  const first = validate.errors?.[0];
  throw new Part11Error({
    code: "SCHEMA_MISMATCH",
    what: `content is no ${name}`,
    where: placed(where, first?.instancePath ?? ""),
    ...missed(first),
    todo: `compare it with validation/schema/${name}.schema.json`,
  });
}

/** Without the value: it may be a secret of a plan. */
function missed(error: ErrorObject | undefined): { expected: string; got: string } {
  if (error?.keyword === "required") return { expected: `property ${error.params.missingProperty}`, got: "none" };
  if (error?.keyword === "additionalProperties")
    return { expected: "properties of the schema only", got: String(error.params.additionalProperty) };
  const detail = error?.params ? ` ${JSON.stringify(error.params)}` : "";
  return { expected: `a value that ${error?.message ?? "holds to the schema"}${detail}`, got: "another" };
}

function placed(where: string | ((pointer: string) => string), pointer: string): string {
  return typeof where === "string" ? `${where}${pointer}` : where(pointer);
}

// Ajv costs more to load and to compile than most files cost to check: it is loaded at the first need, and it neither
// checks our own schemas against their meta-schema, which a test does, nor polishes code that runs a few times.
function compile(name: string): ValidateFunction {
  const file = path.join(packageRoot(), "validation", "schema", `${name}.schema.json`);
  const { default: Ajv2020 } = require("ajv/dist/2020") as typeof import("ajv/dist/2020");
  const ajv = new Ajv2020({
    strict: true,
    allErrors: false,
    strictTypes: true,
    allowUnionTypes: true,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  const validate = ajv.compile(readJsonFile(file, { maxBytes: MAX_SCHEMA_BYTES }) as object);
  compiled.set(name, validate);
  return validate;
}
