// SPDX-License-Identifier: Apache-2.0
import { type Vendor, VendorDirectory } from "../../../modules";
import { isDenied, readVendorRecord } from "../../../modules/sftp-gateway/identity-provider/vendor-record";
import { fingerprint, key } from "../sftp-gateway/identity-provider/directory";
import { codeOf, deployer, env, identity, resource, type SynthDocument, synthesize, testStack } from "../synth";

const acme: Vendor = {
  id: "acme",
  studies: [{ id: "st-101" }],
  keys: [{ publicKey: `${key(1)} sender@acme.example`, notAfter: "2027-04-30" }],
  cidrs: ["192.0.2.16/28"],
  from: "2026-11-01",
  until: "2027-10-31",
};
const beta: Vendor = { ...acme, id: "beta", keys: [{ publicKey: key(2), notAfter: "2027-04-30" }] };

function synthesized(vendors: readonly Vendor[], environment: Parameters<typeof identity>[0] = "production") {
  const { stack } = testStack();
  const namePrefix = "acme-clin";
  new VendorDirectory(stack, "Vendors", {
    env,
    identity: identity(environment),
    namePrefix,
    administratorArns: [deployer],
    vendors,
  });
  return synthesize(stack);
}

const items = (document: SynthDocument) => Object.entries(document.resource.aws_dynamodb_table_item ?? {});
const plain = (item: unknown) =>
  Object.fromEntries(
    Object.entries(
      JSON.parse(item as string) as Record<string, { S?: string; BOOL?: boolean; L?: { S: string }[] }>,
    ).map(([name, { S, BOOL, L }]) => [name, S ?? BOOL ?? L?.map((one) => one.S)]),
  );

test("the table has its own key, recovery to any point in time, and protection in production", () => {
  const table = resource(synthesized([acme]), "aws_dynamodb_table");
  expect(table).toMatchObject({
    name: "acme-clin-vendors",
    hash_key: "vendor",
    range_key: "item",
    deletion_protection_enabled: true,
    point_in_time_recovery: { enabled: true },
    server_side_encryption: { enabled: true, kms_key_arn: expect.stringContaining("aws_kms_key.Vendors_Key") },
    tags: { Part11Role: "identity-provider" },
    lifecycle: { prevent_destroy: true },
  });
  expect(resource(synthesized([acme], "qualification"), "aws_dynamodb_table")).toMatchObject({
    deletion_protection_enabled: false,
  });
});

test("what Terraform writes is what the identity provider reads, without comments of keys", () => {
  const written = items(synthesized([acme])).map(([, { item }]) => plain(item));
  expect(isDenied(written)).toBe(false);
  expect(readVendorRecord(written)).toEqual({
    enabled: true,
    from: "2026-11-01",
    until: "2027-10-31",
    cidrs: ["192.0.2.16/28"],
    studies: ["st-101"],
    keys: [{ fingerprint: fingerprint(key(1)), publicKey: key(1), notBefore: "2026-11-01", notAfter: "2027-04-30" }],
  });
});

test("taking a vendor out, or turning the list round, renames nothing of another", () => {
  const named = (vendors: readonly Vendor[]) => items(synthesized(vendors)).map(([name]) => name);
  const both = named([acme, beta]);
  expect(named([beta, acme]).sort()).toEqual([...both].sort());
  expect(both).toEqual(expect.arrayContaining(named([beta])));
});

test.each<[string, Vendor, string]>([
  [
    "a key of another vendor, with another comment",
    { ...beta, keys: [{ publicKey: `${key(1)} b`, notAfter: "2027-01-01" }] },
    "VENDOR_KEY",
  ],
  ["a key twice", { ...beta, keys: [...beta.keys, ...beta.keys] }, "VENDOR_KEY"],
  ["no key at all", { ...beta, keys: [{ publicKey: "ssh-rsa AAAA", notAfter: "2027-01-01" }] }, "VENDOR_KEY"],
  ["an id that begins with another one", { ...beta, id: "acme2" }, "VENDOR_PREFIX"],
  ["the same id", { ...beta, id: "acme" }, "VENDOR_PREFIX"],
  ["an id that is no user name", { ...beta, id: "ab" }, "VENDOR_INVALID"],
  ["no study", { ...beta, studies: [] }, "VENDOR_INVALID"],
  ["a study named test", { ...beta, studies: [{ id: "test" }] }, "VENDOR_INVALID"],
  ["a network that is too wide", { ...beta, cidrs: ["192.0.0.0/23"] }, "VENDOR_INVALID"],
  ["a network of IPv6 that is too wide", { ...beta, cidrs: ["2001:db8::/63"] }, "VENDOR_INVALID"],
  ["a last day before the first", { ...beta, until: "2026-10-31" }, "VENDOR_INVALID"],
  [
    "a key whose last day no calendar has",
    { ...beta, keys: [{ publicKey: key(2), notAfter: "2027-02-30" }] },
    "VENDOR_INVALID",
  ],
])("fails on %s", (_, vendor, code) => {
  expect(codeOf(() => synthesized([acme, vendor]))).toBe(code);
});
