// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { canonical, type EventDraft, type Link, nextLink, recorded } from "../../../../modules/ledger/entry";

const INBOX = "acme-clin-inbox";

/** What one version went through, beside its receipt. */
export interface Sent {
  readonly vendor: string;
  readonly name: string;
  /** `@default` the inbox */
  readonly bucket?: string;
  readonly versionId: string;
  /** Instant of receipt. */
  readonly at: string;
  readonly bytes?: number;
  readonly sha256?: string;
  /** `@default` verified and promoted */
  readonly events?: readonly ("MANIFEST_OK" | "MANIFEST_MISMATCH" | "PROMOTED" | "SUPERSEDED" | "QUARANTINED")[];
}

/** The ledger's export, one entry a line, as the writer makes them: every chain whole. */
export function exportOf(sent: readonly Sent[], study = "st-101"): string {
  const tails = new Map<string, Link>();
  const lines = sent.flatMap((one) =>
    drafts(one, study).map((draft, i) => {
      const event = recorded(draft, new Date(Date.parse(one.at) + i * 1000));
      const link = nextLink(tails.get(one.vendor), event.id, canonical(event));
      tails.set(one.vendor, link);
      return `${JSON.stringify({ event, link })}\n`;
    }),
  );
  return lines.join("");
}

function drafts(sent: Sent, study: string): readonly EventDraft[] {
  const { vendor, name, versionId, at, bucket = INBOX, bytes = 5000, events = ["MANIFEST_OK", "PROMOTED"] } = sent;
  const sha256 = sent.sha256 ?? hashOf(name, versionId);
  const key = `clinical/inbound/raw/${vendor}/${study}/${name}`;
  const base = { vendor, bucket, key, versionId, study };
  const manifest = { key: `${key}.sha256`, versionId: "m" };
  const destination = { bucket: "acme-clin-raw", key, versionId: "r" };
  const more = {
    MANIFEST_OK: { sha256, senderSha256: sha256, manifest },
    MANIFEST_MISMATCH: { sha256, senderSha256: "f".repeat(64), manifest },
    PROMOTED: { sha256, bytes, destination },
    SUPERSEDED: { supersededBy: "later" },
    QUARANTINED: { reason: "has the name of an unfinished upload" },
  };
  return [
    { ...base, type: "RECEIVED", bytes, sha256, receivedAt: at },
    ...events.map((type) => ({ ...base, type, ...more[type] }) as EventDraft),
  ];
}

function hashOf(name: string, versionId: string): string {
  return createHash("sha256").update(`${name} ${versionId}`).digest("hex");
}

/** Five weeks of three vendors in which everything happens once. */
export const SCENARIO: readonly Sent[] = [
  { vendor: "acme", name: "LAB_CHEM_20261102.csv", versionId: "a1", at: "2026-11-02T05:30:00Z" },
  { vendor: "acme", name: "LAB_CHEM_20261109.csv", versionId: "a2", at: "2026-11-09T22:15:00Z" },
  {
    vendor: "acme",
    name: "LAB_CHEM_20261116.csv",
    versionId: "a3",
    at: "2026-11-16T05:30:00Z",
    events: ["MANIFEST_OK", "PROMOTED", "SUPERSEDED"],
  },
  { vendor: "acme", name: "LAB_CHEM_20261116.csv", versionId: "a4", at: "2026-11-17T09:00:00Z" },
  {
    vendor: "acme",
    name: "LAB_CHEM_20261123.csv",
    versionId: "a5",
    at: "2026-11-23T05:30:00Z",
    events: ["MANIFEST_MISMATCH"],
  },
  {
    vendor: "acme",
    name: "LAB_CHEM_20261123.csv.sha256",
    versionId: "s5",
    at: "2026-11-23T05:31:00Z",
    bytes: 90,
    events: [],
  },
  { vendor: "acme", name: "notes.docx", versionId: "a6", at: "2026-11-24T08:00:00Z", events: [] },
  {
    vendor: "acme",
    name: "LAB_CHEM_20261130.csv",
    versionId: "a7",
    at: "2026-11-30T05:30:00Z",
    sha256: hashOf("LAB_CHEM_20261102.csv", "a1"),
  },
  {
    vendor: "borealis",
    name: "READS_nov.zip",
    versionId: "b1",
    at: "2026-11-15T12:00:00Z",
    bytes: 10,
    events: ["PROMOTED"],
  },
];
