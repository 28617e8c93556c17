// SPDX-License-Identifier: Apache-2.0
import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type S3Client } from "@aws-sdk/client-s3";
import { Part11Error } from "../error";
import type { KeptVersion } from "./arrived";
import type { Principal } from "./principal";
import type { Range } from "./range";

export interface ListedVersion extends KeptVersion {
  readonly sizeBytes: number;
}

/** What a bucket lists below a prefix, of each key the newest first, with the exact names of the keys. */
export interface Listing {
  readonly versions: readonly ListedVersion[];
  readonly deleteMarkers: readonly KeptVersion[];
}

/**
 * Every version below a prefix; delete markers are none.
 *
 * @param by who lists. @default - the inspector
 */
export async function keptVersions(
  range: Range,
  Bucket: string,
  Prefix: string,
  by?: Principal,
): Promise<readonly ListedVersion[]> {
  return (await listing((by ?? (await range.inspector())).s3(), Bucket, Prefix)).versions;
}

/** How many versions of a name a bucket has below a prefix, in whatever folder. */
export async function versionsNamed(range: Range, bucket: string, prefix: string, name: string): Promise<number> {
  const versions = await keptVersions(range, bucket, prefix, await range.administrator());
  return versions.filter(({ key }) => key.split("/").pop() === name).length;
}

/** @throws TRANSPORT when S3 says that there is more, and not where it begins */
export async function listing(s3: S3Client, Bucket: string, Prefix = ""): Promise<Listing> {
  const versions: ListedVersion[] = [];
  const deleteMarkers: KeptVersion[] = [];
  let page: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (page) {
    const listed: ListObjectVersionsCommandOutput = await s3.send(
      // Some signs of keys have no place in XML.
      new ListObjectVersionsCommand({ Bucket, Prefix, EncodingType: "url", ...page }),
    );
    const plain = (key: string) => (listed.EncodingType === "url" ? decodeURIComponent(key.replaceAll("+", " ")) : key);
    const named = ({ Key, VersionId }: { Key?: string; VersionId?: string }) => ({
      key: plain(Key ?? ""),
      versionId: String(VersionId),
    });
    for (const one of listed.Versions ?? []) versions.push({ ...named(one), sizeBytes: Number(one.Size) });
    for (const one of listed.DeleteMarkers ?? []) deleteMarkers.push(named(one));
    page = listed.IsTruncated
      ? { KeyMarker: plain(next(listed, Bucket)), VersionIdMarker: listed.NextVersionIdMarker }
      : undefined;
  }
  return { versions, deleteMarkers };
}

/** Without it the first page would be asked for again, for ever. */
function next({ NextKeyMarker }: ListObjectVersionsCommandOutput, bucket: string): string {
  if (NextKeyMarker !== undefined) return NextKeyMarker;
  throw new Part11Error({
    code: "TRANSPORT",
    what: "no whole list of versions",
    where: `ListObjectVersions of ${bucket}`,
    expected: "where the next page begins",
    got: "IsTruncated without NextKeyMarker",
    todo: "repair the connection or the service and run the qualification again",
  });
}
