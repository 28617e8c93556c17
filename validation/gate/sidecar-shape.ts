// SPDX-License-Identifier: Apache-2.0
import { isObject } from "../facts/json-object";
import { ENVIRONMENTS } from "../facts/settings";
import { PENDING, SEVERITIES } from "./decisions";

/**
 * A quick look at a sidecar. `true` means that `policy.schema.json` holds; `false` means nothing: the schema decides.
 * Loading and compiling the schema would cost more than judging a small plan, and the sidecar is read at every start.
 */
export function isPlainSidecar(value: unknown): boolean {
  return (
    holdsExactly(value, SIDECAR_MEMBERS) &&
    value.schemaVersion === 1 &&
    matches(value.opaVersion, /^[0-9]+\.[0-9]+\.[0-9]+$/) &&
    matches(value.sourcesDigest, SHA256) &&
    matches(value.wasmDigest, SHA256) &&
    isObject(value.data) &&
    isListOf(value.controls, isPlainControl) &&
    value.controls.length > 0
  );
}

const SHA256 = /^[0-9a-f]{64}$/;
const SIDECAR_MEMBERS = members(["schemaVersion", "opaVersion", "sourcesDigest", "wasmDigest", "data", "controls"]);
const TEXTS = ["id", "title", "description", "failure_msg", "fix"];
const LISTS = ["annex11", "alcoa", "requirements", "resources", "bucket_roles", "verified_by"];
const CONTROL_MEMBERS = members(
  [...TEXTS, ...LISTS, "package", "severity", "clauses", "attributes", "environments"],
  ["pending", "waivable"],
);
const ATTRIBUTE_MEMBERS = members(["type", "path"]);

function isPlainControl(value: unknown): boolean {
  return (
    holdsExactly(value, CONTROL_MEMBERS) &&
    TEXTS.every((name) => isText(value[name])) &&
    LISTS.every((name) => isListOf(value[name], isText)) &&
    matches(value.package, /^(part11|house)\.[a-z0-9_]+$/) &&
    isOneOf(value.severity, SEVERITIES) &&
    isListOf(value.clauses, isText) &&
    value.clauses.length > 0 &&
    isListOf(value.attributes, isPlainAttribute) &&
    isListOf(value.environments, (name) => isOneOf(name, ENVIRONMENTS)) &&
    value.environments.length > 0 &&
    new Set(value.environments).size === value.environments.length &&
    (!Object.hasOwn(value, "pending") || isOneOf(value.pending, PENDING)) &&
    (!Object.hasOwn(value, "waivable") || value.waivable === false)
  );
}

function isPlainAttribute(value: unknown): boolean {
  return holdsExactly(value, ATTRIBUTE_MEMBERS) && isText(value.type) && isText(value.path);
}

interface Members {
  readonly required: readonly string[];
  readonly known: ReadonlySet<string>;
}

function members(required: readonly string[], optional: readonly string[] = []): Members {
  return { required, known: new Set([...required, ...optional]) };
}

function holdsExactly(value: unknown, { required, known }: Members): value is Readonly<Record<string, unknown>> {
  return (
    isObject(value) &&
    required.every((name) => Object.hasOwn(value, name)) &&
    Object.keys(value).every((name) => known.has(name))
  );
}

function isListOf(value: unknown, holds: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(holds);
}

function isOneOf(value: unknown, known: readonly unknown[]): boolean {
  return known.includes(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}
