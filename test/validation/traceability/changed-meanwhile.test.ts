// SPDX-License-Identifier: Apache-2.0
// A bundle that somebody changes between its verification and the reading of it.
import * as fs from "node:fs";
import * as path from "node:path";
import { readExecutedRun } from "../../../validation/traceability";
import { sampleRun } from "../evidence/sample-run";
import { removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";

/** What happens right after the verification. */
let meanwhile: (folder: string) => void = () => undefined;

jest.mock("../../../validation/evidence", () => {
  const actual = jest.requireActual("../../../validation/evidence");
  const verifyBundle = (folder: string, ...rest: unknown[]) => {
    const verification = actual.verifyBundle(folder, ...rest);
    meanwhile(folder);
    return verification;
  };
  return { ...actual, verifyBundle };
});

afterAll(removeTemporaryFolders);

function bundle(): string {
  const folder = path.join(temporaryFolder(), "bundle");
  sampleRun(folder);
  return folder;
}

test.each([
  "gate/production.json",
  "protocols/OQ-landing-zone.json",
  "plans/production/facts.json",
  "commitments.json",
])("%s is held against the journal once more", (name) => {
  meanwhile = (folder) => fs.appendFileSync(path.join(folder, name), " ");
  expect(() => readExecutedRun(bundle())).toThrow(
    expect.objectContaining({ code: "EVIDENCE_ALTERED", message: expect.stringContaining(name) }),
  );
});

test("the journal is held against the head that was verified", () => {
  meanwhile = (folder) => {
    const journal = path.join(folder, "journal.jsonl");
    const lines = fs.readFileSync(journal, "utf8").trimEnd().split("\n");
    fs.writeFileSync(journal, `${lines.slice(0, -1).join("\n")}\n`);
  };
  expect(() => readExecutedRun(bundle())).toThrow(
    expect.objectContaining({ code: "EVIDENCE_ALTERED", message: expect.stringContaining("expected journal head") }),
  );
});

test("without a change it is read", () => {
  meanwhile = () => undefined;
  expect(readExecutedRun(bundle()).record.summary.status).toBe("COMPLETE");
});
