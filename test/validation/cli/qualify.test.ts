// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { screen } from "../../../validation/cli/qualify";
import { ephemeralSealKey, keyId, type SealKey, type Summary } from "../../../validation/evidence";
import { sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const key: SealKey = ephemeralSealKey();
const id = keyId(key.publicKey);
let summary: Summary;

beforeAll(() => {
  summary = sampleRun(path.join(temporary.path, "run"), { key });
});

function shown(source: Summary["source"], sealKey: "ephemeral" | "given" = "ephemeral"): string {
  const run = {
    folder: "/a/evidence/x",
    summary: { ...summary, source },
    sealedBy: { keyId: id, sealKey },
    seconds: [],
  };
  return screen(run, "/a").join("\n");
}

test("a run of committed sources says nothing of them", () => {
  expect(shown({ commit: "0".repeat(40), dirty: false })).not.toContain("sources  ");
});

test.each([
  [{ commit: "0".repeat(40), dirty: true }, "made from uncommitted sources; cannot be tied to a version"],
  [{ commit: null, dirty: null }, "made from sources under no version control; cannot be tied to a version"],
  [{ commit: "0".repeat(40), dirty: null }, "cannot be tied to a version"],
])("sources %j cannot be tied to a version, and the verdict stays", (source, said) => {
  expect(shown(source)).toContain(said);
  expect(shown(source)).toContain(
    "\nCOMPLETE: development evidence complete for this target, 2 steps not run on it; provisional: executed without the required approvals\n",
  );
});

test.each([
  ["ephemeral", "made for this run, gone now"],
  ["given", "the key of --key"],
] as const)("the id of a key that is %s is shown, to be recorded elsewhere", (sealKey, said) => {
  const text = shown({ commit: "0".repeat(40), dirty: false }, sealKey);
  expect(text).toContain(`seal key id  ${id} (${said})`);
  expect(text).toContain("record it outside the bundle");
});
