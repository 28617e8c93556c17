// SPDX-License-Identifier: Apache-2.0
import { addVendor, offboard, rotateKey } from "../../../validation/vendors/edit";
import { itemChanges } from "../../../validation/vendors/items";
import { parseOpensshKey } from "../../../validation/vendors/openssh-key";
import { parseVendors, vendorIn } from "../../../validation/vendors/vendor-file";
import { EXAMPLE } from "./example";
import { newKey } from "./keys";

const FILE = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
const CHANGE = { on: "2026-11-22", by: "ann.lee", approver: "bo.chen", reason: "Agreed in the meeting of Friday" };
const ACME_PRINT = "SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w";
const NEW_KEY = newKey("ed25519");
const NEW_PRINT = (parseOpensshKey(NEW_KEY) as { fingerprint: string }).fingerprint;

const DELTA = {
  id: "delta",
  name: "Delta eClinical",
  contacts: [{ name: "Dana Do", email: "dana@delta.example.org" }],
  from: "2026-11-22",
  until: "2027-12-31",
  cidrs: ["192.0.2.64/28"],
  keys: [{ publicKey: NEW_KEY, notBefore: "2026-11-22", notAfter: "2027-06-30" }],
  studies: [{ id: "st-101" }],
};

/** Lines of one text that the other does not have. */
function linesOnlyIn(text: string, other: string): readonly string[] {
  const known = new Set(other.split("\n"));
  return text.split("\n").filter((line) => !known.has(line));
}

function rotated(overlap: number | "lost") {
  return rotateKey(FILE, "acme", { publicKey: NEW_KEY, notAfter: "2027-11-22" }, overlap, CHANGE);
}

describe("adding a vendor", () => {
  test("leaves every line that was there, comments too", () => {
    expect(linesOnlyIn(EXAMPLE, addVendor(FILE, DELTA, CHANGE).text)).toEqual([]);
  });

  test("shows its profile and its key as added items", () => {
    expect(itemChanges(FILE.vendors, addVendor(FILE, DELTA, CHANGE).vendors)).toEqual([
      {
        kind: "added",
        vendor: "delta",
        item: "profile",
        says: ["enabled true", "from 2026-11-22", "until 2027-12-31", "cidrs 192.0.2.64/28", "studies st-101"],
      },
      {
        kind: "added",
        vendor: "delta",
        item: `key#${NEW_PRINT}`,
        says: ["notBefore 2026-11-22", "notAfter 2027-06-30"],
      },
    ]);
  });

  test("begins its history", () => {
    expect(vendorIn(addVendor(FILE, DELTA, CHANGE), "delta").history).toEqual([
      { ...CHANGE, action: "added", keys: [NEW_PRINT] },
    ]);
  });

  test("begins a list that was empty, one line a member", () => {
    const empty = parseVendors(Buffer.from("schemaVersion: 1\nvendors: [] # nobody yet\n"), "vendors.yaml");
    expect(addVendor(empty, DELTA, CHANGE).text).toContain("\n  - id: delta\n    name: Delta eClinical\n");
  });

  test.each([
    ["an id with which another one begins", { ...DELTA, id: "acm" }],
    ["a network that is too wide", { ...DELTA, cidrs: ["0.0.0.0/0"] }],
    ["a weak key", { ...DELTA, keys: [{ ...DELTA.keys[0]!, publicKey: newKey("rsa2048") }] }],
    [
      "more studies than a session policy has room for",
      { ...DELTA, studies: Array.from({ length: 20 }, (_, i) => ({ id: `st-${i}` })) },
    ],
  ])("is refused with %s", (_, vendor) => {
    expect(() => addVendor(FILE, vendor, CHANGE)).toThrow(expect.objectContaining({ code: "VENDOR_REFUSED" }));
  });

  test("is refused when its author approves it", () => {
    expect(() => addVendor(FILE, DELTA, { ...CHANGE, approver: "Lee, Ann" })).toThrow(/approver|Lee/);
  });
});

describe("rotating a key", () => {
  test("gives the old one an end and adds the new one from today", () => {
    expect(itemChanges(FILE.vendors, rotated(7).vendors)).toEqual([
      { kind: "changed", vendor: "acme", item: `key#${ACME_PRINT}`, says: ["notAfter 2027-10-31 -> 2026-11-29"] },
      {
        kind: "added",
        vendor: "acme",
        item: `key#${NEW_PRINT}`,
        says: ["notBefore 2026-11-22", "notAfter 2027-11-22"],
      },
    ]);
  });

  test("changes one line of the file and adds others", () => {
    expect(linesOnlyIn(EXAMPLE, rotated(7).text)).toEqual(['        notAfter: "2027-10-31"']);
    expect(linesOnlyIn(rotated(7).text, EXAMPLE)).toContain('        notAfter: "2026-11-29"');
  });

  test("never makes an old key last longer", () => {
    const once = rotated(3);
    const twice = rotateKey(once, "acme", { publicKey: newKey("p256"), notAfter: "2027-11-22" }, 30, CHANGE);
    expect(vendorIn(twice, "acme").keys.map(({ notAfter }) => notAfter)).toEqual([
      "2026-11-25",
      "2026-12-22",
      "2027-11-22",
    ]);
  });

  test("takes a lost key out, and it may never come back", () => {
    const lost = rotated("lost");
    expect(vendorIn(lost, "acme").keys.map(({ publicKey }) => publicKey)).toEqual([NEW_KEY]);
    const { publicKey } = vendorIn(FILE, "acme").keys[0]!;
    expect(() => addVendor(lost, { ...DELTA, keys: [{ ...DELTA.keys[0]!, publicKey }] }, CHANGE)).toThrow(
      /expected no lost key/,
    );
  });

  test("touches only the key that it replaces", () => {
    const key = { publicKey: newKey("p256"), notAfter: "2027-11-22", replaces: [NEW_PRINT] };
    const keys = vendorIn(rotateKey(rotated(7), "acme", key, 1, CHANGE), "acme").keys;
    expect(keys.map(({ notAfter }) => notAfter)).toEqual(["2026-11-29", "2026-11-23", "2027-11-22"]);
  });

  test.each([
    [
      "a key that the vendor has already",
      { publicKey: vendorIn(FILE, "acme").keys[0]!.publicKey, notAfter: "2027-11-22" },
    ],
    ["a key for more than two years", { publicKey: NEW_KEY, notAfter: "2029-11-22" }],
    ["a replaced key that it does not have", { publicKey: NEW_KEY, notAfter: "2027-11-22", replaces: [NEW_PRINT] }],
  ])("is refused with %s", (_, key) => {
    expect(() => rotateKey(FILE, "acme", key, 7, CHANGE)).toThrow(expect.objectContaining({ code: "VENDOR_REFUSED" }));
  });
});

describe("offboarding", () => {
  test("disables the vendor and keeps its keys and its history", () => {
    const { enabled, until, keys, history } = vendorIn(offboard(FILE, "corvid", CHANGE), "corvid");
    expect([enabled, until, keys.length, history?.map(({ action }) => action)]).toEqual([
      false,
      "2026-11-22",
      1,
      ["added", "offboarded"],
    ]);
  });

  test("is final", () => {
    const gone = offboard(FILE, "acme", CHANGE);
    expect(() => rotateKey(gone, "acme", { publicKey: NEW_KEY, notAfter: "2027-11-22" }, 7, CHANGE)).toThrow(
      /offboarded on 2026-11-22/,
    );
    expect(() => addVendor(gone, { ...DELTA, id: "acme" }, CHANGE)).toThrow(/acme twice/);
  });
});
