// SPDX-License-Identifier: Apache-2.0
import { parseVendors, vendorIn } from "../../../validation/vendors/vendor-file";
import { EXAMPLE, edited } from "./example";
import { newKey } from "./keys";

const BOREALIS_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhrhGMWakz+1cYNL/W6EjgG+GeDWLYhpLcWmriuaQbv";
const ACME_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEgHJ/WajafexUU9HuPuX79eQhRYUaTpaECgayUFPtgh";

function refusalOf(bytes: Buffer): { code: string; where: string; expected: string; got: string } {
  try {
    parseVendors(bytes, "vendors.yaml");
  } catch (error) {
    const { code, parts } = error as { code: string; parts: { where: string; expected: string; got: string } };
    return { code, where: parts.where, expected: parts.expected, got: parts.got };
  }
  throw new Error("nothing was refused");
}

/** Studies of acme beside its own two. */
function studies(count: number): string {
  const ids = Array.from({ length: count }, (_, i) => `      - id: st-${200 + i}\n`);
  return `      - id: st-102\n${ids.join("")}`;
}

describe("the vendors of a file", () => {
  test("are those of the committed example", () => {
    const { vendors } = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
    expect(vendors.map(({ id, studies, keys }) => [id, studies.length, keys.length])).toEqual([
      ["acme", 2, 1],
      ["borealis", 1, 1],
      ["corvid", 1, 1],
    ]);
  });

  test.each([
    ["a vendor twice", "id: borealis", "id: acme", "acme twice"],
    ["an id with which another one begins", "id: borealis", "id: acme2", "acme2 beside acme"],
    ["an id that another one begins with", "id: corvid", "id: bor", "bor beside borealis"],
    ["the key of another vendor", BOREALIS_KEY, ACME_KEY, /^SHA256:pbERTc.*, which acme has too$/],
    ["the key of another vendor with another comment", BOREALIS_KEY, `${ACME_KEY} mine`, /which acme has too$/],
    ["a weak key", BOREALIS_KEY, newKey("rsa2048"), "ssh-rsa of 2048 bits"],
    ["the whole internet", "203.0.113.8/32", "0.0.0.0/0", "0.0.0.0/0"],
    ["a day that no calendar has", 'until: "2028-10-31"', 'until: "2028-02-30"', "2028-02-30"],
    ["an end before the beginning", 'until: "2028-10-31"', 'until: "2026-10-31"', "2026-10-31"],
    ["a key that ends before it begins", 'notAfter: "2027-10-31"', 'notAfter: "2026-10-31"', "2026-10-31"],
    ["a key for more than two years", 'notAfter: "2027-10-31"', 'notAfter: "2028-11-02"', "2028-11-02"],
    ["no key", /keys:\n {6}- publicKey: .*\n.*\n.*\n/.exec(EXAMPLE)![0], "keys: []\n", "none"],
    ["a study twice", "- id: st-102", "- id: st-101", "st-101 twice"],
    [
      "more studies than a session policy has room for",
      "      - id: st-102\n",
      studies(9),
      /^11 studies, up to 2\d{3} characters$/,
    ],
    ["a change that its author approved", "approver: john.roe", "approver: Doe.Jane+qa", "Doe.Jane+qa@example.org"],
    [
      "a disabled vendor that nobody offboarded",
      "  - id: acme\n",
      "  - id: acme\n    enabled: false\n",
      "false without one",
    ],
    ["an offboarded vendor that is enabled", "action: added", "action: offboarded", "a vendor that is enabled"],
    [
      "a window as long as the cadence",
      "hoursBefore: 24, hoursAfter: 12",
      "hoursBefore: 100, hoursAfter: 68",
      "168 hours",
    ],
    ["a size range that is none", "min: 100, max: 200000000", "min: 100, max: 99", "99"],
    ["a delivery that ends before it begins", 'from: "2026-11-02"', 'from: "2028-11-01"', "2028-10-31"],
    ["text that cannot be seen", "name: Acme Central Laboratory", 'name: "Acme\\u202E"', "Acme\\u{202e}"],
  ])("are refused with %s", (_, from, to, got) => {
    const told = typeof got === "string" ? got : expect.stringMatching(got);
    expect(refusalOf(edited(from, to))).toMatchObject({ code: "VENDOR_REFUSED", got: told });
  });

  test("are refused with the line and the place", () => {
    expect(refusalOf(edited("203.0.113.8/32", "203.0.0.0/8")).where).toBe("vendors.yaml:83 vendors/2/cidrs/0");
  });

  test("may have as many studies as a session policy has room for", () => {
    expect(() => parseVendors(edited("      - id: st-102\n", studies(3)), "vendors.yaml")).not.toThrow();
  });

  test.each([
    ["a password", "    cidrs:\n", "    password: secret\n    cidrs:\n"],
    ["a secret for its ARN", "    cidrs:\n", "    secretArn: hunter2\n    cidrs:\n"],
    ["an id that the gateway does not take", "id: corvid", "id: co"],
    ["an id that leaves its folder", "id: corvid", "id: ../acme"],
    ["a pattern that leaves its folder", "files: READS_*.zip", "files: ../READS_*.zip"],
    ["another version", "schemaVersion: 1", "schemaVersion: 2"],
  ])("are no vendors with %s", (_, from, to) => {
    expect(refusalOf(edited(from, to)).code).toBe("SCHEMA_MISMATCH");
  });

  test.each([
    ["an alias", "id: borealis", "id: &x borealis"],
    ["a key twice", "    cidrs:\n", "    cidrs: [192.0.2.0/28]\n    cidrs:\n"],
    ["a second document", "schemaVersion: 1", "schemaVersion: 1\n---"],
  ])("are no plain YAML with %s", (_, from, to) => {
    expect(refusalOf(edited(from, to)).code).toBe("VENDORS_INVALID");
  });

  test("never shows what a key line holds when it is refused", () => {
    const { where, expected, got } = refusalOf(edited(ACME_KEY, "hunter2-hunter2-hunter2"));
    expect(`${where}${expected}${got}`).not.toContain("hunter2");
  });
});

test("a vendor that is not there is named beside those that are", () => {
  const file = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
  expect(() => vendorIn(file, "acne")).toThrow(/expected one of acme, borealis, corvid, got acne/);
});
