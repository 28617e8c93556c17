// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadWaivers, MAX_WAIVERS_BYTES, parseWaivers } from "../../../../validation/gate/waivers";
import { assertSchema } from "../../../../validation/json";
import { factsOf } from "../facts-fixture";
import { AS_OF, CONTROLS, GOOD } from "./waivers-fixture";

function parsed(content: string | Uint8Array) {
  return parseWaivers(Buffer.from(content as string), "waivers.yaml", AS_OF, CONTROLS);
}

/** The file in order with one thing changed, which must be there. */
function changed(from: string, to: string, text = GOOD): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

/** Lines after the one that begins so, as one more entry of the same list. */
function repeated(list: "waivers" | "attestations"): string {
  const [, entry] = new RegExp(`${list}:\n((?:  .*\n)+)`).exec(GOOD)!;
  return changed(entry!, `${entry}${entry}`);
}

describe("a file of waivers in order", () => {
  it("gives its entries with their lines, and holds to the schema of facts", () => {
    const waivers = parsed(GOOD);
    expect(waivers.entries.map(({ kind, line, control }) => ({ kind, line, control }))).toEqual([
      { kind: "waiver", line: 3, control: "FIX-01" },
      { kind: "attestation", line: 16, control: "FIX-02" },
    ]);
    expect(() => assertSchema("facts", { ...factsOf({}), waivers }, "facts")).not.toThrow();
  });

  it.each([
    ["without an entry", "schemaVersion: 1\n"],
    ["of empty lists", "schemaVersion: 1\nwaivers: []\nattestations: []\n"],
    ["with comments, which people need", `# for QA\n${GOOD}`],
    ["that expires on day 90", changed("expires: 2026-12-01", "expires: 2027-01-30")],
    ["granted today", changed("granted: 2026-11-01", "granted: 2026-11-21")],
    ["that expired, which META-07 judges", changed("expires: 2026-12-01", "expires: 2026-11-20")],
    ["of an instance whose key holds a star", changed("address: aws_s3_bucket.raw", `address: 'aws_x.y["*.org"]'`)],
    ["with letters of any language in the reason", changed("The vendor", "Der Löschauftrag Prüfung")],
  ])("may be one %s", (_, text) => {
    expect(() => parsed(text)).not.toThrow();
  });
});

/** What is refused: name, code, line (null = the file as a whole), content. */
type Hostile = readonly [string, string, number | null, string | Uint8Array];

const YAML = "WAIVERS_INVALID";
const SHAPE = "SCHEMA_MISMATCH";
const ENTRY = "WAIVER_REFUSED";

