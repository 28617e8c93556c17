// SPDX-License-Identifier: Apache-2.0
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { parseOpensshKey } from "../vendors/openssh-key";
import { isEnabled, type Vendor, type VendorKey } from "../vendors/vendor";

export type VendorRow = Record<string, AttributeValue>;

/** The rows that a plan writes for a vendor (modules/vendor-directory), but for a second component, which no challenge has. */
export function rowsOf(vendor: Vendor): readonly VendorRow[] {
  const { id, from, until, cidrs, studies, keys } = vendor;
  const profile = {
    vendor: { S: id },
    item: { S: "profile" },
    enabled: { BOOL: isEnabled(vendor) },
    from: { S: from },
    until: { S: until },
    cidrs: { L: cidrs.map((cidr) => ({ S: cidr })) },
    studies: { L: studies.map((study) => ({ S: study.id })) },
  };
  return [profile, ...keys.map((key) => keyRow(id, { ...key, notBefore: key.notBefore ?? from }))];
}

/** @throws when the key is none that a vendor may have */
export function keyRow(vendor: string, { publicKey, notBefore, notAfter }: Required<VendorKey>): VendorRow {
  const line = publicKey.trim().split(" ").slice(0, 2).join(" ");
  const key = parseOpensshKey(line);
  if (!("fingerprint" in key)) throw new Error(`the key made for ${vendor} is ${key.got}`);
  return {
    vendor: { S: vendor },
    item: { S: `key#${key.fingerprint}` },
    publicKey: { S: line },
    notBefore: { S: notBefore },
    notAfter: { S: notAfter },
  };
}

/** Names and types of a row's attributes, without values: rows of one form are read alike. */
export function formOf(row: VendorRow): string {
  const named = Object.entries(row).map(([name, value]) => `${name} ${typeOf(value)}`);
  return named.sort().join(", ");
}

function typeOf(value: AttributeValue): string {
  const [type] = Object.keys(value);
  return type === "L" ? `L of ${[...new Set(value.L!.map(typeOf))].join("/")}` : String(type);
}
