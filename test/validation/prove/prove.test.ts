// SPDX-License-Identifier: Apache-2.0
import { assertSchema } from "../../../validation/json";
import { parseSubject } from "../../../validation/prove";
import { codeOf } from "../facts/plan-fixture";
import { added, change, changeReplica, OTHER, own, ownKey, source, without } from "./tamper";
import { linksIn, listed, proofOf, type World, world } from "./world";

test("a file that nobody touched is unmodified since the sender's manifest", async () => {
  const proof = await proofOf(await world());
  expect(proof.verdict).toEqual({
    kind: "unmodified-since-manifest",
    sentence: "Unmodified since the sender's manifest.",
  });
});

test("every link of it holds", async () => {
  const proof = await proofOf(await world());
  expect(linksIn(proof, "holds")).toHaveLength(proof.links.length);
});

test("a file without a sender's hash is unmodified since receipt", async () => {
  const proof = await proofOf(await world({ sideFile: false }));
  expect([proof.verdict.kind, linksIn(proof, "not-applicable")]).toEqual(["unmodified-since-receipt", ["sender"]]);
});

const blindings: Array<[what: string, link: string, look: () => Promise<{ of: World; change: object }>]> = [
  ["the table", "chain", async () => ({ of: await world(), change: { ledger: { unseen: "AccessDenied" } } })],
  ["the audit bucket", "mirror", async () => ({ of: await world(), change: { auditBucket: { unseen: "no name" } } })],
  ["the trail", "trail", async () => ({ of: await world(), change: { trail: { unseen: "AccessDenied" } } })],
  ["the log", "transfer", async () => ({ of: await world(), change: { transferLog: { unseen: "AccessDenied" } } })],
  ["the replica", "replica", async () => ({ of: await world(), change: { replica: { unseen: "no name" } } })],
  ["its bytes", "bytes", async () => blinded((of) => change(of, { sha256: { unseen: "AccessDenied: no" } }))],
  ["its lock", "lock", async () => blinded((of) => change(of, { lock: { unseen: "AccessDenied: no" } }))],
  ["its hold", "lock", async () => blinded((of) => change(of, { legalHold: { unseen: "AccessDenied: no" } }))],
  ["the manifest", "sender", async () => blinded((of) => Object.assign(of, { texts: {} }))],
  [
    "the lock of a copy",
    "mirror",
    async () => blinded((of) => of.mirror.splice(0, 1, { ...of.mirror[0]!, lock: { unseen: "AccessDenied: no" } })),
  ],
  ["the replica's bytes", "replica", async () => blinded((of) => changeReplica(of, { sha256: { unseen: "no" } }))],
];

async function blinded(blind: (of: World) => void) {
  const of = await world();
  blind(of);
  return { of, change: {} };
}

test.each(blindings)(
  "%s not looked at: the link %s says so, nothing fails, and the verdict is not unmodified",
  async (_what, id, look) => {
    const { of, change: readers } = await look();
    const proof = await proofOf(of, readers);
    expect([proof.verdict.kind, linksIn(proof, "fails"), linksIn(proof, "not-looked-at")]).toEqual([
      "not-looked-at",
      [],
      expect.arrayContaining([id]),
    ]);
  },
);

test("bytes that were not asked for are not recomputed, which the verdict says", async () => {
  const { verdict } = await proofOf(await world(), {}, false);
  expect(verdict.sentence).toBe("Not shown to be unmodified. Could not be looked at: Checksum, Replica.");
});

test("an error of AWS is said and not thrown", async () => {
  const rows = async () =>
    Promise.reject(Object.assign(new Error("not authorized"), { name: "AccessDeniedException" }));
  const { links } = await proofOf(await world(), { ledger: { rows } });
  expect(links.find(({ id }) => id === "chain")!.says).toBe("AccessDeniedException: not authorized");
});

test("an error of this program is thrown", async () => {
  const rows = async () => Promise.reject(new TypeError("x is not a function"));
  await expect(proofOf(await world(), { ledger: { rows } })).rejects.toThrow(TypeError);
});

