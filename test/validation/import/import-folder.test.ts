// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { tryImport } from "../../../validation/import";
import { sha256Hex } from "../../../validation/json";
import { FakeDestination } from "./fake-destination";
import { IMPORT_ID, ImportedFolder, PREFIX, told } from "./folder";

const FILES = { "a.csv": "subject\n101\n", "sub/b.csv": "visit\n1\n", "sub/größe 1+1=2 100%.csv": "x" };

let share: ImportedFolder;
let s3: FakeDestination;
beforeEach(() => {
  share = new ImportedFolder(FILES);
  s3 = new FakeDestination();
});
afterEach(() => share.remove());

const manifest = (key: string) => JSON.parse(s3.object(key).bytes.toString()) as Record<string, unknown>;

test("every file becomes an object of the same bytes below the vendor's study", async () => {
  const { outcomes } = await share.import(s3);
  expect(s3.keys.map((key) => [key, s3.object(key).bytes.toString()])).toEqual(
    Object.entries(FILES).map(([name, text]) => [`${PREFIX}${name}`, text]),
  );
  expect(Object.values(told(outcomes))).toEqual(["put", "put", "put"]);
});

test("in raw the day of receipt stands before the name", async () => {
  await share.import(s3, { landing: "raw" });
  expect(s3.keys[0]).toBe(`${PREFIX}2026-11-22/a.csv`);
});

test("an object says which import it comes from, who imported it, why, and from which path by its hash", async () => {
  await share.import(s3, { importer: "Jörg Müller", reason: "taken over: 100 %" });
  expect(s3.object(`${PREFIX}a.csv`).metadata).toEqual({
    "part11-import-id": IMPORT_ID,
    "part11-importer": "J%C3%B6rg%20M%C3%BCller",
    "part11-reason": "taken%20over%3A%20100%20%25",
    "part11-sha256": sha256Hex(FILES["a.csv"]),
    "part11-source-path-sha256": sha256Hex(`${share.folder}/a.csv`),
  });
});

test("the manifest is put last and names every file with hash and version", async () => {
  const { finished } = await share.import(s3);
  expect([...s3.versions.keys()].pop()).toBe(finished!.manifestKey);
  expect(manifest(finished!.manifestKey)).toMatchObject({
    importId: IMPORT_ID,
    importer: "Jane Doe",
    files: Object.entries(FILES).map(([name, text], i) => ({
      path: name,
      sha256: sha256Hex(text),
      bytes: Buffer.byteLength(text),
      versionId: `v${i + 1}`,
    })),
    refused: [],
  });
});

test("the manifest's key and the record hold the manifest's hash", async () => {
  const { finished } = await share.import(s3);
  const sha256 = sha256Hex(s3.object(finished!.manifestKey).bytes);
  expect(finished).toMatchObject({ files: 3, refused: 0, manifestSha256: sha256 });
  expect(finished!.manifestKey).toBe(`${PREFIX}part11-import-${IMPORT_ID}-${sha256.slice(0, 12)}.json`);
});

test("the manifest says nothing of where the folder was", async () => {
  const { finished } = await share.import(s3);
  expect(s3.object(finished!.manifestKey).bytes.toString()).not.toContain(share.folder);
});

