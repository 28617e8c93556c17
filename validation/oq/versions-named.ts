// SPDX-License-Identifier: Apache-2.0
import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from "@aws-sdk/client-s3";
import type { Range } from "./range";

/** How many versions of a name a bucket has below a prefix, in whatever folder. */
export async function versionsNamed(range: Range, Bucket: string, Prefix: string, name: string): Promise<number> {
  const s3 = (await range.administrator()).s3();
  let count = 0;
  let next: Pick<ListObjectVersionsCommandOutput, "NextKeyMarker" | "NextVersionIdMarker"> = {};
  for (let more = true; more; ) {
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = next;
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, KeyMarker, VersionIdMarker }),
    );
    count += (page.Versions ?? []).filter(({ Key }) => Key?.split("/").pop() === name).length;
    more = page.IsTruncated === true;
    next = page;
  }
  return count;
}
