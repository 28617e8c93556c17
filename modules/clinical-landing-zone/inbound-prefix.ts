// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";

export interface Delivery {
  /** Vendor id, 2-32 lower-case letters, digits or hyphens. */
  readonly vendor: string;
  /** Study id, the same alphabet. @default - no segment */
  readonly study?: string;
  /** Time of receipt; its UTC date becomes a segment. @default - no segment */
  readonly received?: Date;
}

/**
 * Prefix of received files: purpose, stage, vendor, study, UTC date of receipt, for instance
 * `clinical/inbound/raw/acme/st-101/2026-11-20/`. Every segment is closed by a slash, so `acme` never covers `acme2`.
 * @throws PREFIX_INVALID
 */
export function inboundPrefix({ vendor, study, received }: Delivery): string {
  for (const segment of [vendor, study]) {
    if (segment !== undefined && !/^[a-z0-9][a-z0-9-]{1,31}$/.test(segment)) {
      throw new ModuleError("PREFIX_INVALID", {
        what: "vendor or study id not usable",
        where: "inbound prefix",
        expected: "2-32 lower-case letters, digits or hyphens",
        got: JSON.stringify(segment),
        todo: "use the id of the study register in lower case",
      });
    }
  }
  const date = received?.toISOString().slice(0, 10);
  return `${["clinical", "inbound", "raw", vendor, study, date].filter((s) => s !== undefined).join("/")}/`;
}
