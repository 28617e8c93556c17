// SPDX-License-Identifier: Apache-2.0
import { CARRIERS } from "../facts/policy-carriers";
import type { ControlMetadata } from "./decisions";

/** META-02 speaks of the answers of all other controls, and so comes after them. */
export function isOfAnswers({ id }: Pick<ControlMetadata, "id">): boolean {
  return id === "META-02";
}

/** What most controls speak of, and what they have in common: buckets, their locks and replicas. */
const RETENTION = "11.10(c)";

/**
 * The controls in parts that are evaluated one after the other in the same memory, which wasm gives back between
 * evaluations only. Together in one part are those that share what is dear to find: controls that read policies share
 * the joins of statements with principals and resources, the others those of buckets with what configures them; and in
 * both those of 11.10(c) stand apart from the rest, and so do those that follow alarms to whoever hears them, so that no
 * part is much larger than another. Every control is in exactly one part.
 *
 * @param pieces into which each part is cut, as far as it has controls; takes time for less memory. `@default` 1
 */
export function partsOf(controls: readonly ControlMetadata[], pieces = 1): ReadonlyArray<readonly ControlMetadata[]> {
  const parts = new Map<string, ControlMetadata[]>();
  for (const control of controls) {
    const name = `${readsPolicies(control)} ${control.clauses[0] === RETENTION} ${followsAlarms(control)}`;
    parts.set(name, [...(parts.get(name) ?? []), control]);
  }
  return [...parts.values()].flatMap((part) => cut(part, Math.ceil(part.length / pieces)));
}

function cut(part: readonly ControlMetadata[], size: number): ReadonlyArray<readonly ControlMetadata[]> {
  return part.flatMap((_, at) => (at % size === 0 ? [part.slice(at, at + size)] : []));
}

function followsAlarms({ resources }: ControlMetadata): boolean {
  return resources.includes("aws_cloudwatch_metric_alarm");
}

function readsPolicies({ attributes }: ControlMetadata): boolean {
  return attributes.some(({ type, path }) => CARRIERS.get(type)?.some(({ attribute }) => attribute === path) ?? false);
}
