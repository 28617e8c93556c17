// SPDX-License-Identifier: Apache-2.0
import type { Protocol } from "../../evidence";
import type { Facts } from "../../facts";
import type { Challenge } from "../challenge";
import { lockSteps } from "./lock";
import type { Site } from "./site";
import type { RecordBucket, Subjects } from "./subjects";

const LOCK_TYPE = "aws_s3_bucket_object_lock_configuration";
const DAYS_OF_YEAR = 365;

/** What the gate answered of buckets: the addresses that it holds to carry records. */
export type RecordBearing = readonly string[];

/**
 * What of a plan is challenged: each bucket that the gate holds to carry records, in the order of addresses.
 *
 * @param bearing addresses of those buckets, as the gate judged them
 */
export function subjectsOf(facts: Facts, bearing: RecordBearing): Subjects {
  const buckets = [...bearing].sort(byUnit).map((address, index) => recordBucket(facts, address, index));
  return { buckets };
}

/** The challenges of what was chosen, in the order of execution. */
export function chosenChallenges({ buckets }: Subjects): ReadonlyArray<Challenge<Site>> {
  return buckets.flatMap(lockSteps);
}

/** The operational qualification of a stack that these modules did not make, as it will be executed. */
export function chosenProtocol(stack: string, target: string, planned: ReadonlyArray<Challenge<Site>>): Protocol {
  return {
    schemaVersion: 1,
    id: "oq",
    kind: "OQ",
    title: `Operational qualification of ${stack}, a stack that these modules did not make`,
    target,
    steps: planned.map(({ step }) => step),
  };
}

function recordBucket(facts: Facts, address: string, index: number): RecordBucket {
  return {
    id: `B${index + 1}`,
    address,
    because: becauseOf(facts, address),
    retention: retentionOf(facts, address),
  };
}

function becauseOf(facts: Facts, address: string): string {
  const { values } = facts.resources[address]!;
  const tags = { ...(values.tags_all as object | null), ...(values.tags as object | null) } as Record<string, unknown>;
  if (typeof tags.BucketRole === "string") return `tag BucketRole = ${tags.BucketRole}`;
  const mapped = facts.settings.buckets.find(
    (entry) => matches(entry.address ?? "*", address) && matches(entry.name ?? "*", String(values.bucket ?? "")),
  );
  return mapped ? `part11.yaml: ${mapped.role}` : "what the plan does with it";
}

/** Of several configurations, or of one that is not known, nothing is said: what S3 does then decides the step. */
function retentionOf(facts: Facts, address: string): RecordBucket["retention"] {
  const [lock, ...more] = (facts.links[address]?.[LOCK_TYPE] ?? []).map((one) => facts.resources[one]!.values);
  const rule = first(first(lock?.rule).default_retention);
  if (more.length > 0) return null;
  const { days, years } = rule;
  if (typeof years === "number" && years > 0) return { days: years * DAYS_OF_YEAR, years };
  return typeof days === "number" && days > 0 ? { days, years: null } : null;
}

function first(block: unknown): Readonly<Record<string, unknown>> {
  const one: unknown = Array.isArray(block) ? block[0] : block;
  return typeof one === "object" && one !== null ? (one as Record<string, unknown>) : {};
}

/** As the gate matches names: `*` stands for any text. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

function byUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
