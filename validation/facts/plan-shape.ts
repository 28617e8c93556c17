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

/** True only when `plan.schema.json` holds: everything of a plan that is read, its resource changes aside. */
export function isPlainHeader(header: unknown): boolean {
  if (!isObject(header)) return false;
  const { configuration, resource_drift: drift, action_invocations: invocations } = header;
  return (
    isText(header.format_version) &&
    isTextOrAbsent(header.terraform_version) &&
    isFlagOrAbsent(header.complete) &&
    isFlagOrAbsent(header.errored) &&
    isFlagOrAbsent(header.applyable) &&
    isRecordOrAbsent(header.variables, isObject) &&
    isObject(configuration) &&
    isRecordOrAbsent(configuration.provider_config, isPlainProvider) &&
    (configuration.root_module === undefined || isPlainModule(configuration.root_module)) &&
    (drift === undefined || (Array.isArray(drift) && drift.every(isPlainDrift))) &&
    (invocations === undefined || (Array.isArray(invocations) && invocations.every(isPlainInvocation)))
  );
}

function isPlainInvocation(entry: unknown): boolean {
  return isObject(entry) && isText(entry.address) && isText(entry.type);
}

function isPlainProvider(entry: unknown): boolean {
  return (
    isObject(entry) &&
    isText(entry.name) &&
    isTextOrAbsent(entry.full_name) &&
    isTextOrAbsent(entry.alias) &&
    isTextOrAbsent(entry.version_constraint) &&
    isTextOrAbsent(entry.module_address) &&
    isObjectOrAbsent(entry.expressions)
  );
}

function isPlainModule(module: unknown): boolean {
  return (
    isObject(module) &&
    (module.resources === undefined || arePlainResources(module.resources)) &&
    isRecordOrAbsent(module.module_calls, isPlainCall) &&
    isRecordOrAbsent(module.outputs, isObject) &&
    isRecordOrAbsent(module.variables, (variable) => isObject(variable) && isFlagOrAbsent(variable.sensitive))
  );
}

function isPlainCall(call: unknown): boolean {
  return (
    isObject(call) &&
    isTextOrAbsent(call.source) &&
    isTextOrAbsent(call.version_constraint) &&
    isObjectOrAbsent(call.expressions) &&
    (call.module === undefined || isPlainModule(call.module))
  );
}

function isPlainDrift(entry: unknown): boolean {
  return (
    isObject(entry) &&
    isText(entry.address) &&
    isText(entry.type) &&
    isObject(entry.change) &&
    Array.isArray(entry.change.actions) &&
    entry.change.actions.every(isText)
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
    isObjectOrAbsent(expressions) &&
    provisioners === undefined
  );
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isFlagOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || isObject(value);
}

function isRecordOrAbsent(value: unknown, holds: (member: unknown) => boolean): boolean {
  return value === undefined || (isObject(value) && Object.values(value).every(holds));
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
