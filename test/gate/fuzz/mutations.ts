// SPDX-License-Identifier: Apache-2.0
import { chosen, drop, type Json, mark, placesIn } from "./places";
import { HOSTILE } from "./values";

export interface Change {
  actions: unknown;
  before: unknown;
  after: Json;
  after_unknown: Json;
  after_sensitive: Json;
}

export interface Entry {
  address: string;
  type: string;
  name: string;
  mode: string;
  deposed?: string;
  change: Change;
}

interface Config {
  address: string;
  type: string;
  name: string;
  expressions?: Json;
}

export interface Plan extends Json {
  resource_changes: Entry[];
  configuration: { root_module: { resources?: Config[] } };
}

/** Numbers drawn for one change of a plan: what to do, to which entry, at which of its places, with which value. */
export interface Step {
  readonly kind: number;
  readonly entry: number;
  readonly place: number;
  readonly value: number;
}

type Mutation = (plan: Plan, step: Step) => void;

const ACTIONS = [
  ["create"],
  ["update"],
  ["no-op"],
  ["read"],
  ["delete"],
  ["forget"],
  ["delete", "create"],
  ["create", "delete"],
  ["create", "forget"],
  ["delete", "forget"],
  [],
  "create",
  ["erase"],
  [null],
];
const ROLES = [
  "record",
  "audit",
  "replica",
  "inbox",
  "evidence",
  "access-log",
  "results",
  "other",
  "Record",
  "",
  7,
  null,
];
const HEADER = [
  "format_version",
  "complete",
  "errored",
  "applyable",
  "terraform_version",
  "resource_drift",
  "variables",
];

/** Ways to break a plan; those that touch the planned values of one resource come several times. */
const MUTATIONS: readonly Mutation[] = [
  set,
  set,
  set,
  cut,
  cut,
  hide,
  hide,
  conceal,
  copyValue,
  swap,
  flip,
  flip,
].concat([act, duplicate, remove, retype, depose, asData, role, header, rename, unconfigure, anywhere]);

/** Applies one drawn change in place; a plan with no fitting place stays as it is. */
export function mutate(plan: Plan, step: Step): void {
  MUTATIONS[step.kind % MUTATIONS.length]!(plan, step);
}

function set(plan: Plan, step: Step): void {
  const place = plannedPlace(plan, step);
  if (place) place.holder[place.key] = HOSTILE[step.value % HOSTILE.length];
}

function cut(plan: Plan, step: Step): void {
  const place = plannedPlace(plan, step);
  if (place) drop(place);
}

function hide(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  const place = plannedPlace(plan, step);
  if (!entry || !place) return;
  mark(object(entry.change, "after_unknown"), place.path, entry.change.after);
  if (step.value % 2 === 0) drop(place);
  const config = configured(plan).find((one) => one.address === entry.address);
  if (config && step.value % 3 === 0)
    object(config, "expressions")[place.path[0]!] = { references: ["random_id.x.hex", "random_id.x"] };
}

function conceal(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  const place = plannedPlace(plan, step);
  if (entry && place) mark(object(entry.change, "after_sensitive"), place.path, entry.change.after);
}

function copyValue(plan: Plan, step: Step): void {
  const place = plannedPlace(plan, step);
  const other = plannedPlace(plan, { ...step, entry: step.value, place: step.value });
  if (place && other) place.holder[place.key] = structuredClone(other.holder[other.key]);
}

function swap(plan: Plan, step: Step): void {
  const [a, b] = [entryOf(plan, step), entryOf(plan, { ...step, entry: step.value })];
  if (a && b) [a.change, b.change] = [b.change, a.change];
}

