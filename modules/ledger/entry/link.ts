// SPDX-License-Identifier: Apache-2.0
import { canonical, sha256 } from "./canonical";

/** Place of an event in its vendor's chain. */
export interface Link {
  /** 1 for the first. */
  readonly sequence: number;
  readonly eventId: string;
  /** SHA-256 of the event's canonical JSON. */
  readonly eventSha256: string;
  /** Hash of the link before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of the four above. */
  readonly hash: string;
}

const NONE = "0".repeat(64);

/**
 * The link that follows `tail`.
 *
 * @param eventText canonical JSON of the event
 */
export function nextLink(tail: Link | undefined, eventId: string, eventText: string): Link {
  const content = {
    sequence: (tail?.sequence ?? 0) + 1,
    eventId,
    eventSha256: sha256(eventText),
    previous: tail?.hash ?? NONE,
  };
  return { ...content, hash: sha256(canonical(content)) };
}

/** Sort key and file name of a sequence: twelve digits, so that text sorts as numbers do. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(12, "0");
}
