// SPDX-License-Identifier: Apache-2.0
import { assertSchema, canonicalJson, digestOf, sha256Hex } from "../json";

/** An entry as it was found, with its own hashes checked and its place in the chain not yet. */
export interface Entry {
  readonly chain: string;
  readonly sequence: number;
  readonly eventId: string;
  readonly previous: string;
  readonly hash: string;
  /** Canonical JSON of the whole entry: equal text, equal entry. */
  readonly text: string;
  /** File or line that it was read from. */
  readonly where: string;
}

/** The parts of an entry that its hashes are about; the schema says the rest. */
interface EntryContent {
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly vendor: string;
    readonly bucket: string;
    readonly key: string;
    readonly versionId: string;
  };
  readonly link: {
    readonly sequence: number;
    readonly eventId: string;
    readonly eventSha256: string;
    readonly previous: string;
    readonly hash: string;
  };
}

/**
 * Reads one entry and says what of its own hashes does not hold.
 *
 * @throws SCHEMA_MISMATCH, NOT_CANONICAL
 */
export function readEntry(value: unknown, where: string): { entry: Entry; problems: string[] } {
  assertSchema("ledger-entry", value, where);
  const { event, link } = value as EntryContent;
  const { hash, ...content } = link;
  const problems: string[] = [];
  if (event.id !== digestOf([event.type, event.bucket, event.key, event.versionId])) {
    problems.push("event id is not that of its type, bucket, key and version");
  }
  if (link.eventId !== event.id) problems.push("link names another event");
  if (link.eventSha256 !== sha256Hex(canonicalJson(event))) problems.push("event is not the one that was hashed");
  if (hash !== digestOf(content)) problems.push("link is not the one that was hashed");
  const { sequence, eventId, previous } = link;
  return {
    entry: { chain: event.vendor, sequence, eventId, previous, hash, text: canonicalJson(value), where },
    problems,
  };
}
