// SPDX-License-Identifier: Apache-2.0
import type { Notice } from "../../delivery-notices/notice";
import type { LedgerEvent, ObjectVersion } from "../../ledger/entry";
import { placeOf } from "./key";
import { MessageError } from "./message";

export interface AnnouncePorts {
  readonly inbox: string;
  /** The event at a place of a chain. */
  readonly event: (chain: string, sequence: number) => Promise<LedgerEvent | undefined>;
  readonly tell: (notice: Notice) => Promise<void>;
}

/**
 * Tells of an event of which S3 says that its locked copy was written: each is written once, also after a crash, and the
 * message comes until it was dealt with, so each event is told of at least once.
 *
 * @throws MessageError for an object that is no copy of an entry; Error when the table has no such entry
 */
export async function announce({ inbox, event, tell }: AnnouncePorts, copy: ObjectVersion): Promise<void> {
  const [, chain, sequence] = /^ledger\/([a-z_][a-z0-9-]{2,31})\/(\d{12})\.json$/.exec(copy.key) ?? [];
  if (!chain || !sequence) throw new MessageError("the object is no copy of an entry of the ledger");
  const told = await event(chain, Number(sequence));
  if (!told) throw new Error(`the ledger has no entry ${Number(sequence)} of ${chain}`);
  await tell(noticeOf(told, inbox));
}

/** What is told of an event. Receipt elsewhere than in the inbox is none of a vendor's file: STORED. */
export function noticeOf(event: LedgerEvent, inbox: string): Notice {
  const { type, vendor, bucket, key, versionId, bytes, sha256, senderSha256, receivedAt, reason, destination } = event;
  const { transfer } = event;
  const place = placeOf(key);
  return {
    status: type === "RECEIVED" && bucket !== inbox ? "STORED" : type,
    vendor,
    study: event.study ?? "none",
    facts: {
      file: place.lane === "record" ? place.name : key,
      version: versionId,
      bytes: bytes ?? transfer?.bytes,
      sha256,
      sender: senderSha256,
      received: receivedAt,
      reason,
      record: destination && `${destination.bucket}/${destination.key} ${destination.versionId}`,
      by: transfer && `${transfer.user} ${transfer.clientIp} ${transfer.session}`,
      recorded: event.at,
      event: event.id,
    },
  };
}