test("a record of the trail that names no version counts when it is the only write of that time", async () => {
  const of = await world();
  of.trail = of.trail.map((event) => ({ ...event, versionId: null }));
  const { links, verdict } = await proofOf(of);
  expect([verdict.kind, links.find(({ id }) => id === "trail")!.says]).toEqual([
    "unmodified-since-manifest",
    expect.stringMatching(/told by its time: the record names no version\)$/),
  ]);
});

test("a lock that has ended counts while a legal hold is on", async () => {
  const of = await world();
  of.locks.raw = { mode: "COMPLIANCE", days: 1 };
  change(of, {
    lock: { seen: { mode: "COMPLIANCE", retainUntil: "2026-11-23T00:00:00.000Z" } },
    legalHold: { seen: true },
  });
  expect(linksIn(await proofOf(of), "fails")).toEqual([]);
});

test("the same lock without the hold is none", async () => {
  const of = await world();
  of.locks.raw = { mode: "COMPLIANCE", days: 1 };
  change(of, { lock: { seen: { mode: "COMPLIANCE", retainUntil: "2026-11-23T00:00:00.000Z" } } });
  expect(linksIn(await proofOf(of), "fails")).toEqual(["lock"]);
});

test("a delete marker on top leaves a named version as it is", async () => {
  const of = await world();
  of.versions[ownKey(of)]!.unshift({ ...listed({ ...own(of), versionId: "d1" }, ""), deleteMarker: true });
  const { links, verdict } = await proofOf(of);
  expect([verdict.kind, links[0]!.says]).toEqual([
    "unmodified-since-manifest",
    "the only version of its key; a delete marker hides it from plain reads, and leaves it as it is",
  ]);
});

test("an older version is proved when the ledger says what took its place", async () => {
  const of = await world();
  const newer = { ...own(of), versionId: "v99" };
  of.versions[ownKey(of)]!.unshift(listed(newer, "x"));
  added(of, { type: "RECEIVED", ...newer, bytes: 1, sha256: OTHER, receivedAt: "2026-11-22T01:00:00Z" });
  expect(linksIn(await proofOf(of), "fails")).toEqual(["ledger"]);
  added(of, { type: "SUPERSEDED", ...own(of), supersededBy: "v99" });
  expect((await proofOf(of)).verdict.kind).toBe("unmodified-since-manifest");
});

test.each<[string, string, string[]]>([
  ["that came while the mirror was read needs no copy yet", "2026-11-25T00:00:00.500Z", []],
  ["that came an hour before does", "2026-11-24T23:00:00.000Z", ["mirror"]],
])("an entry %s", async (_what, at, failing) => {
  const of = await world();
  const whole = [...of.mirror];
  added(of, { type: "RECEIVED", ...source(of), versionId: "v99", receivedAt: of.asOf, at });
  of.mirror = whole;
  expect(linksIn(await proofOf(of), "fails")).toEqual(failing);
});

test("the version in the inbox is proved as well, which is not replicated", async () => {
  const of = await world();
  of.subject = source(of);
  const proof = await proofOf(of, { replica: "none" });
  expect([proof.verdict.kind, linksIn(proof, "not-applicable")]).toEqual(["unmodified-since-manifest", ["replica"]]);
});

test("a record that its sender put right away, with neither manifest nor transfer session, is unmodified since receipt", async () => {
  const of = await world();
  without(of, ({ bucket }) => bucket === "inbox");
  change(of, { source: null });
  const proof = await proofOf(of);
  expect([proof.verdict.kind, linksIn(proof, "not-applicable")]).toEqual([
    "unmodified-since-receipt",
    ["sender", "transfer"],
  ]);
});

test("the JSON of a proof holds to its schema", async () => {
  const proof = await proofOf(await world());
  const document = JSON.parse(JSON.stringify({ schemaVersion: 1, exit: 0, ...proof }));
  expect(() => assertSchema("proof", document, "proof.json")).not.toThrow();
});

test.each(["", "key", "bucket/", "s3://bucket/key", "bucket/key?versionId=", "B/key"])("%p names no object", (text) => {
  expect(codeOf(() => parseSubject(text))).toBe("USAGE");
});

test("a key may hold a question mark", () => {
  expect(parseSubject("raw-1/a?b.csv?versionId=v1")).toEqual({ bucket: "raw-1", key: "a?b.csv", versionId: "v1" });
});
