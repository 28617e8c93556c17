// SPDX-License-Identifier: Apache-2.0
import { canonical } from "../../../modules/ledger/entry";
import { added, change, changeReplica, ledgerOf, OTHER, own, ownKey, rewritten, source, without } from "./tamper";
import { kept, LAB_KEY, linksIn, listed, proofOf, type World, world } from "./world";

const tamperings: Array<[what: string, link: string, tamper: (of: World) => void]> = [
  ["other bytes of the same length", "bytes", (of) => change(of, { sha256: { seen: OTHER } })],
  ["another length", "bytes", (of) => change(of, { bytes: 8 })],
  ["no lock", "lock", (of) => change(of, { lock: { seen: null } })],
  [
    "a shortened lock",
    "lock",
    (of) => change(of, { lock: { seen: { mode: "COMPLIANCE", retainUntil: "2026-12-01T00:00:00.000Z" } } }),
  ],
  [
    "a lock that somebody with a right can lift",
    "lock",
    (of) => change(of, { lock: { seen: { mode: "GOVERNANCE", retainUntil: "2034-01-01T00:00:00.000Z" } } }),
  ],
  [
    "a lock that ends at no time",
    "lock",
    (of) => change(of, { lock: { seen: { mode: "COMPLIANCE", retainUntil: "" } } }),
  ],
  ["a bucket that gives no lock", "lock", (of) => Object.assign(of.locks, { raw: null })],
  ["a missing entry", "chain", (of) => of.rows.splice(1, 1)],
  ["a missing last entry", "mirror", (of) => of.rows.pop()],
  ["a row without its event", "chain", (of) => Object.assign(of.rows, [{ ...of.rows[0]!, event: undefined }])],
  [
    "an edited event",
    "chain",
    (of) => Object.assign(of.rows, [{ ...of.rows[0]!, event: of.rows[0]!.event!.replace('"abc-1"', '"abc-2"') }]),
  ],
  ["a chain written anew", "mirror", (of) => rewritten(of, "RECEIVED", { study: "abc-2" })],
  ["a chain written anew, against the root", "chain", (of) => rewritten(of, "RECEIVED", { study: "abc-2" })],
  ["a missing receipt", "ledger", (of) => without(of, ({ type, bucket }) => type === "RECEIVED" && bucket === "raw")],
  ["a missing promotion", "ledger", (of) => without(of, ({ type, key }) => type === "PROMOTED" && key === LAB_KEY)],
  [
    "a missing receipt in the inbox",
    "ledger",
    (of) => without(of, ({ type, key }) => type === "RECEIVED" && key === LAB_KEY),
  ],
  ["an empty ledger", "chain", (of) => ledgerOf(of, [])],
  ["a quarantine", "ledger", (of) => added(of, { type: "QUARANTINED", ...source(of), reason: "scan: eicar" })],
  ["a missing copy", "mirror", (of) => of.mirror.splice(0, 1)],
  ["no copies", "mirror", (of) => of.mirror.splice(0)],
  [
    "an altered copy",
    "mirror",
    (of) => of.mirror.splice(0, 1, kept(of.mirror[0]!.key, of.mirror[0]!.bytes!.toString().replace("abc-1", "abc-2"))),
  ],
  ["a copy that is no JSON", "mirror", (of) => of.mirror.splice(0, 1, kept(of.mirror[0]!.key, "{"))],
  ["a second version of a copy", "mirror", (of) => of.mirror.splice(0, 0, kept(of.mirror[0]!.key, "{}"))],
  ["a delete marker on a copy", "mirror", (of) => of.mirror.splice(0, 0, { ...of.mirror[0]!, bytes: null })],
  ["an unlocked copy", "mirror", (of) => of.mirror.splice(0, 1, { ...of.mirror[0]!, lock: { seen: null } })],
  ["an audit bucket that gives no lock", "mirror", (of) => Object.assign(of.locks, { audit: null })],
  ["a stray object among the copies", "mirror", (of) => of.mirror.push(kept("ledger/acme/notes.txt", "x"))],
  ["a root of another chain's end", "chain", (of) => of.roots.splice(0, 1, rootWith(OTHER))],
  ["a root that cannot be read", "chain", (of) => of.roots.splice(0, 1, kept(of.roots[0]!.key, "?"))],
  ["no record of the copy in the trail", "trail", (of) => of.trail.splice(1, 1)],
  ["no record of the upload in the trail", "trail", (of) => of.trail.splice(0, 1)],
  ["a record of another version", "trail", (of) => of.trail.splice(1, 1, { ...of.trail[1]!, versionId: "v99" })],
  ["a refused write only", "trail", (of) => of.trail.splice(1, 1, { ...of.trail[1]!, errorCode: "AccessDenied" })],
  ["two records of the same write", "trail", (of) => of.trail.push({ ...of.trail[1]! })],
  [
    "two records that name no version",
    "trail",
    (of) => of.trail.splice(1, 1, ...[0, 1].map(() => ({ ...of.trail[1]!, versionId: null }))),
  ],
  ["a session that the log does not know", "transfer", (of) => of.transfer.splice(0)],
  ["a session of another user", "transfer", (of) => of.transfer.splice(0, 1, { ...of.transfer[0]!, user: "borealis" })],
  [
    "a session from another address",
    "transfer",
    (of) => of.transfer.splice(0, 1, { ...of.transfer[0]!, sourceIp: "198.51.100.1" }),
  ],
  ["an upload that the log does not know", "transfer", (of) => of.transfer.splice(2, 1)],
  ["an upload of another size", "transfer", (of) => of.transfer.splice(2, 1, { ...of.transfer[2]!, bytesIn: 8 })],
  ["no replica", "replica", (of) => Object.assign(of, { replica: {} })],
  ["a replica of other bytes", "replica", (of) => changeReplica(of, { sha256: { seen: OTHER } })],
  ["a replica of another length", "replica", (of) => changeReplica(of, { bytes: 8 })],
  ["an unlocked replica", "replica", (of) => changeReplica(of, { lock: { seen: null } })],
  [
    "a replica that is locked for less time",
    "replica",
    (of) => changeReplica(of, { lock: { seen: { mode: "COMPLIANCE", retainUntil: "2027-01-01T00:00:00.000Z" } } }),
  ],
  [
    "a replica with a weaker lock",
    "replica",
    (of) => changeReplica(of, { lock: { seen: { mode: "GOVERNANCE", retainUntil: "2034-01-01T00:00:00.000Z" } } }),
  ],
  ["another hash in the manifest", "sender", (of) => Object.assign(of, { texts: manifestOf(of, OTHER) })],
  ["a manifest that states nothing", "sender", (of) => Object.assign(of, { texts: manifestOf(of, "") })],
  ["another hash from the sender", "sender", (of) => rewritten(of, "MANIFEST_OK", { senderSha256: OTHER })],
  ["a name that is not there", "version", (of) => Object.assign(of, { versions: {} })],
  [
    "a version that is not there",
    "version",
    (of) => Object.assign(of, { subject: { ...of.subject, versionId: "v0" } }),
  ],
  [
    "a version of the lane for trying out",
    "version",
    (of) => Object.assign(of, { subject: { bucket: "raw", key: "clinical/inbound/test/acme/lab.csv" } }),
  ],
  [
    "a second version that the ledger does not know",
    "version",
    (of) => of.versions[ownKey(of)]!.unshift(listed({ ...own(of), versionId: "v99" }, "x")),
  ],
  [
    "a delete marker that is named",
    "version",
    (of) => {
      of.versions[ownKey(of)]!.unshift({ ...listed({ ...own(of), versionId: "d1" }, ""), deleteMarker: true });
      of.subject = { ...of.subject, versionId: "d1" };
    },
  ],
  [
    "a delete marker as the newest of a key without a named version",
    "version",
    (of) => {
      of.versions[ownKey(of)]!.unshift({ ...listed({ ...own(of), versionId: "d1" }, ""), deleteMarker: true });
      of.subject = { bucket: of.subject.bucket, key: of.subject.key };
    },
  ],
];

function rootWith(hash: string) {
  const chains = { acme: { sequence: 1, hash } };
  return kept("ledger-roots/2026-11-23.json", canonical({ schemaVersion: 1, date: "2026-11-23", chains }));
}

function manifestOf(of: World, hash: string): Record<string, string> {
  const [name] = Object.keys(of.texts);
  return { [name!]: hash === "" ? "" : `${hash}  lab.csv\n` };
}

test.each(tamperings)("%s: the link %s fails, and the verdict is not unmodified", async (_what, link, tamper) => {
  const of = await world();
  tamper(of);
  const proof = await proofOf(of);
  expect([proof.verdict.kind, linksIn(proof, "fails")]).toEqual(["fails", expect.arrayContaining([link])]);
});
