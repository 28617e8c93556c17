// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../facts";
import type { ResourceView } from "../view";

export interface Surroundings {
  readonly facts: Facts;
  /** Resource types that the control reads: no other that refers to one is a neighbour. */
  readonly types: ReadonlySet<string>;
  /** What the control reads of a resource. */
  readonly view: (address: string) => ResourceView;
}

/**
 * The resources that decide about one: itself, whoever refers to it, all that these refer to in what the control reads,
 * and what belongs to any of them (`aws_s3_bucket_versioning` to an `aws_s3_bucket`).
 *
 * Whoever else refers to the same key or role is left out: it decides about something else.
 */
export function neighboursOf(subject: string, { facts, types, view }: Surroundings): readonly string[] {
  const found = new Set([subject]);
  // A set hands out what is added while it is gone through.
  for (const address of found) {
    for (const references of Object.values(view(address).refs))
      for (const to of references) {
        if (ownOf(facts.resources, to.address)) found.add(to.address);
      }
    const { type } = facts.resources[address]!;
    for (const [referring, addresses] of Object.entries(ownOf(facts.links, address) ?? {})) {
      if (!types.has(referring) || (address !== subject && !referring.startsWith(`${type}_`))) continue;
      for (const one of addresses) found.add(one);
    }
  }
  return [...found];
}

/** Addresses are anybody's text: `__proto__` is none of ours. */
export function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
