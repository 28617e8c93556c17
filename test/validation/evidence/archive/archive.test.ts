// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ephemeralSealKey, readArchiveAndVerify } from "../../../../validation/evidence";
import { sampleRun } from "../sample-run";
import { temporaryFolder } from "../temporary-folder";
import { hostileArchives, within } from "./hostile";
import { type Packed, type Shape, zip } from "./zip";

const temporary = temporaryFolder();
const key = ephemeralSealKey();
const folder = path.join(temporary.path, "bundle");
sampleRun(folder, { key });
const bundle: readonly Packed[] = fs
  .readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => path.join(parentPath, name))
  .map((at) => ({ name: path.relative(folder, at), data: fs.readFileSync(at) }));

afterAll(() => temporary.remove());

async function verified(bytes: Buffer) {
  const place = fs.mkdtempSync(path.join(temporary.path, "archive-"));
  const file = path.join(place, "bundle.zip");
  fs.writeFileSync(file, bytes);
  const { result } = await readArchiveAndVerify(file, key.publicKey);
  return { ...result, left: fs.readdirSync(place, { recursive: true }) };
}

describe("an archive of an intact bundle", () => {
  const deflated = bundle.map((file) => ({ ...file, method: 8 }));
  const folders = [{ name: "run/", data: Buffer.alloc(0), mode: 0o040755 }, ...bundle.map(within("run"))];
  const made: readonly (readonly [string, readonly Packed[], Shape?])[] = [
    ["stored", bundle],
    ["deflated", deflated],
    ["deflated, with its sizes behind the data", deflated, { streamed: true }],
    ["in a folder", folders],
    ["of a system without modes", bundle.map((file) => ({ ...file, mode: 0 }))],
  ];

  test.each(made.map(([name, files, shape]) => [name, zip(files, shape)] as const))(
    "%s, is intact",
    async (_, bytes) => {
      expect(await verified(bytes)).toMatchObject({ exit: 0, problems: [], left: ["bundle.zip"] });
    },
  );

  test("is altered when one of its files is", async () => {
    const [first, ...others] = bundle;
    const { exit, problems } = await verified(zip([{ ...first!, data: Buffer.from("other") }, ...others]));
    expect([exit, problems.map(({ path: at }) => at)]).toEqual([1, expect.arrayContaining([first!.name])]);
  });
});

describe("a hostile archive", () => {
  /** Said before any of its files is looked at. */
  const REFUSALS: readonly string[] = [
    "ARCHIVE_REFUSED",
    "PATH_REFUSED",
    "NOT_A_FILE",
    "CASE_COLLISION",
    "TOO_LARGE",
    "FILE_EXTRA",
  ];
  const hostile = Object.entries(hostileArchives(bundle));

  test.each(hostile)("with %s is refused, and nothing is written", async (_, bytes) => {
    const { exit, problems, left } = await verified(bytes);
    expect(problems.filter(({ code }) => !REFUSALS.includes(code))).toEqual([]);
    expect({ exit, problems: problems.length > 0, left }).toEqual({ exit: 1, problems: true, left: ["bundle.zip"] });
  });

  test("is one of at least sixty", () => {
    process.stdout.write(`hostile archives: ${hostile.length}\n`);
    expect(hostile.length).toBeGreaterThanOrEqual(60);
  });
});

test.each([
  ["without a manifest", zip([{ name: "readme", data: Buffer.from("x") }])],
  [
    "with a second folder beside that of the bundle",
    zip([...bundle.map(within("a")), { name: "b/x", data: Buffer.alloc(1) }]),
  ],
  ["of no file", zip([])],
])("an archive %s is no bundle", async (_, bytes) => {
  const { exit, problems } = await verified(bytes);
  expect([exit, problems[0]?.code]).toEqual([2, "NO_BUNDLE"]);
});

test("an archive that is not there is no bundle", async () => {
  expect((await readArchiveAndVerify(path.join(temporary.path, "absent.zip"))).result.exit).toBe(2);
});
