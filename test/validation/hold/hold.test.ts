// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import fc from "fast-check";
import { hold } from "../../../validation/cli/hold";
import { parseSelection } from "../../../validation/hold";
import { Bucket, bucket, CALLER, folder } from "./in-memory";

let store: Bucket;
let record: string;
let remove: () => void;

beforeEach(() => {
  store = bucket();
  ({ record, remove } = folder());
});
afterEach(() => remove());

const AT = "2026-11-22T01:00:00.000Z";
const WHO = ["--reason", "subpoena", "--by", "Mara"];

async function part11(...argv: string[]) {
  let stdout = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => undefined },
    env: {},
    cwd: "/",
  };
  const code = await hold(argv, io, { objects: async () => store, now: () => new Date(AT) });
  return { code, stdout };
}

const add = (object: string, matter = "M-1") => part11("add", object, "--matter", matter, ...WHO, "--record", record);
const release = (object: string, matter = "M-1", approver = "Ines") =>
  part11("release", object, "--matter", matter, ...WHO, "--approver", approver, "--record", record);
const list = (object: string) => part11("list", object, "--record", record);

const lines = () =>
  fs
    .readFileSync(record, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("part11 hold add", () => {
  it.each<[string, string[]]>([
    ["acme-raw/st-101/lab.csv", ["st-101/lab.csv v1", "st-101/lab.csv v2"]],
    ["acme-raw/st-101/lab.csv?versionId=v2", ["st-101/lab.csv v2"]],
    ["acme-raw/st-101/", ["st-101/lab.csv v1", "st-101/lab.csv v2", "st-101/lab.csv.sha256 v3"]],
    ["acme-raw/", ["st-101/lab.csv v1", "st-101/lab.csv v2", "st-101/lab.csv.sha256 v3", "st-102/lab.csv v4"]],
  ])("of %s holds what it names and nothing else", async (object, expected) => {
    expect((await add(object)).code).toBe(0);
    expect([...store.held].sort()).toEqual(expected);
  });

  it("records version, matter, reason, person and caller", async () => {
    await add("acme-raw/st-102/lab.csv");
    expect(lines()).toEqual([
      {
        schemaVersion: 1,
        at: AT,
        action: "held",
        matter: "M-1",
        reason: "subpoena",
        by: "Mara",
        caller: CALLER,
        bucket: "acme-raw",
        key: "st-102/lab.csv",
        versionId: "v4",
      },
    ]);
  });

  it("said twice, changes nothing the second time", async () => {
    await add("acme-raw/st-101/");
    const before = fs.readFileSync(record);
    expect((await add("acme-raw/st-101/")).code).toBe(0);
    expect(fs.readFileSync(record)).toEqual(before);
    expect(store.calls).toHaveLength(3);
  });

  it("holds the others when one is refused, says so, and records only what is held", async () => {
    store.refused.add("st-101/lab.csv.sha256");
    const { code, stdout } = await add("acme-raw/st-101/");
    expect(code).toBe(1);
    expect(stdout).toContain("failed  st-101/lab.csv.sha256  v3: AccessDenied: not allowed");
    expect(lines().map(({ versionId }) => versionId)).toEqual(["v1", "v2"]);
  });

  it("does not take an answer of S3 for the hold itself", async () => {
    store.deaf.add("st-102/lab.csv");
    expect((await add("acme-raw/st-102/lab.csv")).code).toBe(1);
    expect(fs.existsSync(record)).toBe(false);
  });

  it("fails when nothing is selected", async () => {
    await expect(add("acme-raw/st-101/lab")).rejects.toMatchObject({ code: "SUBJECT_NOT_FOUND" });
  });

  it("fails on a reason of blanks", async () => {
    const argv = ["--matter", "M-1", "--reason", "  ", "--by", "Mara", "--record", record];
    await expect(part11("add", "acme-raw/st-101/", ...argv)).rejects.toMatchObject({ code: "USAGE" });
    expect(store.calls).toEqual([]);
  });
});

describe("part11 hold release", () => {
  it("lifts the hold and records who approved it", async () => {
    await add("acme-raw/st-102/lab.csv");
    expect((await release("acme-raw/st-102/lab.csv")).code).toBe(0);
    expect(store.held.size).toBe(0);
    expect(lines()[1]).toMatchObject({ action: "released", by: "Mara", approver: "Ines" });
  });

  it.each(["Mara", " mara ", "MARA", "mara@example.org"])(
    "fails when %j approves what Mara releases",
    async (approver) => {
      await add("acme-raw/st-102/lab.csv");
      await expect(release("acme-raw/st-102/lab.csv", "M-1", approver)).rejects.toMatchObject({
        code: "APPROVER_SAME",
      });
      expect(store.held.size).toBe(1);
    },
  );

  it("keeps the hold that another matter needs", async () => {
    await add("acme-raw/st-102/lab.csv", "M-1");
    await add("acme-raw/st-102/lab.csv", "M-2");
    expect((await release("acme-raw/st-102/lab.csv", "M-1")).stdout).toContain("kept-for-other  st-102/lab.csv");
    expect(store.held.size).toBe(1);
    await release("acme-raw/st-102/lab.csv", "M-2");
    expect(store.held.size).toBe(0);
  });

  it("never lifts a hold that the record does not know", async () => {
    await add("acme-raw/st-101/lab.csv?versionId=v1");
    store.held.add("st-101/lab.csv v2");
    expect((await release("acme-raw/st-101/")).code).toBe(0);
    expect([...store.held]).toEqual(["st-101/lab.csv v2"]);
    expect(store.calls).not.toContain("off st-101/lab.csv v2");
  });

  it("leaves a matter open whose hold could not be lifted, so that it can be released again", async () => {
    await add("acme-raw/st-102/lab.csv");
    store.refused.add("st-102/lab.csv");
    expect((await release("acme-raw/st-102/lab.csv")).code).toBe(1);
    store.refused.clear();
    expect((await release("acme-raw/st-102/lab.csv")).code).toBe(0);
    expect(store.held.size).toBe(0);
  });

  it("fails without the record of the holds", async () => {
    await expect(release("acme-raw/st-102/lab.csv")).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  });
});

describe("part11 hold list", () => {
  it("says what S3 holds now, and for which matters", async () => {
    await add("acme-raw/st-101/lab.csv?versionId=v1");
    store.held.add("st-101/lab.csv v2");
    const { code, stdout } = await list("acme-raw/st-101/");
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toEqual([
      "held  st-101/lab.csv  v1  for M-1",
      "held  st-101/lab.csv  v2  for no matter that the record knows",
      "free  st-101/lab.csv.sha256  v3",
    ]);
  });

  it("ends with 1 when a recorded hold was lifted beside the record", async () => {
    await add("acme-raw/st-102/lab.csv");
    store.held.clear();
    const { code, stdout } = await list("acme-raw/st-102/");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "LOST free  st-102/lab.csv  v4  for M-1\n" });
  });

  it("ends with 1 when a version that is held by the record is gone", async () => {
    await add("acme-raw/st-102/lab.csv");
    store.content.splice(0);
    const { code, stdout } = await list("acme-raw/st-102/");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "LOST gone  st-102/lab.csv  v4  for M-1\n" });
  });
});

