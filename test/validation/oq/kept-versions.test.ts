// SPDX-License-Identifier: Apache-2.0
import { keptVersions } from "../../../validation/oq/kept-versions";
import type { Range } from "../../../validation/oq/range";

type Input = Readonly<Record<string, string | undefined>>;

/** A bucket that lists one version a page, and what it was asked. */
function bucket(pages: ReadonlyArray<Record<string, unknown>>) {
  const asked: Input[] = [];
  const send = async ({ input }: { input: Input }) => {
    asked.push(input);
    return pages[asked.length - 1];
  };
  const range = { inspector: async () => ({ s3: () => ({ send }) }) } as unknown as Range;
  return { asked, versions: () => keptVersions(range, "inbox", "a/") };
}

test("versions of all pages are found under their exact names, and the next page is asked for by them", async () => {
  const { asked, versions } = bucket([
    {
      EncodingType: "url",
      IsTruncated: true,
      NextKeyMarker: "a/b+c%2Bd%2520",
      NextVersionIdMarker: "2",
      Versions: [{ Key: "a/b+c%2Bd%2520", VersionId: "2" }],
      DeleteMarkers: [{ Key: "a/gone", VersionId: "3" }],
    },
    { EncodingType: "url", Versions: [{ Key: "a/%C3%A9", VersionId: "1" }] },
  ]);
  expect(await versions()).toEqual([
    { key: "a/b c+d%20", versionId: "2" },
    { key: "a/\u00e9", versionId: "1" },
  ]);
  expect(asked[1]).toMatchObject({ EncodingType: "url", KeyMarker: "a/b c+d%20", VersionIdMarker: "2" });
});

test("names that are not encoded, although that was asked for, are left as they are", async () => {
  const { versions } = bucket([{ Versions: [{ Key: "a/b+c%20", VersionId: "1" }] }]);
  expect(await versions()).toEqual([{ key: "a/b+c%20", versionId: "1" }]);
});
