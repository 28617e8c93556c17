// SPDX-License-Identifier: Apache-2.0
import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from "@aws-sdk/client-s3";
import type { KeptVersion } from "./arrived";
import type { Range } from "./range";

/** Every version below a prefix, of each key the newest first, with the exact names of the keys; delete markers are none. */
export async function keptVersions(range: Range, Bucket: string, Prefix: string): Promise<readonly KeptVersion[]> {
  const s3 = (await range.inspector()).s3();
  const found: KeptVersion[] = [];
  let page: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (page) {
    const listed: ListObjectVersionsCommandOutput = await s3.send(
      // Some signs of keys have no place in XML.
      new ListObjectVersionsCommand({ Bucket, Prefix, EncodingType: "url", ...page }),
    );
    const plain = (key = "") => (listed.EncodingType === "url" ? decodeURIComponent(key.replaceAll("+", " ")) : key);
    for (const { Key, VersionId } of listed.Versions ?? [])
      found.push({ key: plain(Key), versionId: String(VersionId) });
    page = listed.IsTruncated
      ? { KeyMarker: plain(listed.NextKeyMarker), VersionIdMarker: listed.NextVersionIdMarker }
      : undefined;
  }
  return found;
}
