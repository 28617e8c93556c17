// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { ephemeralSealKey, publicKeyPem } from "../../../validation/evidence";
import { assertSchema } from "../../../validation/json";
import type { TraceMatrix } from "../../../validation/traceability";
import { sampleRun, type Variation } from "../evidence/sample-run";
import { removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";

afterAll(removeTemporaryFolders);

function bundle(vary: Variation = {}): string {
  const folder = path.join(temporaryFolder(), "bundle");
  sampleRun(folder, vary);
  return folder;
}

const SHORTEN_FAILED: Variation = {
  result: (finished) =>
    finished.step === "OQ-SHORTEN" ? { ...finished, result: "FAIL", reason: "the call went through" } : finished,
};

async function run(...argv: string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({ write: (text: string) => (written[name] += text) });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: temporaryFolder() };
  return { code: await main(["trace", ...argv], io), ...written };
}

async function matrixOf(...argv: string[]): Promise<TraceMatrix> {
  const matrix = JSON.parse((await run(...argv, "--format", "json")).stdout);
  assertSchema("trace-matrix", matrix, "stdout");
  return matrix;
}

test("help says what the exit codes mean", async () => {
  const { code, stdout } = await run("--help");
  expect([code, stdout]).toEqual([0, expect.stringContaining("exit 1  something does: the blockers name it")]);
});

test("an emulator's bundle is told with its blockers, and exits 1", async () => {
  const { code, stdout, stderr } = await run(bundle());
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout).toContain("planned 8 = executed 6 + blocked 0 + not run 2 + not applicable 0");
  expect(stdout).toContain("DEVELOPMENT_EVIDENCE emulator");
});

test("every requirement of this package has a row", async () => {
  const { requirements } = await matrixOf(bundle());
  expect([requirements.length, requirements[0]?.id, requirements.at(-1)?.id]).toEqual([36, "URS-001", "URS-036"]);
});

test("no control of this package is an orphan, whether the gate judges it or not", async () => {
  const { orphans, requirements } = await matrixOf(bundle());
  expect(orphans.filter(({ kind }) => kind === "control")).toEqual([]);
  expect(requirements.flatMap(({ controls }) => controls.map(({ id }) => id))).toEqual(
    expect.arrayContaining(["META-01", "P11-10c-02", "P11-100-02"]),
  );
});

test("--format csv is a table with a line for each requirement at least", async () => {
  const { code, stdout } = await run(bundle(), "--format", "csv");
  const ids = new Set([...stdout.matchAll(/^"requirement","(URS-\d{3})"/gm)].map(([, id]) => id));
  expect([code, stdout.split("\r\n")[0]?.startsWith('"row","requirement","area"'), ids.size]).toEqual([1, true, 36]);
});

test("a failed step is told as a deviation with the digest that a disposition repeats", async () => {
  const { stdout } = await run(bundle(SHORTEN_FAILED));
  expect(stdout).toMatch(/DEV-sample-run-1-OQ-SHORTEN\s+critical,\s+open/);
  expect(stdout.replace(/\s+/g, " ")).toMatch(/digest [0-9a-f]{64}/);
});

test("dispositions that a file holds are joined, with the digest of the file", async () => {
  const folder = bundle(SHORTEN_FAILED);
  const [{ id, digest }] = (await matrixOf(folder)).deviations as unknown as [{ id: string; digest: string }];
  const file = path.join(temporaryFolder(), "deviations.yaml");
  fs.writeFileSync(
    file,
    `schemaVersion: 1
run: sample-run
dispositions:
  - deviation: ${id}
    digest: "${digest}"
    type: system
    cause: The lock of the bucket was not what the plan says.
    impact: None on records, since the bucket is a disposable one.
    disposition: accepted
    retest: {required: false, justification: It was thought to be of no matter.}
    action: Nothing was done about it by anybody.
    recordedBy: ann.lee
    recordedAt: 2026-11-21T12:00:00Z
    approver: quality.head
    approvedAt: 2026-11-21T13:00:00Z
`,
  );
  const { dispositions, deviations } = await matrixOf(folder, "--deviations", file);
  expect(dispositions).toEqual({ file: "deviations.yaml", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(deviations[0]).toMatchObject({ state: "open", because: "a critical deviation is closed by a retest alone" });
});

test("the key of the signer pins the bundle", async () => {
  const key = ephemeralSealKey();
  const file = path.join(temporaryFolder(), "seal.pub.pem");
  fs.writeFileSync(file, publicKeyPem(key.publicKey));
  expect((await matrixOf(bundle({ key }), "--key", file)).runs[0]?.isPinned).toBe(true);
});

describe("exits 2 with one sentence and nothing on stdout", () => {
  const altered = () => {
    const folder = bundle();
    fs.appendFileSync(path.join(folder, "journal.jsonl"), " ");
    return folder;
  };
  const cases: [string, () => string[], RegExp][] = [
    ["for a bundle that is not intact", () => [altered()], /BUNDLE_ALTERED: bundle not read/],
    ["for a retest that is not intact", () => [bundle(), "--retest", altered()], /BUNDLE_ALTERED: bundle not read/],
    ["for a retest that is the first run", () => [bundle(), "--retest", bundle()], /RUN_FOREIGN: retest not taken/],
    ["for a folder without a bundle", () => [temporaryFolder()], /FILE_NOT_FOUND/],
    ["without a bundle", () => [], /USAGE/],
    ["for a format that there is not", () => [bundle(), "--format", "xls"], /USAGE/],
    ["for a file of dispositions that is not there", () => [bundle(), "--deviations", "none.yaml"], /FILE_NOT_FOUND/],
  ];

  test.each(cases)("%s", async (_title, argv, message) => {
    const { code, stdout, stderr } = await run(...argv());
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