describe("the record", () => {
  it.each<[string, (text: string) => string]>([
    ["a cut last line", (text) => text.slice(0, -5)],
    ["a line that is no entry", (text) => `${text}{}\n`],
    ["an empty line", (text) => `${text}\n`],
    ["an unknown action", (text) => text.replace('"held"', '"hold"')],
    ["a release without an approver", (text) => text.replace('"held"', '"released"')],
    ["a member too many", (text) => text.replace("{", '{"note":"x",')],
  ])("fails with %s, before anything is asked of S3", async (_, change) => {
    await add("acme-raw/st-102/lab.csv");
    fs.writeFileSync(record, change(fs.readFileSync(record, "utf8")));
    await expect(add("acme-raw/st-101/")).rejects.toMatchObject({ code: "HOLD_RECORD" });
    await expect(release("acme-raw/st-102/")).rejects.toMatchObject({ code: "HOLD_RECORD" });
    expect(store.calls).toEqual(["on st-102/lab.csv v4"]);
  });

  it("keeps what is not ASCII", async () => {
    store = new Bucket([{ key: "st-101/größe 測定 +%.csv", versionId: "v1" }]);
    await add("acme-raw/st-101/");
    expect((await list("acme-raw/st-101/")).stdout).toBe("held  st-101/größe 測定 +%.csv  v1  for M-1\n");
  });
});

test.each(["acme-raw", "/key", "s3://acme-raw/key", "acme-raw/key?versionId=", "acme-raw/p/?versionId=v1", ""])(
  "fails with USAGE for the object %j",
  (text) => {
    expect(() => parseSelection(text)).toThrow(expect.objectContaining({ code: "USAGE" }));
  },
);

test("S3 holds a version exactly as long as some matter is open, whatever the order of adds and releases", async () => {
  const step = fc.record({
    release: fc.boolean(),
    matter: fc.constantFrom("M-1", "M-2", "M-3"),
    object: fc.constantFrom("acme-raw/st-101/lab.csv", "acme-raw/st-101/", "acme-raw/st-102/lab.csv"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      store = bucket();
      fs.writeFileSync(record, "");
      const model = new Map(store.content.map(({ key, versionId }) => [`${key} ${versionId}`, new Set<string>()]));
      for (const { release: releasing, matter, object } of steps) {
        expect((await (releasing ? release : add)(object, matter)).code).toBe(0);
        const path = object.slice("acme-raw/".length);
        for (const [name, matters] of model) {
          if (path.endsWith("/") ? !name.startsWith(path) : !name.startsWith(`${path} `)) continue;
          if (releasing) matters.delete(matter);
          else matters.add(matter);
        }
        const expected = [...model].filter(([, matters]) => matters.size > 0).map(([name]) => name);
        expect([...store.held].sort()).toEqual(expected.sort());
      }
    }),
    { seed: 23, numRuns: 40 },
  );
});
