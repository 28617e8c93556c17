// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";
import { blindingOf } from "./arrivals/blinding";
import type { Delivery } from "./arrivals/delivery";

/** A study of which everything that one vendor sends is unblinded. */
export interface UnblindedStudy {
  readonly vendor: string;
  readonly study: string;
}

/**
 * The folders that nobody may look into who works blinded.
 * @throws SETTINGS_INVALID when a vendor sends both for one study: what of it is misnamed could be either
 */
export function unblindedStudies(deliveries: readonly Delivery[], where: string): readonly UnblindedStudy[] {
  const found = new Map<string, UnblindedStudy>();
  for (const { vendor, study } of deliveries) {
    const blinding = blindingOf(deliveries, vendor, study);
    if (blinding === undefined) refuse(vendor, study, where);
    if (blinding === "unblinded") found.set(`${vendor}/${study}`, { vendor, study });
  }
  return [...found.values()];
}

function refuse(vendor: string, study: string, where: string): never {
  throw new ModuleError("SETTINGS_INVALID", {
    what: "blinded and unblinded deliveries in one folder",
    where,
    expected: "deliveries of one vendor and study that are all blinded or all unblinded",
    got: `both from ${vendor} for ${study}`,
    todo: "let the unblinded files come from a vendor id of its own",
  });
}
