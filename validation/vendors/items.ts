// SPDX-License-Identifier: Apache-2.0
import { parseOpensshKey } from "./openssh-key";
import { isEnabled, type Vendor } from "./vendor";

/** What Terraform does with one item of the vendors table (docs/decisions/0017). */
export interface ItemChange {
  readonly kind: "added" | "changed" | "removed";
  readonly vendor: string;
  /** `profile` or `key#` and the fingerprint. */
  readonly item: string;
  /** What changes, or what an added item says: `until 2027-01-31 -> 2026-11-22`. */
  readonly says: readonly string[];
}

type Items = ReadonlyMap<
  string,
  { readonly vendor: string; readonly item: string; readonly says: Readonly<Record<string, string>> }
>;

/** The items that differ, in the order of the new list; removed ones last. */
export function itemChanges(before: readonly Vendor[], after: readonly Vendor[]): readonly ItemChange[] {
  const [old, now] = [itemsOf(before), itemsOf(after)];
  const changes: ItemChange[] = [];
  for (const [key, { vendor, item, says }] of now) {
    const was = old.get(key)?.says;
    const lines = Object.entries(says).flatMap(([name, value]) => {
      if (was === undefined) return `${name} ${value}`;
      return was[name] === value ? [] : `${name} ${was[name] ?? "none"} -> ${value}`;
    });
    const gone = Object.keys(was ?? {}).filter((name) => !(name in says));
    const all = [...lines, ...gone.map((name) => `${name} ${was![name]} -> none`)];
    if (all.length > 0) changes.push({ kind: was === undefined ? "added" : "changed", vendor, item, says: all });
  }
  for (const [key, { vendor, item }] of old) {
    if (!now.has(key)) changes.push({ kind: "removed", vendor, item, says: [] });
  }
  return changes;
}

function itemsOf(vendors: readonly Vendor[]): Items {
  return new Map(
    vendors.flatMap((vendor) =>
      [profileOf(vendor), ...keysOf(vendor)].map((one) => [`${one.vendor}/${one.item}`, one]),
    ),
  );
}

function profileOf(vendor: Vendor) {
  const { id, from, until, cidrs, studies, secretArn } = vendor;
  const says = {
    enabled: String(isEnabled(vendor)),
    from,
    until,
    cidrs: cidrs.join(" "),
    studies: studies.map((study) => study.id).join(" "),
    ...(secretArn === undefined ? {} : { secretArn }),
  };
  return { vendor: id, item: "profile", says };
}

function keysOf({ id, from, keys }: Vendor) {
  return keys.flatMap(({ publicKey, notBefore = from, notAfter }) => {
    const key = parseOpensshKey(publicKey);
    return "expected" in key ? [] : { vendor: id, item: `key#${key.fingerprint}`, says: { notBefore, notAfter } };
  });
}
