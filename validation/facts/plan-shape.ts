// SPDX-License-Identifier: Apache-2.0
import { isObject } from "./json-object";

/**
 * Quick looks at what a plan repeats by the ten thousand. `true` means that the schema holds; `false` means nothing:
 * the schema decides. So a large plan is checked without compiling a schema, and every refusal comes from the schema.
 */

const ACTIONS: ReadonlySet<unknown> = new Set(["no-op", "create", "read", "update", "delete", "forget"]);

/** True only when `plan-resource-change.schema.json` holds. */
export function isPlainChange(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  const { address, mode, type, name, index, change } = entry;
  return (
    isName(address) &&
    (mode === "managed" || mode === "data") &&
    isName(type) &&
    isName(name) &&
    (index === undefined || typeof index === "number" || typeof index === "string") &&
    isTextOrAbsent(entry.previous_address) &&
    isTextOrAbsent(entry.module_address) &&
    isTextOrAbsent(entry.provider_name) &&
    isTextOrAbsent(entry.deposed) &&
    isObject(change) &&
    isActionList(change.actions) &&
    isObjectOrNull(change.before) &&
    isObjectOrNull(change.after) &&
    isMaskOrAbsent(change.after_unknown) &&
    isMaskOrAbsent(change.before_sensitive) &&
    isMaskOrAbsent(change.after_sensitive) &&
    (change.importing === undefined || isObjectOrNull(change.importing))
  );
}

/** True only when every element of `resources` holds to `plan.schema.json#/$defs/resource`. */
export function arePlainResources(resources: unknown): boolean {
  return Array.isArray(resources) && resources.every(isPlainResource);
}

function isPlainResource(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  const { address, mode, type, name, expressions, provisioners } = entry;
  return (
    isName(address) &&
    (mode === "managed" || mode === "data") &&
    isName(type) &&
    isName(name) &&
    isTextOrAbsent(entry.provider_config_key) &&
    (expressions === undefined || isObject(expressions)) &&
    provisioners === undefined
  );
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function isObjectOrNull(value: unknown): boolean {
  return value === null || isObject(value);
}

function isMaskOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "boolean" || isObject(value);
}

function isActionList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((action) => ACTIONS.has(action));
}
