// SPDX-License-Identifier: Apache-2.0
import type { Facts, ResourceFacts } from "../../../validation/facts";
import { assertSchema } from "../../../validation/json";
import {
  type Incidents,
  type PeriodicReview,
  parseIncidents,
  type ReviewInputs,
  reviewOf,
  type Tool,
} from "../../../validation/review";
import type { AccessReview } from "../../../validation/vendors/review-views";
import { given } from "../gate/waivers/waivers-fixture";
import { impactInputs, sampleFacts } from "../impact/sample-impact";

const SHA = "ab".repeat(32);

export const TOOLS: readonly Tool[] = [
  { name: "cdktf-part11 (digest of its code)", version: "0.1.0", sha256: SHA },
  { name: "node", version: "20.19.0" },
  { name: "terraform", version: "1.11.4", sha256: SHA },
  { name: "registry.terraform.io/hashicorp/aws", version: "5.100.0" },
  { name: "opa (compiled the policies)", version: "1.22.0" },
  { name: "part11.wasm", version: "0.1.0", sha256: SHA },
];
/** What a run names beside: the machine. */
const MACHINE: Tool = { name: "Linux x64", version: "6.1.0" };

/** Facts with the digests that the gate notes. */
export function factsWith(digests: Partial<Facts["meta"]["digests"]> = {}, more: Partial<Facts> = {}): Facts {
  const facts = sampleFacts({}, more);
  const own = { ...facts.meta.digests, policy: "1".repeat(64), settings: "2".repeat(64), lock: "3".repeat(64) };
  return { ...facts, meta: { ...facts.meta, digests: { ...own, ...digests } } };
}

/** A refreshed plan of what is deployed, in which nothing is to be done. */
export function deployedFacts(
  changes: Readonly<Record<string, Partial<ResourceFacts> | null>> = {},
  more: Partial<Facts> = {},
  meta: Partial<Facts["meta"]> = {},
) {
  const there = { actions: ["no-op"], before: {} };
  const addresses = Object.keys(sampleFacts().resources);
  const resources = addresses.map((address) => {
    return [address, changes[address] === null ? null : { ...there, ...changes[address] }] as const;
  });
  const facts = sampleFacts(Object.fromEntries(resources), more);
  return { ...facts, meta: { ...facts.meta, target: "aws" as const, ...meta } };
}

export function incidentsOf(change: Partial<Incidents> = {}) {
  const all = {
    schemaVersion: 1,
    from: "2026-11-21",
    until: "2026-12-21",
    recordedBy: "ann.lee",
    incidents: [],
    ...change,
  };
  return parseIncidents(Buffer.from(JSON.stringify(all)), "incidents.yaml");
}

const ACCESS: AccessReview = { file: "vendors.yaml", asOf: "2026-12-20", rows: [], serviceUsers: [] };

export function accessOf(change: Partial<AccessReview> = {}) {
  const content = { ...ACCESS, ...change };
  assertSchema("access-review", content, "access.json");
  return { file: "access.json", sha256: SHA, content };
}

/** Inputs with which everything is in order, a month after the qualification. */
export function reviewInputs(more: Partial<ReviewInputs> = {}): ReviewInputs {
  const inputs = impactInputs({ facts: factsWith() });
  const { record, plan } = inputs.run;
  const summary = {
    ...record.summary,
    system: "zone",
    environment: "qualification",
    finishedAt: "2026-11-21T10:00:00.000Z",
    execution: { provisional: false, attempt: 1 },
  };
  const named = { type: "tool-versions", body: { tools: [...TOOLS, MACHINE] } };
  const entries = [...record.entries, named] as unknown as typeof record.entries;
  return {
    ...inputs,
    run: { ...inputs.run, record: { ...record, summary, entries }, plan: { ...plan, facts: factsWith() } },
    period: { since: "2026-11-21", until: "2026-12-21" },
    deployed: deployedFacts(),
    waivers: given(),
    deviations: [],
    installed: TOOLS,
    incidents: incidentsOf(),
    access: accessOf(),
    ...more,
  };
}

export function sampleReview(more: Partial<ReviewInputs> = {}): PeriodicReview {
  const review = reviewOf(reviewInputs(more));
  assertSchema("review", review, "review");
  return review;
}

/** Sample without one of its inputs. */
export function reviewWithout(name: keyof ReviewInputs): PeriodicReview {
  const { [name]: _, ...rest } = reviewInputs();
  return reviewOf(rest as ReviewInputs);
}

/** Of every item that is not in order: its question and state. */
export function unsettled({ items }: PeriodicReview): readonly string[] {
  return items.filter(({ state }) => state !== "in order").map(({ id, state }) => `${id} ${state}`);
}

/** What is said of one question. */
export function saidOf({ items }: PeriodicReview, id: string): readonly string[] {
  const { open, notLookedAt } = items.find((one) => one.id === id)!;
  return [...open, ...notLookedAt];
}
