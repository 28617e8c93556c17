// SPDX-License-Identifier: Apache-2.0
import type { ErrorObject } from "ajv/dist/2020";
import { Part11Error } from "../error";
import { validatorOf } from "./schema-validator";

/**
 * Accepts a value that holds to `validation/schema/<name>.schema.json`.
 *
 * @param where the file, or what names a place in it by its JSON pointer
 * @throws SCHEMA_MISMATCH naming the first place that does not hold
 */
export function assertSchema(name: string, value: unknown, where: string | ((pointer: string) => string)): void {
  const validate = validatorOf(name);
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