describe("what is no record is refused, listed in the manifest, and holds nothing else up:", () => {
  const make: Record<string, [(folder: string) => void, string, string]> = {
    "a link": [(f) => fs.symlinkSync("a.csv", path.join(f, "link")), "link", "is a link, which is not followed"],
    "a link to a folder": [(f) => fs.symlinkSync("sub", path.join(f, "l")), "l", "is a link, which is not followed"],
    "an empty file": [(f) => fs.writeFileSync(path.join(f, "zero"), ""), "zero", "is empty"],
    "a pipe": [(f) => execFileSync("mkfifo", [path.join(f, "pipe")]), "pipe", "is no regular file"],
    "an unfinished file": [
      (f) => fs.writeFileSync(path.join(f, "a.filepart"), "x"),
      "a.filepart",
      "has the name of an unfinished upload",
    ],
    "a control character": [
      (f) => fs.writeFileSync(path.join(f, "a\nb"), "x"),
      "a\nb",
      "has control characters in its name",
    ],
    "a name that is no UTF-8": [
      (f) => fs.writeFileSync(Buffer.concat([Buffer.from(`${f}/x`), Buffer.from([0xff])]), "x"),
      "x\ufffd",
      "has a name that is no UTF-8",
    ],
    "a name too long": [
      (f) => {
        const deep = path.join(f, ...Array.from({ length: 5 }, () => "d".repeat(200)));
        fs.mkdirSync(deep, { recursive: true });
        fs.writeFileSync(path.join(deep, "x"), "x");
      },
      `${`${"d".repeat(200)}/`.repeat(5)}x`,
      "has too long a name for a key",
    ],
  };
  test.each(Object.entries(make))("%s", async (_, [act, name, reason]) => {
    act(share.folder);
    const { finished, outcomes } = await share.import(s3);
    expect(told(outcomes)[name]).toBe(reason);
    expect(manifest(finished!.manifestKey)).toMatchObject({ refused: [{ path: name, reason }] });
    expect(s3.keys).toHaveLength(3);
  });
});

test("a key that is taken is not written over", async () => {
  const other = new ImportedFolder({ "a.csv": "another" });
  await other.import(s3);
  other.remove();
  const { outcomes } = await share.import(s3);
  expect(told(outcomes)["a.csv"]).toBe("its key is taken by another object, which is not replaced");
  expect(s3.object(`${PREFIX}a.csv`).bytes.toString()).toBe("another");
});

test("a key that was taken is another's in the next run too", async () => {
  const other = new ImportedFolder({ "a.csv": "another" });
  await other.import(s3);
  other.remove();
  s3.before = (key) => {
    if (key.endsWith("/b.csv")) throw denied();
  };
  await share.import(s3);
  s3.before = () => undefined;
  const { outcomes, finished } = await share.import(s3);
  expect(told(outcomes)["a.csv"]).toMatch(/^its key is taken/);
  expect(finished).toMatchObject({ files: 2, refused: 1 });
});

test("a record that cannot be written ends the run at once", async () => {
  s3.after = () => fs.appendFileSync(share.recordFile, "another run\n");
  await expect(share.import(s3)).rejects.toMatchObject({ code: "IMPORT_RECORD" });
  expect(s3.keys).toHaveLength(1);
});

describe("a file that changes", () => {
  test("between its hash and its sending fails, and the import is not finished", async () => {
    s3.before = (key) => {
      if (key.endsWith("/a.csv")) fs.writeFileSync(path.join(share.folder, "a.csv"), "SUBJECT\n101\n");
    };
    const { finished, outcomes } = await share.import(s3);
    expect(told(outcomes)["a.csv"]).toBe("changed while it was read");
    expect([finished, s3.manifests, s3.keys.length]).toEqual([undefined, [], 2]);
  });

  test("by being cut short fails", async () => {
    s3.before = (key) => {
      if (key.endsWith("/a.csv")) fs.truncateSync(path.join(share.folder, "a.csv"), 3);
    };
    expect(told((await share.import(s3)).outcomes)["a.csv"]).toBe("changed while it was read");
  });

  test("after it was put is not put again", async () => {
    s3.before = (key) => {
      if (key.endsWith("/b.csv")) throw denied();
    };
    await share.import(s3);
    share.write("a.csv", "other");
    s3.before = () => undefined;
    const { outcomes } = await share.import(s3);
    expect(told(outcomes)).toMatchObject({
      "a.csv": "has other bytes than those that this import put",
      "sub/b.csv": "put",
    });
    expect(s3.object(`${PREFIX}a.csv`).bytes.toString()).toBe(FILES["a.csv"]);
  });
});

const denied = () => Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });

