// SPDX-License-Identifier: Apache-2.0
import { type Document, isScalar, isSeq, parseDocument, Scalar, visit } from "yaml";
import { Part11Error } from "../error";
import { parseOpensshKey } from "./openssh-key";
import { type HistoryEntry, isEnabled, type Vendor } from "./vendor";
import { parseVendors, type VendorFile, vendorIn } from "./vendor-file";

/** Why a change is made and who answers for it. */
export type Reasoned = Pick<HistoryEntry, "on" | "by" | "approver" | "reason">;

/** Longest time, in days, that an old key stays beside the new one. */
export const MAX_OVERLAP_DAYS = 30;

/** The file with one vendor more. @throws VENDOR_REFUSED, SCHEMA_MISMATCH as for a file that was written by hand */
export function addVendor(file: VendorFile, vendor: Omit<Vendor, "history">, change: Reasoned): VendorFile {
  return edited(file, (document) => {
    const entry = historyEntry(
      change,
      "added",
      vendor.keys.map(({ publicKey }) => publicKey),
    );
    const list = document.get("vendors");
    // An empty list can only be written `[]`, and would stay on that line.
    if (isSeq(list) && list.items.length === 0) list.flow = false;
    document.addIn(["vendors"], node(document, { ...vendor, history: [entry] }));
  });
}

export interface NewKey {
  readonly publicKey: string;
  readonly notAfter: string;
  /** Fingerprints of the keys that it replaces. `@default` all that the vendor has */
  readonly replaces?: readonly string[];
}

/**
 * The file with a new key for a vendor, and an end for those it replaces.
 *
 * @param overlap days, 0 to 30, for which the replaced keys stay valid beside the new one, the first of them today; `lost`
 *   takes them out at once and for ever
 * @throws SUBJECT_NOT_FOUND; VENDOR_REFUSED
 */
export function rotateKey(
  file: VendorFile,
  id: string,
  key: NewKey,
  overlap: number | "lost",
  change: Reasoned,
): VendorFile {
  const vendor = vendorIn(file, id);
  assertOnboard(vendor, file.name);
  const prints = vendor.keys.map(({ publicKey }) => fingerprintOf(publicKey));
  const replaced = key.replaces ?? prints;
  const unknown = replaced.find((print) => !prints.includes(print));
  if (unknown !== undefined) throw refused(`${file.name} ${id}`, `one of its keys, ${prints.join(", ")}`, unknown);
  return edited(file, (document) => {
    const at = placeOf(file, id);
    if (overlap === "lost") {
      // From the last one on, or the places of the others would move.
      for (const [i, print] of [...prints.entries()].reverse()) {
        if (replaced.includes(print)) document.deleteIn([...at, "keys", i]);
      }
    } else {
      const lastDay = dayAfter(change.on, overlap);
      vendor.keys.forEach(({ notAfter }, i) => {
        const isShortened = replaced.includes(prints[i]!) && notAfter > lastDay;
        if (isShortened) document.setIn([...at, "keys", i, "notAfter"], quoted(lastDay));
      });
    }
    const { publicKey, notAfter } = key;
    document.addIn([...at, "keys"], node(document, { publicKey, notBefore: change.on, notAfter }));
    const entry = historyEntry(change, "key-rotated", [publicKey]);
    addHistory(document, file, id, overlap === "lost" ? { ...entry, revoked: replaced } : entry);
  });
}

/** The file with a vendor disabled from now on; the entry and its history stay. @throws SUBJECT_NOT_FOUND, VENDOR_REFUSED */
export function offboard(file: VendorFile, id: string, change: Reasoned): VendorFile {
  const vendor = vendorIn(file, id);
  assertOnboard(vendor, file.name);
  return edited(file, (document) => {
    const at = placeOf(file, id);
    document.setIn([...at, "enabled"], false);
    if (vendor.until > change.on && vendor.from <= change.on) document.setIn([...at, "until"], quoted(change.on));
    addHistory(
      document,
      file,
      id,
      historyEntry(
        change,
        "offboarded",
        vendor.keys.map(({ publicKey }) => publicKey),
      ),
    );
  });
}

/** The day that many days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Comments and the order of the keys stay; the result is read as strictly as any other file. */
function edited(file: VendorFile, edit: (document: Document) => void): VendorFile {
  const document = parseDocument(file.text, { schema: "core", version: "1.2" });
  edit(document);
  return parseVendors(Buffer.from(document.toString({ lineWidth: 0 })), file.name);
}

function placeOf({ vendors }: VendorFile, id: string): readonly (string | number)[] {
  return ["vendors", vendors.findIndex((vendor) => vendor.id === id)];
}

function addHistory(document: Document, file: VendorFile, id: string, entry: HistoryEntry): void {
  const at = [...placeOf(file, id), "history"];
  if (document.hasIn(at)) document.addIn(at, node(document, entry));
  else document.setIn(at, node(document, [entry]));
}

function historyEntry(change: Reasoned, action: HistoryEntry["action"], keys: readonly string[]): HistoryEntry {
  const { on, by, approver, reason } = change;
  return { on, action, by, approver, reason, ...(keys.length === 0 ? {} : { keys: keys.map(fingerprintOf) }) };
}

/** @throws VENDOR_REFUSED for a line that is no key that may be used, which is never shown */
function fingerprintOf(line: string): string {
  const key = parseOpensshKey(line);
  if ("expected" in key) throw refused("the key", key.expected, key.got);
  return key.fingerprint;
}

/** Days and times stand in quotes: readers of YAML 1.1 take them for dates and for numbers. */
function node(document: Document, value: unknown) {
  const made = document.createNode(value);
  visit(made, {
    Scalar: (_, scalar) => {
      if (isScalar(scalar) && typeof scalar.value === "string" && /^[0-9]{2,4}[-:]/.test(scalar.value)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return made;
}

function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function assertOnboard(vendor: Vendor, name: string): void {
  if (isEnabled(vendor)) return;
  const got = `one that was offboarded on ${vendor.history?.at(-1)?.on}, whose id is never used again`;
  throw refused(`${name} ${vendor.id}`, "a vendor that is enabled", got);
}

function refused(where: string, expected: string, got: string): Part11Error {
  const todo = "correct the command; see docs/guides/vendors.md";
  return new Part11Error({ code: "VENDOR_REFUSED", what: "change refused", where, expected, got, todo });
}
