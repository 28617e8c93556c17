// SPDX-License-Identifier: Apache-2.0
import { dayAfter } from "./edit";
import { parseOpensshKey } from "./openssh-key";
import { isEnabled, type Vendor } from "./vendor";

/** Days before its end at which a key or a vendor is worth a question. */
export const SOON_DAYS = 30;

export type AccessState = "active" | "ends soon" | "not yet" | "expired" | "offboarded";

/** One key of one vendor as an access review asks about it; a vendor without keys has one row without a key. */
export interface AccessRow {
  readonly vendor: string;
  readonly name: string;
  readonly state: AccessState;
  readonly studies: readonly string[];
  readonly cidrs: readonly string[];
  readonly contacts: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly keyType: string;
  readonly fingerprint: string;
  readonly keyFrom: string;
  readonly keyUntil: string;
  readonly secondComponent: boolean;
  /** Instant of the last login with that key; `unknown` without a file that says so. */
  readonly lastUse: string;
  readonly approvedBy: string;
}

/** Last login, by fingerprint of the key. */
export type LastUses = Readonly<Record<string, string>>;

/**
 * Who may log in with what, one row a key, in the order of the file.
 *
 * @param asOf UTC day of the review
 * @param uses last uses. `@default` nothing is known
 * @param absent what is said of a key that is not in them. `@default` "never"
 */
export function accessRows(
  vendors: readonly Vendor[],
  asOf: string,
  uses?: LastUses,
  absent = "never",
): readonly AccessRow[] {
  return vendors.flatMap((vendor) => {
    const { id, name, studies, cidrs, contacts, from, until, keys, secretArn, history = [] } = vendor;
    const shared = {
      vendor: id,
      name,
      studies: studies.map((study) => study.id),
      cidrs,
      contacts: contacts.map(({ email }) => email),
      from,
      until,
      secondComponent: secretArn !== undefined,
      approvedBy: history.at(-1)?.approver ?? "nobody",
    };
    const none = { keyType: "none", fingerprint: "none", keyFrom: "none", keyUntil: "none", lastUse: "none" };
    if (keys.length === 0) return [{ ...shared, ...none, state: stateOf(vendor, from, until, asOf) }];
    return keys.map(({ publicKey, notBefore = from, notAfter }) => {
      const key = parseOpensshKey(publicKey);
      const fingerprint = "expected" in key ? "none" : key.fingerprint;
      return {
        ...shared,
        state: stateOf(vendor, later(from, notBefore), earlier(until, notAfter), asOf),
        keyType: "expected" in key ? "none" : `${key.type} ${key.bits}`,
        fingerprint,
        keyFrom: notBefore,
        keyUntil: notAfter,
        lastUse: uses === undefined ? "unknown" : Object.hasOwn(uses, fingerprint) ? uses[fingerprint]! : absent,
      };
    });
  });
}

function stateOf(vendor: Vendor, first: string, last: string, asOf: string): AccessState {
  if (!isEnabled(vendor)) return "offboarded";
  if (asOf > last) return "expired";
  if (asOf < first) return "not yet";
  return last <= dayAfter(asOf, SOON_DAYS) ? "ends soon" : "active";
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
