// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** One version of one object. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
}

/**
 * What the custodian can do to a bucket. There is no method for retention: a hold is set and lifted beside it, and
 * neither adds to it nor takes from it (S3 user guide, "Legal holds").
 */
export interface HeldObjects {
  /** ARN of the caller, for the record. */
  caller(): Promise<string>;
  /** Every version of every key that starts with `prefix`; delete markers, which hold nothing, are left out. */
  versions(bucket: string, prefix: string): AsyncIterable<ObjectVersion>;
  isHeld(bucket: string, version: ObjectVersion): Promise<boolean>;
  setHold(bucket: string, version: ObjectVersion, held: boolean): Promise<void>;
}

/** What a hold is put on: a prefix, all versions of one key, or one version. */
export interface Selection {
  readonly bucket: string;
  /** A key, or a prefix if it ends in a slash or is empty. */
  readonly path: string;
  readonly versionId?: string;
}

const VERSION = "?versionId=";

/**
 * Reads `bucket/key`, `bucket/key?versionId=…`, `bucket/prefix/` or `bucket/`.
 * @throws USAGE
 */
export function parseSelection(text: string): Selection {
  const slash = text.indexOf("/");
  const bucket = text.slice(0, Math.max(slash, 0));
  const rest = text.slice(slash + 1);
  const at = rest.lastIndexOf(VERSION);
  const [path, versionId] = at === -1 ? [rest] : [rest.slice(0, at), rest.slice(at + VERSION.length)];
  const ofPrefix = path === "" || path.endsWith("/");
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || versionId === "" || (ofPrefix && versionId !== undefined)) {
    throw new Part11Error({
      code: "USAGE",
      what: "object not named",
      where: "hold",
      expected: "bucket/key, bucket/key?versionId=…, or bucket/prefix/ with a slash at the end",
      got: JSON.stringify(text),
      todo: "name the object or the prefix, without s3://",
    });
  }
  return versionId === undefined ? { bucket, path } : { bucket, path, versionId };
}

/** The versions that a selection takes in now. @throws SUBJECT_NOT_FOUND when there is none */
export async function selected(objects: HeldObjects, selection: Selection): Promise<ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  for await (const version of selectedNow(objects, selection)) found.push(version);
  if (found.length === 0) throw nothingThere(selection);
  return found;
}

/** The same one after another. A prefix of S3 knows no end of a name, so that every version is looked at again. */
export async function* selectedNow(objects: HeldObjects, selection: Selection): AsyncGenerator<ObjectVersion> {
  for await (const version of objects.versions(selection.bucket, selection.path)) {
    if (isSelected(selection, version)) yield version;
  }
}

/** Whether a selection takes in a version. */
export function isSelected({ path, versionId }: Selection, version: ObjectVersion): boolean {
  if (path === "" || path.endsWith("/")) return version.key.startsWith(path);
  return version.key === path && (versionId === undefined || version.versionId === versionId);
}

export function nothingThere({ bucket, path, versionId }: Selection): Part11Error {
  return new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "no object version",
    where: `${bucket}/${path}${versionId === undefined ? "" : `${VERSION}${versionId}`}`,
    expected: "at least one",
    got: "none",
    todo: "compare bucket, key and version with what is there",
  });
}
