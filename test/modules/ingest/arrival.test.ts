// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { codeOfRejection } from "../ledger/code-of-rejection";
import { Bench, FOLDER, MIDNIGHT, MINUTE, sha256Of } from "./bench";

const RECORD = "clinical/inbound/raw/acme/abc-1/2026-11-22/";

test("an expected file is received and promoted to its dated key", async () => {
  const bench = new Bench();
  const version = await bench.arrive("lab.csv");
  expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED", "PROMOTED"], [`${RECORD}lab.csv`]]);
});

test.each(["lab données.csv", "lab a+b%20c.csv", "lab 100%.csv", "lab#1.csv", "lab'\"<>&.csv", "lab😀.csv"])(
  "the odd name %p is promoted as it is",
  async (name) => {
    const bench = new Bench();
    await bench.arrive(name);
    expect(bench.records()).toEqual([RECORD + name]);
  },
);

test.each<[string, string, string]>([
  ["an empty file", "lab.csv", ""],
  ["a folder marker", "lab/", ""],
  ["a name of an unfinished upload", "lab.csv.filepart", "x"],
  ["another temporary name", "lab.csv~", "x"],
  ["a control character", "lab\n.csv", "x"],
  ["a character that turns the text", "lab\u202efdp.exe", "x"],
  ["a dotted folder", "../lab.csv", "x"],
  ["a name that nobody expects", "other.csv", "x"],
  ["a file in a folder of its own", "lab/a.csv", "x"],
  ["too many bytes", "lab.csv", "x".repeat(101)],
  ["too long a key", `lab${"x".repeat(985)}`, "x"],
  ["a study without a delivery", "/clinical/inbound/raw/acme/abc-2/lab.csv", "x"],
  ["a vendor without a delivery", "/clinical/inbound/raw/acme2/abc-1/lab.csv", "x"],
  ["no vendor's folder", "/elsewhere/lab.csv", "x"],
])("%s is received, quarantined and not promoted", async (_title, name, content) => {
  const bench = new Bench();
  const version = await bench.arrive(name, content);
  expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED", "QUARANTINED"], []]);
});

test.each([
  ["a ZIP archive", "PK\u0003\u0004 lab.csv PK\u0005\u0006"],
  ["a ZIP archive that cannot be opened", "PK\u0003\u0004 cut off"],
  ["a PGP message", "-----BEGIN PGP MESSAGE-----\n\nlab.csv\n-----END PGP MESSAGE-----\n"],
])("%s is hashed as it was received and becomes one record of the same bytes", async (_title, content) => {
  const bench = new Bench({ files: "lab*" });
  const version = await bench.arrive("lab.zip", content);
  const [received] = bench.events();
  expect([received.sha256, bench.typesOf(version), bench.records()]).toEqual([
    sha256Of(content),
    ["RECEIVED", "PROMOTED"],
    [`${RECORD}lab.zip`],
  ]);
});

test("nothing that takes files in could open an archive or a message", () => {
  const folders = ["ingest", "large-arrivals", "ledger"].map((name) => path.join(packageRoot(), "modules", name));
  const sources = folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => fs.readFileSync(path.join(folder, name), "utf8")),
  );
  const imported = new Set(
    sources.flatMap((text) => [...text.matchAll(/from "([^".][^"]*)"/g)].map(([, name]) => name!)),
  );
  expect(imported).toContain("node:crypto");
  expect(
    [...imported].filter((name) => !/^(@aws-sdk\/|@cdktf\/|cdktf$|constructs$|node:(crypto|stream|timers))/.test(name)),
  ).toEqual([]);
});

test("what a scan refuses is quarantined with its reason", async () => {
  const bench = new Bench();
  bench.scanned = { verdict: "REFUSED", reason: "eicar" };
  await bench.arrive("lab.csv");
  expect([bench.events().at(-1), bench.records()]).toMatchObject([{ type: "QUARANTINED", reason: "scan: eicar" }, []]);
});

test("without a verdict a version waits, is never promoted, and its message comes again", async () => {
  const bench = new Bench();
  bench.scanned = { verdict: "UNKNOWN", reason: "no answer" };
  const version = bench.put("lab.csv");
  const told = bench.arrivals.object(version);
  expect([await codeOfRejection(told), bench.typesOf(version), bench.records()]).toEqual([
    "SCAN_UNDECIDED",
    ["RECEIVED"],
    [],
  ]);
  bench.scanned = { verdict: "CLEAN" };
  await bench.arrivals.object(version);
  expect(bench.events().at(-1)).toMatchObject({ type: "PROMOTED", reason: "scan: clean" });
});

