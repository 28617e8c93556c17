// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onMachine, readProfile } from "../../../validation/qualify/profile";
import { withoutAwsCli } from "../../../validation/toolchain";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A PATH with programs that say what they are told. */
function asked(programs: Readonly<Record<string, string>>): Promise<string | undefined> {
  for (const [name, says] of Object.entries(programs))
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
  return withoutAwsCli({ env: { PATH: folder }, cwd: folder });
}

test.each(["aws-cli/1.45.11 Python/3.11.7", "aws-cli/2.31.0 Python/3.13.7"])("%s will do", async (said) => {
  expect(await asked({ openssl: "", aws: said })).toBeUndefined();
});

test.each<[string, Record<string, string>]>([
  ["no openssl on the PATH", { aws: "aws-cli/2.31.0" }],
  ["no aws on the PATH", { openssl: "" }],
  ["aws on the PATH is 1.44, older than 1.45", { openssl: "", aws: "aws-cli/1.44.9 Python/3.9" }],
  ["aws on the PATH is no AWS CLI", { openssl: "", aws: "hello" }],
])("%s", async (reason, programs) => {
  expect(await asked(programs)).toBe(reason);
});

test("the steps that need the AWS CLI are committed as not run where it lacks, and no others", () => {
  const profile = readProfile("emulator");
  expect(onMachine(profile, undefined)).toBe(profile);
  expect(onMachine(profile, "no aws on the PATH").notRun).toEqual([
    ...profile.notRun,
    { step: "OQ-push-batch", reason: "no aws on the PATH" },
  ]);
});