/** The smallest lie: a flag turned round, a number one less, a text in other letters. */
function flip(plan: Plan, step: Step): void {
  const place = plannedPlace(plan, step);
  if (!place) return;
  const value = place.holder[place.key];
  if (typeof value === "boolean") place.holder[place.key] = step.value % 3 === 0 ? String(value) : !value;
  else if (typeof value === "number") place.holder[place.key] = step.value % 3 === 0 ? String(value) : value - 1;
  else if (typeof value === "string")
    place.holder[place.key] = step.value % 3 === 0 ? `${value} ` : value.toLowerCase();
  else if (Array.isArray(value)) place.holder[place.key] = step.value % 2 === 0 ? { ...value } : [...value, ...value];
  else place.holder[place.key] = [value];
}

function act(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  if (entry) entry.change.actions = ACTIONS[step.value % ACTIONS.length];
}

/** A second resource beside the first, with one value of its own. */
function duplicate(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  if (!entry) return;
  const name = `${entry.name}_again`;
  const address = `${entry.type}.${name}`;
  const copy = { ...structuredClone(entry), name, address };
  plan.resource_changes.push(copy);
  const own = configured(plan).find((one) => one.address === entry.address);
  if (own) plan.configuration.root_module.resources!.push({ ...structuredClone(own), name, address });
  set(plan, { ...step, entry: plan.resource_changes.length - 1 });
}

function remove(plan: Plan, step: Step): void {
  const { resource_changes: changes } = plan;
  if (Array.isArray(changes)) changes.splice(step.entry % Math.max(changes.length, 1), 1);
}

function retype(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  const other = entryOf(plan, { ...step, entry: step.value });
  if (entry && other) entry.type = other.type;
}

function depose(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  if (entry) entry.deposed = "00000000";
}

function asData(plan: Plan, step: Step): void {
  const entry = entryOf(plan, step);
  if (entry) entry.mode = "data";
}

function role(plan: Plan, step: Step): void {
  const buckets = Array.isArray(plan.resource_changes) ? plan.resource_changes.filter(isBucket) : [];
  const bucket = chosen(buckets, step.entry);
  if (bucket) bucket.change.after = { ...bucket.change.after, tags: { BucketRole: ROLES[step.value % ROLES.length] } };
}

function header(plan: Plan, step: Step): void {
  plan[HEADER[step.place % HEADER.length]!] = HOSTILE[step.value % HOSTILE.length];
}

function rename(plan: Plan, step: Step): void {
  const place = plannedPlace(plan, step);
  if (!place || Array.isArray(place.holder)) return;
  const value = place.holder[place.key];
  drop(place);
  place.holder[`${place.key}${["\u0000", " ", "\u202e", "\ud800", ".", "[0]"][step.value % 6]}`] = value;
}

function unconfigure(plan: Plan, step: Step): void {
  const place = chosen(placesIn(plan.configuration), step.place);
  if (place) drop(place);
}

function anywhere(plan: Plan, step: Step): void {
  const place = chosen(placesIn(plan), step.place);
  if (place) place.holder[place.key] = HOSTILE[step.value % HOSTILE.length];
}

function plannedPlace(plan: Plan, step: Step) {
  return chosen(placesIn(entryOf(plan, step)?.change?.after), step.place);
}

function isBucket(entry: Entry | null): boolean {
  return entry?.type === "aws_s3_bucket" && isChange(entry.change);
}

/** Resources of the root module as they are configured; none when an earlier change took them away. */
function configured(plan: Plan): Config[] {
  const resources = (plan.configuration as Partial<Plan["configuration"]> | null)?.root_module?.resources;
  return Array.isArray(resources) ? resources.filter((one) => typeof one === "object" && one !== null) : [];
}

function entryOf(plan: Plan, { entry }: Step): Entry | undefined {
  const found = Array.isArray(plan.resource_changes) ? chosen(plan.resource_changes, entry) : undefined;
  return typeof found === "object" && found !== null && isChange(found.change) ? found : undefined;
}

function isChange(change: unknown): boolean {
  return typeof change === "object" && change !== null;
}

/** The object under a key, made when there is none. */
function object<T extends object>(holder: T, key: keyof T & string): Json {
  const inner = holder[key];
  if (typeof inner === "object" && inner !== null) return inner as Json;
  const made: Json = {};
  (holder as Json)[key] = made;
  return made;
}
