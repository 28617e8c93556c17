// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";
import { maskedAt, UNRESOLVED } from "./shape";

/** What a protocol shows of a value that Terraform evaluates only while it applies. */
const LATER = "(known after apply)";

/**
 * The configuration of a resource that no app synthesized: what Terraform evaluated of it for the plan, reduced to what is written in the
 * files. What is known only after apply stands there as such.
 *
 * @param written `expressions` of the resource in plan JSON
 */
export function evaluatedConfig(after: JsonObject, unknown: unknown, written: JsonObject): JsonObject {
  const config: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(after), ...Object.keys(written)])) {
    const value = writtenPart(withLater(after[name], isObject(unknown) ? unknown[name] : unknown), written[name]);
    if (value !== undefined && value !== null) config[name] = value;
  }
  return config;
}

/**
 * The same after the apply: what was not known is what Terraform's second plan, which evaluates the files again and finds nothing to
 * change, leaves in state.
 *
 * @param state attributes in state; undefined where the second plan would change the resource: then nobody knows what the files say
 */
export function completedConfig(
  config: JsonObject,
  {
    unknown,
    written,
    state,
  }: { readonly unknown: unknown; readonly written: JsonObject; readonly state: JsonObject | undefined },
): JsonObject {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      if (!maskedAt(unknown, [name])) return [name, value];
      return [name, state === undefined ? UNRESOLVED : (writtenPart(state[name], written[name]) ?? null)];
    }),
  );
}

/**
 * Parts of a value that the configuration writes, and what the provider itself puts into the plan where nothing is written. A block
 * that it does not show is one of a dynamic block, and written too.
 */
function writtenPart(value: unknown, expression: unknown): unknown {
  if (expression === undefined) return isBlocks(value) || isDefault(value) ? value : undefined;
  if (isAttribute(expression)) return value;
  const blocks = (Array.isArray(expression) ? expression : [expression]).filter(isObject);
  if (Array.isArray(value)) return value.map((one) => blockPart(one, blocks));
  return blockPart(value, blocks);
}

function blockPart(value: unknown, blocks: readonly JsonObject[]): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => {
    const said = blocks.flatMap((block) => (Object.hasOwn(block, name) ? [block[name]] : []));
    const expression = said.length === 0 ? undefined : (said.find(isAttribute) ?? said.flat());
    return [name, writtenPart(member, expression)] as const;
  });
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

/** In plan JSON an argument is an object with its constant or its references; a block holds arguments. */
function isAttribute(expression: unknown): boolean {
  return (
    isObject(expression) &&
    ("constant_value" in expression || "references" in expression || Object.keys(expression).length === 0)
  );
}

/** False, 0 and the empty string say what an absent value says, and some sources leave them out. */
function isDefault(value: unknown): boolean {
  return (
    value === true ||
    (typeof value === "number" && value !== 0) ||
    (typeof value === "string" && value !== "" && value !== LATER)
  );
}

function isBlocks(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function withLater(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return LATER;
  if (Array.isArray(unknown)) {
    const from: readonly unknown[] = Array.isArray(value) ? value : [];
    return unknown.map((mask, i) => withLater(from[i], mask));
  }
  if (!isObject(unknown)) return value;
  const from = isObject(value) ? value : {};
  const names = new Set([...Object.keys(from), ...Object.keys(unknown)]);
  return Object.fromEntries([...names].map((name) => [name, withLater(from[name], unknown[name])]));
}
