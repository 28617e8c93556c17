// SPDX-License-Identifier: Apache-2.0
import type { S3Client } from "@aws-sdk/client-s3";
import { keptVersions, listing, versionsNamed } from "../../../validation/oq/kept-versions";
import type { Range } from "../../../validation/oq/range";

type Input = Readonly<Record<string, string | undefined>>;

/** A bucket that lists one version a page, and what it was asked. */
function bucket(pages: ReadonlyArray<Record<string, unknown>>) {
  const asked: Input[] = [];
  const send = async ({ input }: { input: Input }) => {
    asked.push(input);
    return pages[asked.length - 1];
  };
  const by = async () => ({ s3: () => ({ send }) });
  const range = { inspector: by } as unknown as Range;
  return {
    asked,
    versions: () => keptVersions(range, "inbox", "a/"),
    named: (name: string) => versionsNamed({ administrator: by } as unknown as Range, "inbox", "a/", name),
    listing: () => listing({ send } as unknown as S3Client, "inbox"),
  };
}

test("versions of all pages are found under their exact names, and the next page is asked for by them", async () => {
  const { asked, versions } = bucket([
    {
      EncodingType: "url",
      IsTruncated: true,
      NextKeyMarker: "a/b+c%2Bd%2520",
      NextVersionIdMarker: "2",
      Versions: [{ Key: "a/b+c%2Bd%2520", VersionId: "2", Size: 4 }],
      DeleteMarkers: [{ Key: "a/gone", VersionId: "3" }],
    },
    { EncodingType: "url", Versions: [{ Key: "a/%C3%A9", VersionId: "1", Size: 0 }] },
  ]);
  expect(await versions()).toEqual([
    { key: "a/b c+d%20", versionId: "2", sizeBytes: 4 },
    { key: "a/\u00e9", versionId: "1", sizeBytes: 0 },
  ]);
  expect(asked[1]).toMatchObject({ EncodingType: "url", KeyMarker: "a/b c+d%20", VersionIdMarker: "2" });
});

test("names that are not encoded, although that was asked for, are left as they are", async () => {
  const { versions } = bucket([{ Versions: [{ Key: "a/b+c%20", VersionId: "1", Size: 1 }] }]);
  expect(await versions()).toEqual([{ key: "a/b+c%20", versionId: "1", sizeBytes: 1 }]);
});

test("versions of a name are counted in every folder, and of no name that only ends so", async () => {
  const keys = ["a/1/x.csv", "a/2/x.csv", "a/2/x.csv", "a/ax.csv", "a/x.csv/y"];
  const { named } = bucket([{ Versions: keys.map((Key, at) => ({ Key, VersionId: String(at) })) }]);
  expect(await named("x.csv")).toBe(3);
});

test("delete markers are listed apart, under their exact names", async () => {
  const { listing } = bucket([{ EncodingType: "url", DeleteMarkers: [{ Key: "a/gone+by", VersionId: "3" }] }]);
  expect(await listing()).toEqual({ versions: [], deleteMarkers: [{ key: "a/gone by", versionId: "3" }] });
});

test("a page that does not say where the next begins is no list, and is not asked for again and again", async () => {
  const { asked, versions } = bucket([{ IsTruncated: true, Versions: [{ Key: "a/b", VersionId: "1" }] }]);
  await expect(versions()).rejects.toMatchObject({ code: "TRANSPORT" });
  expect(asked).toHaveLength(1);
});
