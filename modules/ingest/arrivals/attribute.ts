// SPDX-License-Identifier: Apache-2.0
import type { ObjectVersion, TransferSession } from "../../ledger/entry";
import type { StoredVersion } from "./ports";

/** S3 and the transfer server have clocks of their own. */
const CLOCKS_DIFFER_MS = 60_000;

/** Versions that an upload may have left, the likeliest first: of the same size, then by their time's distance from the upload's end. */
export function candidates(versions: readonly StoredVersion[], transfer: TransferSession): readonly StoredVersion[] {
  const [start, end] = [Date.parse(transfer.startedAt), Date.parse(transfer.endedAt)];
  const distance = ({ lastModified }: StoredVersion) => {
    const at = lastModified.getTime();
    // S3 dates a multipart upload by its start, and to the second.
    const outside = Math.max(Math.floor(start / 1000) * 1000 - at, at - end, 0);
    return [outside, Math.abs(end - at)] as const;
  };
  return versions
    .filter((version) => distance(version)[0] <= CLOCKS_DIFFER_MS)
    .map((version) => ({ version, differs: Number(version.bytes !== transfer.bytes), far: distance(version) }))
    .sort((a, b) => a.differs - b.differs || a.far[0] - b.far[0] || a.far[1] - b.far[1])
    .map(({ version }) => version);
}

/** Stands for the version of an upload that failed. */
export function failedUpload(bucket: string, key: string, transfer: TransferSession): ObjectVersion {
  return { bucket, key, versionId: `transfer/${transfer.session}/${transfer.startedAt}` };
}

export function isSameSession(a: TransferSession, b: TransferSession): boolean {
  return a.session === b.session && a.startedAt === b.startedAt;
}
