// SPDX-License-Identifier: Apache-2.0
import { type Notice, WITHHELD } from "../../delivery-notices/notice";
import type { LedgerEvent, ObjectVersion } from "../../ledger/entry";
import { blindingOf } from "./blinding";
import type { Delivery } from "./delivery";
import { placeOf } from "./key";
import { MessageError } from "./message";

export interface AnnouncePorts {
  readonly inbox: string;
  /** Bucket of unblinded records. @default - none */
  readonly unblinded?: string;
  /** What is expected of a vendor. */
  readonly deliveries: (vendor: string) => Promise<readonly Delivery[]>;
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
export async function announce(ports: AnnouncePorts, copy: ObjectVersion): Promise<void> {
  const { inbox, event, tell } = ports;
  const [, chain, sequence] = /^ledger\/([a-z_][a-z0-9-]{2,31})\/(\d{12})\.json$/.exec(copy.key) ?? [];
  if (!chain || !sequence) throw new MessageError("the object is no copy of an entry of the ledger");
  const told = await event(chain, Number(sequence));
  if (!told) throw new Error(`the ledger has no entry ${Number(sequence)} of ${chain}`);
  await tell(noticeOf(told, inbox, await mayBeNamed(ports, told)));
}

/**
 * Whether everybody may read what a file is called. All that is in raw or curated is blinded; what lies elsewhere is only
 * where its folder's deliveries say so, those that have been taken out of the settings being no answer.
 */
async function mayBeNamed({ inbox, unblinded, deliveries }: AnnouncePorts, event: LedgerEvent): Promise<boolean> {
  if (event.bucket !== inbox) return event.bucket !== unblinded;
  const place = placeOf(event.key);
  if (place.lane === "other") return false;
  const expected = await deliveries(event.vendor);
  if (place.lane === "record") return blindingOf(expected, event.vendor, place.study) === "blinded";
  return expected.length > 0 && expected.every(({ blinding }) => blinding === "blinded");
}

/** What is told of an event. Receipt elsewhere than in the inbox is none of a vendor's file: STORED. */
function noticeOf(event: LedgerEvent, inbox: string, named: boolean): Notice {
  const { type, vendor, bucket, key, versionId, bytes, sha256, senderSha256, receivedAt, reason, destination } = event;
  const { transfer } = event;
  const place = placeOf(key);
  return {
    status: type === "RECEIVED" && bucket !== inbox ? "STORED" : type,
    vendor,
    study: event.study ?? "none",
    facts: {
      file: named ? (place.lane === "record" ? place.name : key) : WITHHELD,
      version: versionId,
      bytes: bytes ?? transfer?.bytes,
      sha256,
      sender: senderSha256,
      received: receivedAt,
      // What a scanner says may quote the file.
      reason: !named && reason?.startsWith("scan: ") ? WITHHELD : reason,
      record: named ? destination && `${destination.bucket}/${destination.key} ${destination.versionId}` : undefined,
      by: transfer && `${transfer.user} ${transfer.clientIp} ${transfer.session}`,
      recorded: event.at,
      event: event.id,
    },
  };
}
