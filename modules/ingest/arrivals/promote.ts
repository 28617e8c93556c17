// SPDX-License-Identifier: Apache-2.0
import { eventId, type LedgerEvent, type ObjectVersion } from "../../ledger/entry";
import type { ObjectStore } from "./ports";

/** Other writers of the same record may go first so many times. */
const MOST_ATTEMPTS = 20;

/** How a copy names its source, within the two kilobytes and the ASCII of S3's metadata: by the event of its receipt. */
export function sourceOf({ bucket, key, versionId }: ObjectVersion): string {
  return eventId({ type: "RECEIVED", bucket, key, versionId });
}

/**
 * Copies a received version to the place of its record, once: a copy that is there already, because a run broke off
 * after it, is taken for its own.
 *
 * @throws when the record's key is written to without pause
 */
export async function copyOnce(
  objects: ObjectStore,
  received: LedgerEvent,
  to: { readonly bucket: string; readonly key: string },
): Promise<ObjectVersion> {
  const content = { bytes: received.bytes!, sha256: received.sha256! };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const copies = await objects.copies(to.bucket, to.key);
    const own = copies.find(({ source }) => source === sourceOf(received));
    if (own && (await objects.sha256({ ...to, versionId: own.versionId })) !== content.sha256) {
      throw new Error(`the copy ${own.versionId} of ${to.key} has other bytes than what was received`);
    }
    const versionId = own?.versionId ?? (await objects.copy(received, content, to, copies[0]?.etag));
    if (versionId !== undefined) return { ...to, versionId };
  }
  throw new Error(`no turn in ${MOST_ATTEMPTS} attempts to write ${to.key}`);
}