test("a version without a verdict holds no other version of its key up", async () => {
  const bench = new Bench();
  const [older, newer] = [bench.put("lab.csv", "1"), bench.put("lab.csv", "2")];
  bench.undecided = older.versionId;
  for (const version of [older, newer]) await codeOfRejection(bench.arrivals.object(version));
  expect([bench.typesOf(older), bench.typesOf(newer)]).toEqual([
    ["RECEIVED", "SUPERSEDED"],
    ["RECEIVED", "PROMOTED"],
  ]);
});

test("nothing of the lane for trying out is recorded", async () => {
  const bench = new Bench();
  await bench.arrive("/clinical/inbound/test/acme/lab.csv", "x".repeat(10));
  expect([bench.events(), bench.records()]).toEqual([[], []]);
});

test("a trial that is too large is quarantined in its vendor's chain, unhashed, and not promoted", async () => {
  const bench = new Bench();
  await bench.arrive("/clinical/inbound/test/acme/lab.csv", "x".repeat(11));
  const reason = "is a trial of 11 bytes, and trials have at most 10";
  expect([bench.events(), bench.records()]).toMatchObject([
    [{ type: "QUARANTINED", vendor: "acme", bytes: 11, reason }],
    [],
  ]);
  expect(bench.events()[0]).not.toHaveProperty("sha256");
});

test("a version too large for this runner stays unrecorded and its message comes again", async () => {
  const bench = new Bench();
  expect(await codeOfRejection(bench.arrive("lab.csv", "x".repeat(1001)))).toBe("TOO_LARGE_HERE");
});

test("a message about a version that is not there comes again", async () => {
  const bench = new Bench();
  const version = { bucket: "inbox", key: `${FOLDER}lab.csv`, versionId: "none" };
  expect(await codeOfRejection(bench.arrivals.take({ kind: "object", version }))).toBe("VERSION_NOT_FOUND");
});

test("the same message twice leaves the same events and one record", async () => {
  const bench = new Bench();
  const version = await bench.arrive("lab.csv");
  await bench.arrivals.take({ kind: "object", version });
  expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED", "PROMOTED"], [`${RECORD}lab.csv`]]);
});

test("a key that comes again is a new version, and the older one is superseded, whatever the order of messages", async () => {
  const bench = new Bench();
  const [older, newer] = [bench.put("lab.csv", "1"), bench.put("lab.csv", "2")];
  await bench.arrivals.take({ kind: "object", version: newer });
  await bench.arrivals.take({ kind: "object", version: older });
  expect([bench.typesOf(older), bench.typesOf(newer), bench.records()]).toEqual([
    ["SUPERSEDED", "RECEIVED", "PROMOTED"],
    ["RECEIVED", "PROMOTED"],
    [`${RECORD}lab.csv`, `${RECORD}lab.csv`],
  ]);
});

test("a version in raw is received and goes nowhere", async () => {
  const bench = new Bench();
  const version = await bench.arrive("lab.csv", "x", "raw");
  expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED"], [`${FOLDER}lab.csv`]]);
});

describe("an upload over SFTP", () => {
  const over = { finishedBy: "transfer" } as const;

  test.each([true, false])("is promoted once completed, the object's message first: %p", async (objectFirst) => {
    const bench = new Bench(over);
    const version = bench.put("lab.csv");
    const told = [
      () => bench.arrivals.take({ kind: "object", version }),
      () => bench.upload("upload-completed", "lab.csv"),
    ];
    for (const tell of objectFirst ? told : told.reverse()) await tell();
    expect([bench.typesOf(version).sort(), bench.records()]).toEqual([
      ["ATTRIBUTED", "PROMOTED", "RECEIVED"],
      [`${RECORD}lab.csv`],
    ]);
  });

  test("that broke off waits, is quarantined after the window and never promoted", async () => {
    const bench = new Bench(over);
    const version = await bench.arrive("lab.csv");
    await bench.upload("upload-failed", "lab.csv", { status: "FAILED" });
    expect(bench.typesOf(version)).toEqual(["RECEIVED"]);
    bench.now += 61 * MINUTE;
    await bench.arrivals.object(version);
    expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED", "QUARANTINED"], []]);
  });

  test("that failed leaves an event of its own, each time", async () => {
    const bench = new Bench(over);
    for (const session of ["a", "b", "b"]) await bench.upload("upload-failed", "lab.csv", { session });
    expect(bench.events().map(({ type, transfer }) => [type, transfer.session])).toEqual([
      ["TRANSFER_FAILED", "a"],
      ["TRANSFER_FAILED", "b"],
    ]);
  });

  test("of another size than the server counted is quarantined", async () => {
    const bench = new Bench(over);
    const version = await bench.arrive("lab.csv");
    await bench.upload("upload-completed", "lab.csv", { bytes: 3 });
    expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED", "QUARANTINED"], []]);
  });

  test("of which S3 has no version comes again", async () => {
    const bench = new Bench(over);
    expect(await codeOfRejection(bench.upload("upload-completed", "lab.csv"))).toBe("UPLOAD_NOT_FOUND");
  });

  test("goes to the version of its own time when a key comes twice", async () => {
    const bench = new Bench(over);
    const first = await bench.arrive("lab.csv");
    bench.now += 10_000;
    const second = await bench.arrive("lab.csv");
    await bench.upload("upload-completed", "lab.csv");
    expect([bench.typesOf(first), bench.typesOf(second)]).toEqual([
      ["RECEIVED", "SUPERSEDED"],
      ["RECEIVED", "ATTRIBUTED", "PROMOTED"],
    ]);
  });
});

