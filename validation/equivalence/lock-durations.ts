// SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from "node:util";
import type { ResourceChange } from "../comparison";
import type { Facts } from "../facts";
import { isObject } from "../facts/json-object";
import type { LockDuration, LockParameter } from "./parameter";

const TYPE = "aws_s3_bucket_object_lock_configuration";
const PATHS: readonly string[] = ["rule.default_retention.days", "rule.default_retention.years"];

/** Whether a change is one of the duration of a lock and of nothing else, from and to what the parameter says. */
export function isCovered(
  { address, type, kind, attributes }: ResourceChange,
  { qualified, production }: LockParameter,
  before: Facts,
  after: Facts,
): boolean {
  return (
    type === TYPE &&
    kind === "changed" &&
    attributes.every(({ path, aspects }) => PATHS.includes(path) && !aspects.includes("reference")) &&
    isDeepStrictEqual(durationOf(before, address), qualified) &&
    isDeepStrictEqual(durationOf(after, address), production)
  );
}

/** Default retention of a lock; undefined where it is not one whole number of days or of years, all of it known. */
function durationOf({ resources }: Facts, address: string): LockDuration | undefined {
  const resource = resources[address];
  if (!resource || resource.unknown.length > 0) return undefined;
  const retention = only(only(resource.values.rule)?.default_retention);
  const [days, years] = [retention?.days ?? null, retention?.years ?? null];
  if (Number.isInteger(days) && years === null) return { days: days as number };
  return Number.isInteger(years) && days === null ? { years: years as number } : undefined;
}

function only(blocks: unknown): Readonly<Record<string, unknown>> | undefined {
  return Array.isArray(blocks) && blocks.length === 1 && isObject(blocks[0]) ? blocks[0] : undefined;
}
