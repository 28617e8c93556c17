// SPDX-License-Identifier: Apache-2.0
import type { HoldRecord } from "./hold-record";
import {
  type HeldObjects,
  isSelected,
  nothingThere,
  type ObjectVersion,
  type Selection,
  selectedNow,
} from "./selection";

/** A version as S3 and the record know it. */
export interface ListedVersion {
  readonly version: ObjectVersion;
  /** What S3 says now; null where the version is in the record and not in the bucket. */
  readonly held: boolean | null;
  /** Matters that hold it by the record. */
  readonly matters: readonly string[];
  /** True where the record says held and S3 does not: somebody lifted the hold beside the record, or the version is gone. */
  readonly lost: boolean;
}

/**
 * The state of every selected version now, asked of S3, beside what the record says.
 * @param record absent: only S3 is asked
 * @throws SUBJECT_NOT_FOUND when nothing is selected and the record knows of nothing there
 */
export async function listHolds(
  objects: HeldObjects,
  record: HoldRecord | undefined,
  selection: Selection,
): Promise<ListedVersion[]> {
  const { bucket } = selection;
  const listed: ListedVersion[] = [];
  const recorded = new Map<string, ObjectVersion>();
  for (const version of record?.openVersions(bucket) ?? []) {
    if (isSelected(selection, version)) recorded.set(JSON.stringify(version), version);
  }
  for await (const { key, versionId } of selectedNow(objects, selection)) {
    const version = { key, versionId };
    recorded.delete(JSON.stringify(version));
    const held = await objects.isHeld(bucket, version);
    const matters = record?.openMatters(bucket, version) ?? [];
    listed.push({ version, held, matters, lost: !held && matters.length > 0 });
  }
  for (const version of recorded.values()) {
    listed.push({ version, held: null, matters: record!.openMatters(bucket, version), lost: true });
  }
  if (listed.length === 0) throw nothingThere(selection);
  return listed;
}
