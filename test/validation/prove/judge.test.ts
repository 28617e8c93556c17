// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { gather, judge, type ProofFacts } from "../../../validation/prove";
import type { LedgerFacts, ReplicaFacts, StoredVersion } from "../../../validation/prove/facts";
import { OTHER } from "./tamper";
import { linksIn, readersOf, type World, world } from "./world";

let of: World;
let facts: ProofFacts;
beforeAll(async () => {
  of = await world();
  facts = await gather(of.subject, readersOf(of), { recompute: true, now: () => new Date(of.asOf) });
});

const blind = { unseen: "AccessDenied: no" };

const object = () => (facts.object as { seen: StoredVersion }).seen;
const ledger = () => (facts.ledger as { seen: LedgerFacts }).seen;
const replica = () => (facts.replica as { seen: ReplicaFacts }).seen;
const withObject = (part: Partial<StoredVersion>) => ({ object: { seen: { ...object(), ...part } } });
const withLedger = (part: Partial<LedgerFacts>) => ({ ledger: { seen: { ...ledger(), ...part } } });
const withCopy = (part: Partial<StoredVersion>) => ({
  replica: { seen: { ...replica(), version: { ...replica().version!, ...part } } },
});
const withSecondVersion = () => {
  const [own] = (facts.versions as { seen: ReadonlyArray<{ versionId: string }> }).seen;
  return { seen: [own, { ...own, versionId: "v99" }] as never };
};

type Change = () => Partial<ProofFacts>;

const OF_OBJECT = ["lock", "bytes", "ledger", "trail", "replica"];
const OF_LEDGER = ["bytes", "sender", "ledger", "chain", "mirror", "trail", "transfer"];

test.each<[string, Change, readonly string[]]>([
  ["the list of versions", () => ({ versions: blind }), ["version"]],
  ["the version", () => ({ object: blind }), ["version", ...OF_OBJECT]],
  ["the ledger", () => ({ ledger: blind }), OF_LEDGER],
  [
    "the ledger, of a key with two versions",
    () => ({ ledger: blind, versions: withSecondVersion() }),
    ["version", ...OF_LEDGER],
  ],
  ["the bucket's default lock", () => ({ defaultLock: blind }), ["lock"]],
  ["the audit bucket's default lock", () => ({ auditLock: blind }), ["mirror"]],
  ["the daily roots", () => withLedger({ roots: blind }), ["chain"]],
  ["the mirror", () => withLedger({ mirror: blind }), ["mirror"]],
  ["the manifest, never asked for", () => ({ manifest: undefined }), ["sender"]],
  ["the log, never asked for", () => ({ transfer: undefined }), ["transfer"]],
  ["its own lock", () => withObject({ lock: blind }), ["lock", "replica"]],
  ["the replica's lock", () => withCopy({ lock: blind }), ["replica"]],
  ["the trail", () => ({ trail: blind }), ["trail"]],
])("%s not seen: exactly these links are not looked at, and none fails", (_what, change, expected) => {
  const proof = judge({ ...facts, ...change() });
  expect([linksIn(proof, "not-looked-at"), linksIn(proof, "fails")]).toEqual([expected, []]);
});

test("a version that is listed and not given fails, and what hangs on it is not looked at", () => {
  const proof = judge({ ...facts, object: { seen: null } });
  expect([linksIn(proof, "fails"), linksIn(proof, "not-looked-at")]).toEqual([["version"], OF_OBJECT]);
});

const event = (type: string, part: object) => (one: LedgerFacts["own"][number]) =>
  one.event.type === type ? { ...one, event: { ...one.event, ...part } } : one;
const but = (type: string) => (one: LedgerFacts["own"][number]) => one.event.type !== type;

test.each<[string, Change, readonly string[]]>([
  ["no event of its receipt", () => withLedger({ own: [] }), ["bytes", "sender", "ledger", "mirror"]],
  ["no event of it at all", () => withLedger({ own: [], source: [] }), ["bytes", "ledger", "mirror"]],
  [
    "no receipt where it was promoted from",
    () => withLedger({ source: ledger().source.filter(but("RECEIVED")) }),
    ["ledger"],
  ],
  [
    "the same without a word of it on the copy",
    () => ({ ...withObject({ source: null }), ...withLedger({ source: ledger().source.filter(but("RECEIVED")) }) }),
    ["ledger"],
  ],
  [
    "another hash of the promotion",
    () => withLedger({ source: ledger().source.map(event("PROMOTED", { sha256: OTHER })) }),
    ["ledger"],
  ],
  [
    "another hash of the receipt in the inbox",
    () => withLedger({ source: ledger().source.map(event("RECEIVED", { sha256: OTHER })) }),
    ["ledger"],
  ],
  ["no receipt of the manifest", () => withLedger({ manifestSha256: undefined }), ["sender"]],
  ["a manifest of other bytes than were received", () => withLedger({ manifestSha256: OTHER }), ["sender"]],
  ["a copy too few", () => withLedger({ mirror: { seen: { problems: [], copies: [] } } }), ["mirror"]],
])("%s: exactly these links fail", (_what, change, expected) => {
  expect(linksIn(judge({ ...facts, ...change() }), "fails")).toEqual(expected);
});

test("a manifest with a receipt that states another hash is none of the sender's", () => {
  const text = `${OTHER}  lab.csv\n`;
  const manifestSha256 = createHash("sha256").update(text).digest("hex");
  const { links } = judge({ ...facts, ...withLedger({ manifestSha256 }), manifest: { seen: text } });
  expect(links.find(({ id }) => id === "sender")).toMatchObject({
    state: "fails",
    says: expect.stringContaining(`the manifest states ${OTHER}`),
  });
});
