// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { isObject, type JsonObject } from "../facts/json-object";
import { evaluatedConfig } from "./evaluated";

/** A managed resource that the plan installs. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  /** Provider source, `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  /** Region of its provider (or its own argument); null when the plan does not say. */
  readonly region: string | null;
  /** Arguments in the synth text, meta-arguments apart; null when the synth text does not hold the resource. */
  readonly config: JsonObject | null;
  /** Tags that its provider adds to every resource, as synthesized. */
  readonly defaultTags: JsonObject;
  readonly after: JsonObject;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** Where nothing was synthesized: `expressions` in plan JSON. `config` is then what Terraform evaluated, without references. */
  readonly written?: JsonObject;
}

const NOTHING: JsonObject = {};
const META_ARGUMENTS = ["//", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

/**
 * The managed resources of a plan that exist after its apply, by address.
 *
 * @param synth null for a stack that no app synthesized
 * @throws PLAN_FORMAT
 */
export function plannedResources(plan: unknown, synth: unknown): PlannedResource[] {
  const changes = isObject(plan) ? plan.resource_changes : undefined;
  if (!isObject(plan) || !Array.isArray(changes)) throw foreign("plan JSON", "resource_changes", "none");
  const configured = configuredResources(plan);
  const resources = changes.filter(isObject).flatMap((one): PlannedResource[] => {
    const change = isObject(one.change) ? one.change : NOTHING;
    if (one.mode !== "managed" || !isObject(change.after) || "deposed" in one) return [];
    const { address, type, name, provider_name: provider } = one;
    if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") return [];
    const own = configured.get(withoutKeys(address));
    const key = own === undefined ? undefined : String(own.provider_config_key);
    const region = regionOf(plan, key, change.after);
    const base = { address, type, provider: String(provider), region, after: change.after };
    const masks = { unknown: change.after_unknown, sensitive: change.after_sensitive };
    if (synth === null) return [{ ...base, ...masks, ...evaluated(change.after, masks.unknown, own?.expressions) }];
    const config = one.module_address === undefined ? member(member(member(synth, "resource"), type), name) : undefined;
    return [
      {
        ...base,
        ...masks,
        config: isObject(config) ? argumentsOf(config) : null,
        defaultTags: defaultTagsOf(synth, key),
      },
    ];
  });
  return resources.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** Attributes of every resource and data source in state, by address. @throws PLAN_FORMAT */
export function stateValues(state: unknown): {
  values: Map<string, JsonObject>;
  managed: string[];
  providers: Set<string>;
} {
  const root = member(member(state, "values"), "root_module");
  if (!isObject(root)) throw foreign("state JSON", "values.root_module", "none");
  const values = new Map<string, JsonObject>();
  const managed: string[] = [];
  const providers = new Set<string>();
  const walk = (module: JsonObject): void => {
    for (const resource of Array.isArray(module.resources) ? module.resources.filter(isObject) : []) {
      values.set(String(resource.address), isObject(resource.values) ? resource.values : NOTHING);
      if (resource.mode !== "managed") continue;
      managed.push(String(resource.address));
      providers.add(String(resource.provider_name));
    }
    for (const child of Array.isArray(module.child_modules) ? module.child_modules.filter(isObject) : []) walk(child);
  };
  walk(root);
  return { values, managed: managed.sort(), providers };
}

/** Values of the input variables in a plan. */
export function variablesOf(plan: unknown): JsonObject {
  const variables = member(plan, "variables");
  if (!isObject(variables)) return NOTHING;
  return Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, member(variable, "value")]));
}

export function localsOf(synth: unknown): JsonObject {
  const locals = member(synth, "locals");
  return isObject(locals) ? locals : NOTHING;
}

export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** What Terraform evaluated of the files; null where plan JSON does not hold the resource's configuration. */
function evaluated(after: JsonObject, unknown: unknown, expressions: unknown) {
  const written = isObject(expressions) ? expressions : NOTHING;
  const tags = isObject(after.tags_all) ? after.tags_all : NOTHING;
  return {
    config: expressions === undefined ? null : evaluatedConfig(after, unknown, written),
    defaultTags: tags,
    written,
  };
}

/** Instance keys may hold any sign, brackets and quotes included. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

/** Every resource of the configuration, by address without instance keys. */
function configuredResources(plan: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const walk = (module: unknown, prefix: string): void => {
    const resources = member(module, "resources");
    for (const one of Array.isArray(resources) ? resources.filter(isObject) : []) {
      found.set(`${prefix}${one.address}`, one);
    }
    const calls = member(module, "module_calls");
    for (const [name, call] of isObject(calls) ? Object.entries(calls) : []) {
      walk(member(call, "module"), `${prefix}module.${name}.`);
    }
  };
  walk(member(member(plan, "configuration"), "root_module"), "");
  return found;
}

function regionOf(plan: JsonObject, key: string | undefined, after: JsonObject): string | null {
  // aws_s3_bucket's own `region` is computed and unknown at plan; where it is known it is an argument
  if (typeof after.region === "string" && after.region !== "") return after.region;
  if (key === undefined) return null;
  const provider = member(member(member(plan, "configuration"), "provider_config"), key);
  const region = member(member(provider, "expressions"), "region");
  const constant = member(region, "constant_value");
  if (typeof constant === "string") return constant;
  const references = member(region, "references");
  const variable = Array.isArray(references) ? /^var\.([\w-]+)$/.exec(String(references[0]))?.[1] : undefined;
  const value = variable === undefined ? undefined : variablesOf(plan)[variable];
  return typeof value === "string" ? value : null;
}

/** `default_tags` of the provider block behind a provider config key (`aws`, `aws.replica`). */
function defaultTagsOf(synth: unknown, key: string | undefined): JsonObject {
  if (key === undefined) return NOTHING;
  const [name = "", alias] = key.split(".");
  const found = asList(member(member(synth, "provider"), name)).find((one) => member(one, "alias") === alias);
  const tags = member(asList(member(found, "default_tags"))[0], "tags");
  return isObject(tags) ? tags : NOTHING;
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}

function argumentsOf(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !META_ARGUMENTS.includes(name)));
}

function foreign(where: string, expected: string, got: string): Part11Error {
  const todo = "give what terraform show -json prints";
  return new Part11Error({ code: "PLAN_FORMAT", what: "not understood", where, expected, got, todo });
}
