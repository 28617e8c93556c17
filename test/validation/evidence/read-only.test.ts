// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { canQualify, READ_ONLY, type RunTarget, type Summary, verifyBundle } from "../../../validation/evidence";
import { sampleDocuments } from "../documents/sample-documents";
import { COMMITMENTS, sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const AWS: RunTarget = { name: "aws 111122223333 eu-central-1", kind: "aws" };
const READING: RunTarget = { ...AWS, name: `${AWS.name}, read-only`, access: "read-only" };
const temporary = temporaryFolder();
afterAll(() => temporary.remove());

function ran(name: string, target: RunTarget): { folder: string; summary: Summary } {
  const folder = path.join(temporary.path, name);
  // Nothing is committed that AWS cannot show; what was not run stays not run.
  const summary = sampleRun(folder, {
    target,
    approved: true,
    commitments: { ...COMMITMENTS, target, cannotShow: [] },
  });
  return { folder, summary };
}

/** What the in-toto Statement of the seal says of the run. */
function sealedResult(folder: string): string {
  const { payload } = JSON.parse(fs.readFileSync(path.join(folder, "seal.json"), "utf8")) as { payload: string };
  return JSON.parse(Buffer.from(payload, "base64").toString("utf8")).predicate.result;
}

describe("an approved, complete run", () => {
  const whole = ran("whole", AWS);
  const reading = ran("reading", READING);

  test("that wrote says how many steps were not run, and is sealed as passed", () => {
    expect(whole.summary.conclusion).toBe(
      "evidence complete for this target, 2 steps not run on it, to be reviewed and approved by a person",
    );
    expect(sealedResult(whole.folder)).toBe("PASSED");
  });

  test("that only read qualifies nothing, and is sealed with a warning", () => {
    expect(reading.summary.status).toBe("COMPLETE");
    expect(reading.summary.conclusion).toBe(
      "evidence complete of what was read on this target, 2 steps not run since nothing was written: no qualification by itself, to be reviewed by a person",
    );
    expect(sealedResult(reading.folder)).toBe("WARNED");
    expect([canQualify(whole.summary.target), canQualify(reading.summary.target)]).toEqual([true, false]);
  });

  test("that only read cannot be made one that wrote by its summary alone", () => {
    const file = path.join(reading.folder, "summary.json");
    const said = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, said.replace('"access":"read-only",', ""));
    expect(verifyBundle(reading.folder).problems.length).toBeGreaterThan(0);
    fs.writeFileSync(file, said);
    expect(verifyBundle(reading.folder).problems).toEqual([]);
  });
});

test("every document of a read-only run carries its mark on every page", () => {
  const documents = sampleDocuments(path.join(temporary.path, "documented"), { target: READING, approved: true });
  expect(documents.filter(({ head }) => !head.stamp?.includes(READ_ONLY)).map(({ head }) => head.id)).toEqual([]);
  expect(documents.some(({ head }) => head.status === "PROVISIONAL")).toBe(false);
});