test("three answers in a row that S3 does not take anything end the run", async () => {
  s3.before = () => {
    throw denied();
  };
  await expect(share.import(s3)).rejects.toMatchObject({ code: "TRANSPORT" });
  expect(share.record().finished).toBeUndefined();
});

test("what lies under a key that S3 refused to us is another's", async () => {
  s3.before = (key) => {
    if (key.endsWith("/a.csv")) throw denied();
  };
  await share.import(s3);
  s3.before = () => undefined;
  await s3.put("", `${PREFIX}a.csv`, { bytes: 0, sha256: "", parts: [], open: () => undefined as never }, {});
  expect(told((await share.import(s3)).outcomes)["a.csv"]).toMatch(/^its key is taken/);
});

test("wherever a run breaks off, the next ones finish, and nothing is put twice", async () => {
  // Three files and a manifest: before and after each of them.
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 }), async (breaks) => {
      const folder = new ImportedFolder(FILES);
      const bucket = new FakeDestination();
      try {
        for (const at of breaks) {
          let calls = 0;
          const step = () => {
            if (calls++ === at) throw new BrokenOff();
          };
          bucket.before = step;
          bucket.after = step;
          // No answer comes: nobody knows whether the object is there.
          await folder.import(bucket).catch(() => undefined);
        }
        bucket.before = () => undefined;
        bucket.after = () => undefined;
        const record = folder.record();
        if (!record.finished) expect((await folder.import(bucket)).finished).toBeDefined();
        expect(bucket.keys).toHaveLength(3);
        const recorded = folder.record().files.map(({ path: name }) => name);
        expect(recorded.sort()).toEqual(Object.keys(FILES));
        expect(bucket.manifests.length).toBeGreaterThan(0);
      } finally {
        folder.remove();
      }
    }),
    { seed: 5, numRuns: process.env.PART11_FULL ? 200 : 15 },
  );
});

class BrokenOff extends Error {}

test("an object whose answer was never written down is found, not put again", async () => {
  s3.after = (key) => {
    if (key.endsWith("/a.csv")) throw new BrokenOff();
  };
  await share.import(s3);
  s3.after = () => undefined;
  const { outcomes, finished } = await share.import(s3);
  expect(told(outcomes)).toMatchObject({ "a.csv": "found", "sub/b.csv": "put-before" });
  expect(manifest(finished!.manifestKey)).toMatchObject({
    files: expect.arrayContaining([expect.objectContaining({ path: "a.csv", versionId: null })]),
  });
});

test.each([
  ["another bucket", { bucket: "other-bucket" }],
  ["another vendor", { vendor: "beta" }],
  ["another reason", { reason: "because" }],
  ["the other landing", { landing: "raw" as const }],
])("a record is not gone on with for %s", async (_, other) => {
  s3.before = () => {
    throw denied();
  };
  await share.import(s3).catch(() => undefined);
  await expect(share.import(s3, other)).rejects.toMatchObject({ code: "IMPORT_RECORD" });
});

test("a finished record is not gone on with", async () => {
  await share.import(s3);
  await expect(share.import(s3)).rejects.toMatchObject({ code: "IMPORT_RECORD" });
});

test("an empty folder is no import, and leaves no record", async () => {
  const empty = new ImportedFolder();
  await expect(empty.import(s3)).rejects.toMatchObject({ code: "SUBJECT_NOT_FOUND" });
  expect(fs.existsSync(empty.recordFile)).toBe(false);
  empty.remove();
});

test("a dry run reads everything, puts nothing and writes nothing", async () => {
  fs.symlinkSync("a.csv", path.join(share.folder, "link"));
  const outcomes: Parameters<typeof told>[0][number][] = [];
  await tryImport(share.record(), share.request(), share.options(outcomes));
  expect(told(outcomes)).toMatchObject({ "a.csv": "would-put", link: "is a link, which is not followed" });
  expect([s3.versions.size, fs.existsSync(share.recordFile)]).toEqual([0, false]);
});
