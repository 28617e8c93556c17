// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ephemeralSealKey, readSealedRun } from "../../../validation/evidence";
import { sampleRun, type Variation } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

let bundles = 0;
function bundle(vary: Variation = {}): string {
  const folder = path.join(temporary.path, `bundle-${++bundles}`);
  sampleRun(folder, vary);
  return folder;
}

test("an intact bundle is read with its protocols, journal and commitments", () => {
  const { record, isPinned } = readSealedRun(bundle());
  expect(record.protocols.map(({ id }) => id)).toEqual(["IQ-landing-zone", "OQ-landing-zone"]);
  expect([record.summary.status, record.commitments.notRun.length, isPinned]).toEqual(["COMPLETE", 2, false]);
});

test("the signer is pinned by the auditor's key alone", () => {
  const key = ephemeralSealKey();
  expect(readSealedRun(bundle({ key }), key.publicKey).isPinned).toBe(true);
});

test("a bundle that another key sealed is refused", () => {
  expect(() => readSealedRun(bundle(), ephemeralSealKey().publicKey)).toThrow(
    expect.objectContaining({ code: "BUNDLE_ALTERED", message: expect.stringContaining("SIGNER_DIFFERS") }),
  );
});

test.each([
  "journal.jsonl",
  "gate/production.json",
  "plans/production/facts.json",
  "protocols/OQ-landing-zone.json",
  "commitments.json",
  "summary.json",
])("a bundle whose %s was altered is refused", (name) => {
  const folder = bundle();
  fs.appendFileSync(path.join(folder, name), " ");
  expect(() => readSealedRun(folder)).toThrow(
    expect.objectContaining({ code: "BUNDLE_ALTERED", message: expect.stringContaining(name) }),
  );
});

test("a folder without a bundle is refused", () => {
  expect(() => readSealedRun(temporary.path)).toThrow(expect.objectContaining({ code: "FILE_NOT_FOUND" }));
});

test("what is read are the bytes that were verified, although the folder changes afterwards", () => {
  const folder = bundle();
  const { record, read } = readSealedRun(folder);
  const plan = record.entries.find(({ type }) => type === "gate-decided")!.body as { facts: { path: string } };
  const before = read(plan.facts as never);
  fs.writeFileSync(path.join(folder, plan.facts.path), "{}");
  expect(read(plan.facts as never)).toEqual(before);
});
