// SPDX-License-Identifier: Apache-2.0
import { VendorDirectory } from "../../../modules";
import { formOf, rowsOf, type VendorRow } from "../../../validation/oq/vendor-rows";
import type { Vendor } from "../../../validation/vendors/vendor";
import { key } from "../../modules/sftp-gateway/identity-provider/directory";
import { deployer, env, identity, synthesize, testStack } from "../../modules/synth";

const vendor: Vendor = {
  id: "acme",
  name: "Acme",
  contacts: [],
  from: "2026-11-01",
  until: "2027-10-31",
  cidrs: ["192.0.2.16/28", "2001:db8:20::/64"],
  keys: [
    { publicKey: key(1), notBefore: "2026-11-02", notAfter: "2027-04-30" },
    { publicKey: `${key(2)} sender@acme.example`, notAfter: "2027-04-30" },
  ],
  studies: [{ id: "st-101" }, { id: "st-102" }],
};

function planned({ enabled, ...of }: Vendor): readonly VendorRow[] {
  const { stack } = testStack();
  new VendorDirectory(stack, "Vendors", {
    env,
    identity: identity("qualification"),
    namePrefix: "acme-clin",
    administratorArns: [deployer],
    // As stacks/vendors.ts does: comments of keys stay in the file.
    vendors: [
      {
        ...of,
        enabled: enabled ?? true,
        keys: of.keys.map((one) => ({ ...one, publicKey: one.publicKey.split(" ").slice(0, 2).join(" ") })),
      },
    ],
  });
  const items = Object.values(synthesize(stack).resource.aws_dynamodb_table_item ?? {});
  return items.map(({ item }) => JSON.parse(String(item)) as VendorRow);
}

const sorted = (rows: readonly VendorRow[]) => [...rows].sort((a, b) => (a.item!.S! < b.item!.S! ? -1 : 1));

test.each<[string, Vendor]>([
  ["of a vendor who is let in", vendor],
  ["of one who is not", { ...vendor, enabled: false }],
  ["of one without a key", { ...vendor, keys: [], enabled: false }],
])("the rows %s are those that the plan writes", (_, one) => {
  expect(sorted(rowsOf(one))).toEqual(sorted(planned(one)));
});

const profile = rowsOf(vendor)[0]!;

test("rows of other values have one form", () => {
  expect(formOf(rowsOf({ ...vendor, id: "beta", cidrs: ["198.51.100.0/28"], from: "2026-12-01" })[0]!)).toBe(
    formOf(profile),
  );
});

test.each<[string, VendorRow]>([
  ["another type", { ...profile, enabled: { S: "true" } }],
  ["another type in a list", { ...profile, studies: { L: [{ N: "101" }] } }],
  ["an attribute more", { ...profile, note: { S: "" } }],
  ["an attribute less", { vendor: profile.vendor!, item: profile.item! }],
])("a row with %s has another form", (_, row) => {
  expect(formOf(row)).not.toBe(formOf(profile));
});
