// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { assertSchema, parseStrict } from "../json";
import { childSpans, type Span } from "./json-spans";
import type { PlanDocument, ResourceChange } from "./plan-document";

/** Members parsed whole. The others decide nothing, so they are passed over: brackets and strings closed, no more. */
const READ = new Set([
  "format_version",
  "terraform_version",
  "complete",
  "errored",
  "applyable",
  "variables",
  "configuration",
  "resource_drift",
]);

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * A plan's bytes as a document whose resource changes are parsed one at a time, each strictly. What the facts do not
 * read (`planned_values`, `prior_state`, …) is not parsed: it is half of a large plan.
 *
 * @throws NOT_JSON, NOT_UTF8, TOO_DEEP, DUPLICATE_KEY, FORBIDDEN_KEY for what is no strict JSON; PLAN_FOREIGN for JSON
 * of something else; PLAN_FORMAT for another major version; SCHEMA_MISMATCH for a plan of another shape
 */
export function openPlan(bytes: Uint8Array, where: string): PlanDocument {
  const members = objectMembers(bytes, where);
  if (!members.has("format_version") || !members.has("configuration")) throw foreign(where, hintOf(members));
  const header: Record<string, unknown> = {};
  for (const [key, { start, end }] of members) {
    if (READ.has(key)) header[key] = parseStrict(bytes.subarray(start, end), `${where} ${key}`);
  }
  checkFormat(header.format_version, where);
  assertSchema("plan", header, where);
  const span = members.get("resource_changes");
  const changes = span ? parseStrict(bytes.subarray(span.start, span.end), `${where} resource_changes`) : [];
  if (!Array.isArray(changes)) throw foreign(where, "resource_changes that are no list");
  checkChanges(changes, where);
  return { ...header, resource_changes: changes } as unknown as PlanDocument;
}

function checkChanges(changes: readonly ResourceChange[], where: string): void {
  const seen = new Set<string>();
  for (const [index, change] of changes.entries()) {
    assertSchema("plan-resource-change", change, where);
    const { address, deposed } = change;
    const id = deposed === undefined ? address : `${address} (deposed ${deposed})`;
    if (seen.has(id)) throw foreign(`${where} resource_changes/${index}`, `${id} twice`);
    seen.add(id);
  }
}

/** Members of the top-level object, found by brackets; anything else than an object is parsed for its own error. */
function objectMembers(bytes: Uint8Array, where: string): ReadonlyMap<string, Span> {
  const spans = childSpans(bytes, 0, bytes.length);
  if (!spans || (spans[0] && spans[0].key === null)) {
    parseStrict(bytes, where);
    throw foreign(where, "JSON that is no object");
  }
  return namedSpans(spans, where);
}

function namedSpans(spans: readonly Span[], where: string): ReadonlyMap<string, Span> {
  const members = new Map<string, Span>();
  for (const span of spans) {
    const key = parseStrict(span.key!, where) as string;
    if (FORBIDDEN_KEYS.has(key)) throw refusedKey("FORBIDDEN_KEY", where, "no such key", key);
    if (members.has(key))
      throw refusedKey("DUPLICATE_KEY", where, "every key once", `key ${JSON.stringify(key)} twice`);
    members.set(key, span);
  }
  return members;
}

function checkFormat(version: unknown, where: string): void {
  if (typeof version === "string" && /^1\.\d+$/.test(version)) return;
  throw new Part11Error({
    code: "PLAN_FORMAT",
    what: "plan refused",
    where,
    expected: "format_version 1.x",
    got: typeof version === "string" ? `"${version}"` : "none that is a text",
    todo: "make the plan JSON with a Terraform that writes format 1.x, or upgrade cdktf-part11",
  });
}

function hintOf(members: ReadonlyMap<string, Span>): string {
  if (members.has("lineage") && members.has("serial")) return "a Terraform state file";
  if (members.has("format_version") && members.has("values")) return "terraform show -json of a state";
  if (members.has("//") || (members.has("terraform") && members.has("provider")))
    return "a cdk.tf.json; it belongs to --synth";
  for (const wrapper of ["plan", "tfplan", "plan_json"])
    if (members.has(wrapper)) return `a plan wrapped in "${wrapper}"`;
  return members.has("resource_changes") ? "resource_changes without configuration" : "JSON of something else";
}

function foreign(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "PLAN_FOREIGN",
    what: "plan refused",
    where,
    expected: "what terraform show -json prints of a saved plan",
    got,
    todo: "run terraform show -json plan.bin > plan.json and give that file",
  });
}

function refusedKey(
  code: "FORBIDDEN_KEY" | "DUPLICATE_KEY",
  where: string,
  expected: string,
  got: string,
): Part11Error {
  return new Part11Error({
    code,
    what: "object refused",
    where,
    expected,
    got,
    todo: "give the file as its producer wrote it",
  });
}
