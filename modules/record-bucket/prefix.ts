// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";

/** Refuses a prefix that reaches further than it reads (`acme` also covers `acme2/`). @throws PREFIX_INVALID */
export function checkPrefix(prefix: string, where: string): void {
  if (/^([a-z0-9][a-z0-9-]*\/)+$/.test(prefix)) return;
  throw new ModuleError("PREFIX_INVALID", {
    what: "prefix not usable",
    where,
    expected: "lower-case segments, each ended by a slash, for instance clinical/inbound/raw/acme/",
    got: JSON.stringify(prefix),
    todo: "end the prefix with a slash and use letters, digits and hyphens",
  });
}