describe.each([
  ["a side file", "lab.csv.sha256", { sha256File: "required" } as const],
  ["a manifest", "manifest.sha256", { manifest: "required" } as const],
  ["a list of sums", "SHA256SUMS", { manifest: "required" } as const],
])("%s that is required", (_title, name, rule) => {
  const right = `${sha256Of("lab.csv")}  lab.csv\n`;

  test.each([true, false])("proves the file, the file first: %p", async (fileFirst) => {
    const bench = new Bench(rule);
    const [file, side] = [bench.put("lab.csv"), bench.put(name, right)];
    for (const version of fileFirst ? [file, side] : [side, file]) await bench.arrivals.object(version);
    expect([bench.typesOf(file), bench.typesOf(side), bench.records().sort()]).toEqual([
      ["RECEIVED", "MANIFEST_OK", "PROMOTED"],
      ["RECEIVED", "PROMOTED"],
      [`${RECORD}lab.csv`, RECORD + name].sort(),
    ]);
  });

  test("with another hash keeps the file from being promoted", async () => {
    const bench = new Bench(rule);
    const file = await bench.arrive("lab.csv", "altered");
    await bench.arrive(name, right);
    expect([bench.typesOf(file), bench.records()]).toEqual([["RECEIVED", "MANIFEST_MISMATCH"], [RECORD + name]]);
  });

  test("that does not come within the window is missing for good", async () => {
    const bench = new Bench(rule);
    const file = await bench.arrive("lab.csv");
    bench.now = MIDNIGHT + 61 * MINUTE;
    await bench.arrivals.object(file);
    await bench.arrive(name, right);
    expect([bench.typesOf(file), bench.records()]).toEqual([["RECEIVED", "MANIFEST_MISSING"], [RECORD + name]]);
  });

  test("that cannot be read is quarantined and proves nothing", async () => {
    const bench = new Bench(rule);
    const file = await bench.arrive("lab.csv");
    const side = await bench.arrive(name, "no hash");
    expect([bench.typesOf(file), bench.typesOf(side)]).toEqual([["RECEIVED"], ["RECEIVED", "QUARANTINED"]]);
  });
});

test("a side file of which half may have come says nothing until its upload is completed", async () => {
  const bench = new Bench({ sha256File: "required", finishedBy: "transfer" });
  const side = `${sha256Of("lab.csv")}  lab.csv\n`;
  const file = await bench.arrive("lab.csv");
  await bench.upload("upload-completed", "lab.csv");
  await bench.arrive("lab.csv.sha256", side);
  expect(bench.typesOf(file)).toEqual(["RECEIVED", "ATTRIBUTED"]);
  await bench.upload("upload-completed", "lab.csv.sha256", { bytes: side.length });
  expect(bench.typesOf(file)).toEqual(["RECEIVED", "ATTRIBUTED", "MANIFEST_OK", "PROMOTED"]);
});

test("an optional side file that comes after promotion is compared all the same", async () => {
  const bench = new Bench({ sha256File: "optional" });
  const file = await bench.arrive("lab.csv");
  await bench.arrive("lab.csv.sha256", sha256Of("other"));
  expect(bench.typesOf(file)).toEqual(["RECEIVED", "PROMOTED", "MANIFEST_MISMATCH"]);
});

test("an unblinded file becomes a record in the bucket of unblinded ones and leaves no trace in raw", async () => {
  const bench = new Bench({ blinding: "unblinded" });
  await bench.arrive("lab.csv");
  expect([bench.records("unblinded"), bench.records("raw")]).toEqual([
    ["clinical/inbound/raw/acme/abc-1/2026-11-22/lab.csv"],
    [],
  ]);
});

test("a file is not promoted while its study's deliveries disagree about its blinding", async () => {
  const bench = new Bench();
  bench.deliveries = [...bench.deliveries, { ...bench.deliveries[0]!, name: "list", blinding: "unblinded" }];
  await expect(bench.arrive("lab.csv")).rejects.toThrow("unknown blinding");
  expect([...bench.records("unblinded"), ...bench.records("raw")]).toEqual([]);
});