const HOSTILE: readonly Hostile[] = [
  ["that is empty", SHAPE, 1, ""],
  ["that is a list", SHAPE, 1, "- control: FIX-01\n"],
  ["that is no YAML", YAML, 3, "schemaVersion: 1\nwaivers: [\n"],
  ["indented with tabs", YAML, 3, changed("  - control: FIX-01", "\t- control: FIX-01")],
  ["that is no UTF-8", YAML, null, Buffer.from([0x61, 0x3a, 0x20, 0xff])],
  ["that begins with a byte order mark", YAML, 1, `\uFEFF${GOOD}`],
  ["of two documents", YAML, 2, `schemaVersion: 1\n---\n${GOOD}`],
  ["with a directive for YAML 1.1", YAML, 1, `%YAML 1.1\n---\n${GOOD}`],
  ["with a directive for a tag", YAML, 1, `%TAG ! tag:example.org,2026:\n---\n${GOOD}`],
  ["with a tag of JavaScript", YAML, 9, changed("reason: The", "reason: !!js/function The")],
  ["with a tag of Python", YAML, 9, changed("reason: The", "reason: !!python/object/apply:os.system The")],
  ["with a local tag", YAML, 10, changed("author: ann", "author: !person ann")],
  ["with a known tag", YAML, 10, changed("author: ann", "author: !!str ann")],
  ["with an alias", YAML, 11, changed("bo.chen@example.org", "*a")],
  ["with an anchor that nobody uses", YAML, 10, changed("author: ann", "author: &a ann")],
  ["that is a bomb of aliases", YAML, 1, bomb()],
  ["with a merge key", SHAPE, 3, changed("    attribute: mode", "    <<: {reason: more}\n    attribute: mode")],
  ["with a key twice", YAML, 11, changed("    approver:", "    author: cy.dorn\n    approver:")],
  ["with a key that is a list", YAML, 2, "schemaVersion: 1\n? [waivers]\n: []\n"],
  ["of a hundred thousand brackets", YAML, 2, `schemaVersion: 1\nwaivers: ${"[".repeat(100_000)}`],
  ["of brackets that comments seem to close", YAML, 17, "[ # ]\n".repeat(30_000)],
  ["of a hundred thousand dashes", YAML, 1, "- ".repeat(100_000)],
  ["of a hundred thousand quotes", YAML, 1, '"'.repeat(100_000)],
  ["of a staircase", YAML, 66, Array.from({ length: 700 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
  ["of another version", SHAPE, 1, changed("schemaVersion: 1", "schemaVersion: 2")],
  ["without a version", SHAPE, 1, changed("schemaVersion: 1\n", "")],
  ["with an unknown list", SHAPE, 1, `${GOOD}exceptions: []\n`],
  ["with an unknown member", SHAPE, 3, changed("    ticket:", "    forever: true\n    ticket:")],
  ["with a member __proto__", SHAPE, 3, changed("    ticket:", "    __proto__: {approver: x}\n    ticket:")],
  ["without an approver", SHAPE, 3, changed("    approver: bo.chen@example.org\n", "")],
  ["without an expiry", SHAPE, 3, changed("    expires: 2026-12-01\nattest", "attest")],
  ["of all controls", ENTRY, 3, changed("control: FIX-01", 'control: "*"')],
  ["of a family of controls", ENTRY, 3, changed("control: FIX-01", "control: FIX-0?")],
  ["of a list of controls", SHAPE, 3, changed("control: FIX-01", "control: [FIX-01, FIX-02]")],
  ["of a control in other letters", ENTRY, 3, changed("control: FIX-01", "control: fix-01")],
  ["of an unknown control", ENTRY, 3, changed("control: FIX-01", "control: FIX-99")],
  ["of a control that never is waived", ENTRY, 3, changed("control: FIX-01", "control: FIX-03")],
  ["of META-07 itself", ENTRY, 3, changed("control: FIX-01", "control: META-07")],
  ["that attests what never is waived", ENTRY, 16, changed("control: FIX-02", "control: FIX-03")],
  ["of any address", ENTRY, 4, changed("address: aws_s3_bucket.raw", 'address: "*"')],
  ["of all instances", ENTRY, 4, changed("address: aws_s3_bucket.raw", "address: aws_s3_bucket.raw[*]")],
  ["of any attribute", ENTRY, 5, changed("attribute: mode", 'attribute: "rule.*"')],
  ["with an empty address", SHAPE, 4, changed("address: aws_s3_bucket.raw", 'address: ""')],
  ["with a digest that is none", SHAPE, 7, changed(/digest: \S+/.exec(GOOD)![0], "digest: sha256")],
  ["with a digest in capitals", SHAPE, 23, changed("ab".repeat(32), "AB".repeat(32))],
  ["of no value", SHAPE, 3, changed(`    valueDigest: ${"cd".repeat(32)}\n`, "")],
  ["that attests no value", SHAPE, 16, changed(`    valueDigest: ${"ef".repeat(32)}\n`, "")],
  ["of any value", SHAPE, 8, changed("cd".repeat(32), '"*"')],
  ["of two values", SHAPE, 8, changed("cd".repeat(32), `[${"cd".repeat(32)}, ${"ef".repeat(32)}]`)],
  ["of the beginning of a value", SHAPE, 8, changed("cd".repeat(32), "cd".repeat(8))],
  ["of a value in capitals", SHAPE, 19, changed("ef".repeat(32), "EF".repeat(32))],
  ["of a value given twice", YAML, 9, changed("    reason:", `    valueDigest: ${"ef".repeat(32)}\n    reason:`)],
  ["with a number for a ticket", SHAPE, 12, changed("ticket: QA-17", "ticket: 17")],
  ["with no number in the ticket", SHAPE, 12, changed("ticket: QA-17", "ticket: later")],
  ["with a word for a reason", SHAPE, 9, changed(/reason: .*/.exec(GOOD)![0], "reason: accepted")],
  ["with one word again and again", ENTRY, 9, changed(/reason: .*/.exec(GOOD)![0], `reason: ${"ok ".repeat(20)}ok`)],
  ["approved by its author", ENTRY, 11, changed("bo.chen@example.org", "ann.lee")],
  ["approved by its author in other letters", ENTRY, 11, changed("bo.chen@example.org", "Ann Lee")],
  ["approved by an author with a hidden letter", SHAPE, 11, changed("bo.chen@example.org", "ann\u200b.lee")],
  ["approved by a Cyrillic author", SHAPE, 11, changed("bo.chen@example.org", "\u0430nn.lee")],
  ["with a reason that turns round", ENTRY, 9, changed("The vendor", "The \u202evendor")],
  ["with a reason of several lines", ENTRY, 9, changed("reason: The", "reason: |\n      one two three\n      The")],
  ["granted tomorrow", ENTRY, 13, changed("granted: 2026-11-01", "granted: 2026-11-22")],
  ["attested tomorrow", ENTRY, 21, changed("at: 2026-11-10", "at: 2026-11-22")],
  ["for 91 days", ENTRY, 14, changed("expires: 2026-12-01", "expires: 2027-01-31")],
  ["attested for a year", ENTRY, 24, GOOD.replace(/expires: 2026-12-01\n$/, "expires: 2027-11-10\n")],
  ["that expires before it was granted", ENTRY, 14, changed("expires: 2026-12-01", "expires: 2026-10-31")],
  ["that expires on 30 February", ENTRY, 14, changed("expires: 2026-12-01", "expires: 2027-02-30")],
  ["that never expires", SHAPE, 14, changed("expires: 2026-12-01", "expires: never")],
  ["with an hour in a day", SHAPE, 14, changed("expires: 2026-12-01", "expires: 2026-12-01T10:00:00Z")],
  ["that stands twice", ENTRY, 15, repeated("waivers")],
  ["that attests twice", ENTRY, 25, repeated("attestations")],
  ["of 501 entries", SHAPE, 3, `schemaVersion: 1\nwaivers:\n${"  - {}\n".repeat(501)}`],
];

describe("a file of waivers is refused", () => {
  it.each(HOSTILE)("%s", (_, code, line, content) => {
    const where = line === null ? /^waivers\.yaml$/ : new RegExp(`^waivers\\.yaml:${line}( |$)`);
    let error: { code?: string; parts?: { where: string } } = {};
    try {
      parsed(content);
    } catch (thrown) {
      error = thrown as typeof error;
    }
    expect({ code: error.code, where: error.parts?.where }).toEqual({ code, where: expect.stringMatching(where) });
  });

  it("in forty ways and more", () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
  });

  it.each([
    ["above the size limit", "FILE_TOO_LARGE", "#".repeat(MAX_WAIVERS_BYTES + 1)],
    ["that is a folder", "FILE_NOT_FOUND", null],
  ])("%s", (_, code, text) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      const file = path.join(folder, "waivers.yaml");
      if (text === null) fs.mkdirSync(file);
      else fs.writeFileSync(file, text);
      expect(() => loadWaivers(file, AS_OF, CONTROLS)).toThrow(expect.objectContaining({ code }));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

/** Nine levels of nine aliases each. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`);
  return ["l0: &l0 lol", ...levels, "waivers: *l9", ""].join("\n");
}
