// SPDX-License-Identifier: Apache-2.0
import { CARRIERS } from "../facts/policy-carriers";
import type { ControlMetadata } from "./decisions";

/** META-02 speaks of the answers of all other controls, and so comes after them. */
export function isOfAnswers({ id }: ControlMetadata): boolean {
  return id === "META-02";
}

/**
 * The controls in parts that are evaluated one after the other in the same memory, which wasm gives back between
 * evaluations only. Together in one part are those that share what is dear to find: controls that read policies share
 * the joins of statements with principals and resources, the others those of buckets with what configures them.
 * Every control is in exactly one part.
 */
export function partsOf(controls: readonly ControlMetadata[]): ReadonlyArray<readonly ControlMetadata[]> {
  const parts = [controls.filter(readsPolicies), controls.filter((control) => !readsPolicies(control))];
  return parts.filter((part) => part.length > 0);
}

function readsPolicies({ attributes }: ControlMetadata): boolean {
  return attributes.some(({ type, path }) => CARRIERS.get(type)?.some(({ attribute }) => attribute === path) ?? false);
}
