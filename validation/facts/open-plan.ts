// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { assertSchema, openStrictObject } from "../json";
import { isObject, type JsonObject } from "./json-object";
import type { PlanDocument, ResourceChange } from "./plan-document";
import { arePlainResources, isPlainChange, isPlainHeader } from "./plan-shape";

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
  "action_invocations",
]);

/**
 * A plan's bytes as a document whose resource changes are parsed one at a time, each strictly. What the facts do not
 * read (`planned_values`, `prior_state`, …) is not parsed: it is half of a large plan.
 *
 * @throws NOT_JSON, NOT_UTF8, TOO_DEEP, DUPLICATE_KEY, FORBIDDEN_KEY for what is no strict JSON; PLAN_FOREIGN for JSON
 * of something else; PLAN_FORMAT for another major version; SCHEMA_MISMATCH for a plan of another shape
 */
export function openPlan(bytes: Uint8Array, where: string): PlanDocument {
  const members = openStrictObject(bytes, where);
  if (!members) throw foreign(where, "JSON that is no object");
  if (!members.has("format_version") || !members.has("configuration")) throw foreign(where, hintOf(members));
  const header: Record<string, unknown> = {};
  for (const [key, member] of members) if (READ.has(key)) header[key] = member.parse();
  checkFormat(header.format_version, where);
  checkHeader(header, where);
  const listed = members.get("resource_changes");
  const changes = listed ? listed.parse() : [];
  if (!Array.isArray(changes)) throw foreign(where, "resource_changes that are no list");
  checkChanges(changes, where);
  return { ...header, resource_changes: changes } as unknown as PlanDocument;
}

/** Where a look is not enough, the schema decides; it sees the resources of the root module only when it must. */
function checkHeader(header: JsonObject, where: string): void {
  if (isPlainHeader(header)) return;
  const { configuration } = header;
  const root = isObject(configuration) ? configuration.root_module : undefined;
  if (!isObject(root) || !arePlainResources(root.resources)) assertSchema("plan", header, where);
  else {
    const rest = { ...(configuration as JsonObject), root_module: { ...root, resources: [] } };
    assertSchema("plan", { ...header, configuration: rest }, where);
  }
}

function checkChanges(changes: readonly ResourceChange[], where: string): void {
  const seen = new Set<string>();
  for (const [index, change] of changes.entries()) {
    if (!isPlainChange(change)) assertSchema("plan-resource-change", change, where);
    const { address, deposed } = change;
    const id = deposed === undefined ? address : `${address} (deposed ${deposed})`;
    if (seen.has(id)) throw foreign(`${where} resource_changes/${index}`, `${id} twice`);
    seen.add(id);
  }
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

function hintOf(members: ReadonlyMap<string, unknown>): string {
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
