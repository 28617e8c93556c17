// SPDX-License-Identifier: Apache-2.0
import {
  canonical,
  type EventDraft,
  type LedgerEvent,
  type Link,
  nextLink,
  recorded,
} from "../../../modules/ledger/entry";

export interface SampleEntry {
  readonly event: LedgerEvent;
  readonly link: Link;
}

/** One chain of so many received versions, written as the writer does. */
export function sampleLedger(size: number, vendor = "acme"): SampleEntry[] {
  const entries: SampleEntry[] = [];
  for (let n = 1; n <= size; n += 1) entries.push(sampleEntry(`v${n}`, entries.at(-1)?.link, vendor));
  return entries;
}

export function sampleEntry(versionId: string, tail: Link | undefined, vendor = "acme"): SampleEntry {
  const draft: EventDraft = {
    type: "RECEIVED",
    vendor,
    bucket: "acme-inbox",
    key: `clinical/inbound/raw/${vendor}/abc-1/${versionId}.csv`,
    versionId,
    study: "abc-1",
    bytes: 12,
    sha256: "a".repeat(64),
    receivedAt: "2026-11-22T00:00:00Z",
  };
  const event = recorded(draft, new Date("2026-11-22T00:00:01Z"));
  return { event, link: nextLink(tail, event.id, canonical(event)) };
}
