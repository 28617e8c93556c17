// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentName } from "./aws-environment";
import { ModuleError } from "./errors";

/** What every resource of a GxP system says of itself (21 CFR 11.10(k); EU Annex 11 §4.3 inventory). */
export interface SystemIdentity {
  /** Identifier in the inventory of computerised systems. */
  readonly systemId: string;
  /** Accountable system owner: a function or a mailbox, not a person's name. */
  readonly owner: string;
  /** Change control reference that this deployment belongs to. */
  readonly changeRef: string;
  /** What the deployment is for; also which lock is demanded. */
  readonly environment: EnvironmentName;
  /** For instance `clinical-trial`. */
  readonly dataType: string;
  /** Record class whose minimum retention applies, for instance `clinical`. */
  readonly recordClass: string;
}

/** AWS's own rule for tag values (letters, digits, space, `_ . : / = + - @`, at most 256). */
const TAG_VALUE = /^[\p{L}\p{N} _.:/=+\-@]{1,256}$/u;

/** Tags of one resource. @throws TAG_INVALID */
export function gxpTags(identity: SystemIdentity, retention: string): Record<string, string> {
  const tags = {
    GxP: "true",
    SystemId: identity.systemId,
    Owner: identity.owner,
    ChangeRef: identity.changeRef,
    Environment: identity.environment,
    DataType: identity.dataType,
    RecordClass: identity.recordClass,
    Retention: retention,
  };
  for (const [key, value] of Object.entries(tags)) {
    if (!TAG_VALUE.test(value)) {
      throw new ModuleError("TAG_INVALID", {
        what: "tag value not usable",
        where: key,
        expected: "1-256 letters, digits, spaces or _ . : / = + - @",
        got: JSON.stringify(value),
        todo: "correct the settings",
      });
    }
  }
  return tags;
}
