// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { ChangedWhileRead, S3_SIZES, withContent } from "../../../validation/import/content";
import { sha256Hex } from "../../../validation/json";
import { ImportedFolder } from "./folder";

let share: ImportedFolder;
beforeEach(() => {
  share = new ImportedFolder();
});
afterEach(() => {
  jest.restoreAllMocks();
  share.remove();
});

test("the hashes are those of the file and of each part, whatever the sizes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 64 }),
      async (text, singleBytes, partBytes) => {
        const file = share.write("f", text);
        await withContent(file, { singleBytes, partBytes }, async (content) => {
          const sent = await Promise.all(content.parts.map((part) => buffer(content.open(part))));
          expect(content.sha256).toBe(sha256Hex(text));
          expect(Buffer.concat(sent).toString()).toBe(text);
          expect(sent.map((bytes) => sha256Hex(bytes))).toEqual(content.parts.map(({ sha256 }) => sha256));
          expect(content.parts.length > 1).toBe(content.bytes > singleBytes && content.bytes > partBytes);
        });
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});

test.each<[string, (file: string) => void]>([
  ["replaced by another of the same bytes", (file) => fs.renameSync(share.write("g", "x".repeat(100)), file)],
  ["edited to the same length", (file) => fs.writeFileSync(file, "y".repeat(100))],
  ["made longer", (file) => fs.appendFileSync(file, "y")],
  ["cut short", (file) => fs.truncateSync(file, 50)],
])("a file that is %s between opening and reading is noticed", async (_, change) => {
  const file = share.write("f", "x".repeat(100));
  // The buffer is asked for after the file was opened and before its first byte is read.
  jest.spyOn(Buffer, "allocUnsafe").mockImplementationOnce((size) => {
    change(file);
    return Buffer.alloc(size);
  });
  await expect(withContent(file, S3_SIZES, async () => "read")).rejects.toBeInstanceOf(ChangedWhileRead);
});

test("a link is not followed", async () => {
  share.write("f", "x");
  const link = `${share.folder}/link`;
  fs.symlinkSync("f", link);
  await expect(withContent(link, S3_SIZES, async () => "read")).rejects.toMatchObject({ code: "ELOOP" });
});

test("one request takes what S3 takes in one, and no object has more than 10,000 parts", () => {
  expect(S3_SIZES.singleBytes).toBeLessThanOrEqual(5 * 1024 ** 3);
  expect(S3_SIZES.partBytes).toBeGreaterThanOrEqual(5 * 1024 ** 2);
});
