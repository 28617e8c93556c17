// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type ArchiveFacts, deposit, type KeptVersion, parsePeriod } from "../../../validation/deposit";
import { ephemeralSealKey } from "../../../validation/evidence";
import { sampleRun as runOnAws } from "../../../validation/self-test/samples/run";
import { timeStampRequest } from "../../../validation/time-stamp/request";
import { sampleRun, type Variation } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { Authority } from "../time-stamp/authority";
import { DEVELOPMENT, InMemoryArchive, NOW, PRODUCTION } from "./in-memory";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

let bundles = 0;
function bundle(vary: Variation = {}): string {
  const folder = path.join(temporary.path, `bundle-${++bundles}`);
  sampleRun(folder, vary);
  return folder;
}

const request = (folder: string) => ({ folder, bucket: "evidence", keep: parsePeriod("25 years") });
const at = () => NOW;

/** Every file below a folder. */
function filesOf(folder: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => fs.statSync(path.join(folder, name)).isFile()).sort();
}

test("every file lies in the bucket under the bundle's name, with its version", async () => {
  const folder = bundle();
  const archive = new InMemoryArchive(DEVELOPMENT);
  const done = await deposit(request(folder), archive, at);
  expect(done.files.map((file) => file.path)).toEqual(filesOf(folder));
  expect(done.prefix).toBe(`bundles/${done.bundle}/`);
  for (const { path: name, versionId } of done.files) {
    expect(archive.objects.get(done.prefix + name)).toEqual(fs.readFileSync(path.join(folder, name)));
    expect(versionId).toBe(`version-of-${done.prefix}${name}`);
  }
});

test("a time stamp is deposited with its bundle, and one that comes later is refused aloud", async () => {
  const folder = bundle();
  const authority = new Authority(path.join(temporary.path, "authority"));
  const answer = authority.answer(timeStampRequest(fs.readFileSync(path.join(folder, "seal.json"))));
  const [stamped, late] = [new InMemoryArchive(DEVELOPMENT), new InMemoryArchive(DEVELOPMENT)];
  await deposit(request(folder), late, at);
  fs.writeFileSync(path.join(folder, "seal.tsr"), answer);
  const { prefix } = await deposit(request(folder), stamped, at);
  expect(stamped.objects.get(`${prefix}seal.tsr`)).toEqual(answer);
  await expect(deposit(request(folder), late, at)).rejects.toMatchObject({ code: "DEPOSIT_REFUSED" });
});

test("the manifest is put last, so that a deposit that broke off is no bundle", async () => {
  const archive = new InMemoryArchive(DEVELOPMENT);
  await deposit(request(bundle()), archive, at);
  expect(archive.order.at(-1)).toMatch(/\/manifest\.json$/);
});

test("the signer is pinned by the auditor's key alone", async () => {
  const key = ephemeralSealKey();
  const folder = bundle({ key });
  const { isPinned } = await deposit(
    { ...request(folder), signer: key.publicKey },
    new InMemoryArchive(DEVELOPMENT),
    at,
  );
  expect(isPinned).toBe(true);
  expect((await deposit(request(bundle()), new InMemoryArchive(DEVELOPMENT), at)).isPinned).toBe(false);
});

test("a bundle is deposited once", async () => {
  const archive = new InMemoryArchive(DEVELOPMENT);
  const folder = bundle();
  await deposit(request(folder), archive, at);
  await expect(deposit(request(folder), archive, at)).rejects.toMatchObject({
    code: "DEPOSIT_REFUSED",
    message: expect.stringContaining("expected no manifest of this bundle"),
  });
});

/** A bucket in which the first files of a bundle lie, as a deposit that broke off leaves them. */
async function brokenOff(folder: string, bytes: (given: Buffer) => Buffer): Promise<InMemoryArchive> {
  const whole = new InMemoryArchive(DEVELOPMENT);
  await deposit(request(folder), whole, at);
  const archive = new InMemoryArchive(DEVELOPMENT);
  for (const key of whole.order.slice(0, 5)) await archive.put("evidence", key, bytes(whole.objects.get(key)!));
  return archive;
}

