// SPDX-License-Identifier: Apache-2.0
import type { Blinding, Delivery } from "./delivery";

/**
 * Blinding of everything that a vendor sends for a study: the folder decides and not the name of a file, since one that is
 * misnamed says as much as one that is not (docs/decisions/0023). Undefined when no delivery says it, or two differ.
 */
export function blindingOf(deliveries: readonly Delivery[], vendor: string, study: string): Blinding | undefined {
  const said = deliveries.filter((delivery) => delivery.vendor === vendor && delivery.study === study);
  const [one, ...others] = new Set(said.map(({ blinding }) => blinding));
  return others.length === 0 ? one : undefined;
}
