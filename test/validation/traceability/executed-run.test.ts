// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ephemeralSealKey } from "../../../validation/evidence";
import { readExecutedRun } from "../../../validation/traceability";
import { sampleRun, type Variation } from "../evidence/sample-run";
import { removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";

afterAll(removeTemporaryFolders);

function bundle(vary: Variation = {}): string {
  const folder = path.join(temporaryFolder(), "bundle");
  sampleRun(folder, vary);
  return folder;
}

test("an intact bundle is read with its protocols, journal and commitments", () => {
  const { record, isPinned } = readExecutedRun(bundle());
  expect(record.protocols.map(({ id }) => id)).toEqual(["IQ-landing-zone", "OQ-landing-zone"]);
  expect([record.summary.status, record.commitments.notRun.length, isPinned]).toEqual(["COMPLETE", 2, false]);
});

test("the signer is pinned by the auditor's key alone", () => {
  const key = ephemeralSealKey();
  expect(readExecutedRun(bundle({ key }), key.publicKey).isPinned).toBe(true);
});

test("a bundle that another key sealed is refused", () => {
  expect(() => readExecutedRun(bundle(), ephemeralSealKey().publicKey)).toThrow(
    expect.objectContaining({ code: "EVIDENCE_ALTERED", message: expect.stringContaining("SIGNER_DIFFERS") }),
  );
});

test("answers of the gate are those about plans that had to pass, and no others", () => {
  const { answers } = readExecutedRun(bundle());
  expect([...new Set(answers.map(({ plan }) => plan))]).toEqual(["production", "target"]);
  expect(answers).toContainEqual({ control: "P11-10f-01", plan: "production", status: "pending" });
});

test.each(["journal.jsonl", "gate/production.json", "protocols/OQ-landing-zone.json", "summary.json"])(
  "a bundle whose %s was altered is refused",
  (name) => {
    const folder = bundle();
    fs.appendFileSync(path.join(folder, name), " ");
    expect(() => readExecutedRun(folder)).toThrow(
      expect.objectContaining({ code: "EVIDENCE_ALTERED", message: expect.stringContaining(name) }),
    );
  },
);

test("a folder without a bundle is refused", () => {
  expect(() => readExecutedRun(temporaryFolder())).toThrow(expect.objectContaining({ code: "FILE_NOT_FOUND" }));
});