test("a deposit that broke off is taken up again", async () => {
  const folder = bundle();
  const { files } = await deposit(request(folder), await brokenOff(folder, (same) => same), at);
  expect(files.map((file) => file.path)).toEqual(filesOf(folder));
});

test("what lies there with other bytes is no part of a deposit", async () => {
  const folder = bundle();
  const archive = await brokenOff(folder, (given) => Buffer.concat([given, Buffer.from(" ")]));
  await expect(deposit(request(folder), archive, at)).rejects.toMatchObject({ code: "DEPOSIT_DIFFERS" });
});

test("a bundle that was altered is not deposited", async () => {
  const folder = bundle();
  fs.appendFileSync(path.join(folder, "journal.jsonl"), " ");
  const archive = new InMemoryArchive(DEVELOPMENT);
  await expect(deposit(request(folder), archive, at)).rejects.toMatchObject({ code: "BUNDLE_ALTERED" });
  expect(archive.order).toEqual([]);
});

test.each<[string, ArchiveFacts, RegExp]>([
  ["a production bucket", PRODUCTION, /tagged Environment development.* got production/],
  ["a bucket that does not say what it is for", { ...DEVELOPMENT, tags: {} }, /got none/],
  ["a bucket without versions", { ...DEVELOPMENT, versioning: false }, /expected versioning/],
])("a bundle of the emulator is not put into %s", async (_title, facts, message) => {
  const archive = new InMemoryArchive(facts);
  await expect(deposit(request(bundle()), archive, at)).rejects.toMatchObject({
    code: "DEPOSIT_REFUSED",
    message: expect.stringMatching(message),
  });
  expect(archive.order).toEqual([]);
});

function bundleOfAws(approved: boolean): string {
  const folder = path.join(temporary.path, `bundle-${++bundles}`);
  runOnAws(folder, { key: ephemeralSealKey(), kind: "aws", approved });
  return folder;
}

test("an approved run on AWS lies in a production bucket, every version under its lock", async () => {
  const { standing, files } = await deposit(request(bundleOfAws(true)), new InMemoryArchive(PRODUCTION), at);
  expect(standing).toBe("qualification");
  expect(new Set(files.map(({ mode, retainUntil }) => `${mode} ${retainUntil}`))).toEqual(
    new Set(["COMPLIANCE 2051-11-22T12:00:00.000Z"]),
  );
});

test("a run on AWS that nobody approved is not put into a production bucket", async () => {
  const depositing = deposit(request(bundleOfAws(false)), new InMemoryArchive(PRODUCTION), at);
  await expect(depositing).rejects.toMatchObject({ code: "DEPOSIT_REFUSED" });
});

test.each<[string, Partial<KeptVersion>]>([
  ["no lock", { mode: undefined, retainUntil: undefined }],
  ["another mode", { mode: "GOVERNANCE" }],
  ["a lock that ends before its time", { retainUntil: new Date("2051-11-20T00:00:00.000Z") }],
])("a version that is read back with %s is no deposit of a qualification", async (_title, over) => {
  class Loose extends InMemoryArchive {
    override async read(bucket: string, key: string, versionId: string): Promise<KeptVersion> {
      const kept = await super.read(bucket, key, versionId);
      return key.endsWith("report.html") ? { ...kept, ...over } : kept;
    }
  }
  await expect(deposit(request(bundleOfAws(true)), new Loose(PRODUCTION), at)).rejects.toMatchObject({
    code: "DEPOSIT_DIFFERS",
    message: expect.stringContaining("report.html"),
  });
});

class Altering extends InMemoryArchive {
  override async read(bucket: string, key: string, versionId: string): Promise<KeptVersion> {
    const kept = await super.read(bucket, key, versionId);
    return key.endsWith("report.html") ? { ...kept, bytes: Buffer.concat([kept.bytes, Buffer.from(" ")]) } : kept;
  }
}

test("what is read back otherwise than it was put is no deposit", async () => {
  await expect(deposit(request(bundle()), new Altering(DEVELOPMENT), at)).rejects.toMatchObject({
    code: "DEPOSIT_DIFFERS",
    message: expect.stringContaining("report.html"),
  });
});
