// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { verify } from "../../../validation/cli/verify";
import { ephemeralSealKey, publicKeyPem } from "../../../validation/evidence";
import { zip } from "./archive/zip";
import { sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
const key = ephemeralSealKey();

beforeAll(() => {
  sampleRun(path.join(temporary.path, "run"), { key });
  fs.cpSync(path.join(temporary.path, "run"), path.join(temporary.path, "altered"), { recursive: true });
  fs.appendFileSync(path.join(temporary.path, "altered", "report.html"), " ");
  fs.writeFileSync(path.join(temporary.path, "altered", "a\u001b[2Jb"), "");
  const report = { name: "report.html", data: Buffer.from("x") };
  fs.writeFileSync(path.join(temporary.path, "linked.zip"), zip([{ ...report, mode: 0o120777 }]));
  fs.writeFileSync(path.join(temporary.path, "report.zip"), zip([report]));
  fs.writeFileSync(path.join(temporary.path, "key.pem"), publicKeyPem(key.publicKey));
  fs.writeFileSync(path.join(temporary.path, "other.pem"), publicKeyPem(ephemeralSealKey().publicKey));
  fs.writeFileSync(path.join(temporary.path, "private.pem"), key.privateKey.export({ type: "pkcs8", format: "pem" }));
});
afterAll(() => temporary.remove());

async function part11(...argv: string[]) {
  let stdout = "";
  let stderr = "";
  const exit = await verify(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
    cwd: temporary.path,
  });
  return { exit, stdout, stderr };
}

describe("part11 verify", () => {
  it.each<[number, string, string[]]>([
    [0, "intact and sealed by the given key", ["run", "--key", "key.pem"]],
    [3, "intact, signer not pinned", ["run"]],
    [1, "sealed by another key", ["run", "--key", "other.pem"]],
    [1, "altered", ["altered", "--key", "key.pem"]],
    [2, "no such path", ["absent", "--key", "key.pem"]],
    [2, "no manifest.json", ["."]],
    [1, "an archive with a link", ["linked.zip", "--key", "key.pem"]],
    [2, "an archive without manifest.json", ["report.zip", "--key", "key.pem"]],
    [2, "no such archive", ["absent.zip", "--key", "key.pem"]],
    [2, "no folder named", []],
    [2, "two folders named", ["run", "altered"]],
    [2, "an unknown option", ["run", "--force"]],
    [2, "a key given twice", ["run", "--key", "key.pem", "--key", "key.pem"]],
    [2, "a key that does not exist", ["run", "--key", "absent.pem"]],
    [2, "a private key as key", ["run", "--key", "private.pem"]],
    [2, "a key that is none", ["run", "--key", "run/report.html"]],
    [0, "help", ["--help"]],
  ])("exits %i: %s", async (exit, _name, argv) => {
    expect((await part11(...argv)).exit).toBe(exit);
  });

  it("tells status, conclusion, key and what the seal is", async () => {
    const { stdout } = await part11("run", "--key", "key.pem");
    expect(stdout.split("\n").slice(1, 3)).toEqual([
      "bundle sample-run, target emulator (emulator), status COMPLETE",
      "development evidence complete for this target, 2 steps not run on it; provisional: executed without the required approvals",
    ]);
    expect(stdout).toContain("integrity seal of the machine, not a 21 CFR 11.50 signature of a person");
  });

  it("names each problem by code and file, and lets no file name write to the terminal", async () => {
    const { stdout } = await part11("altered");
    expect(stdout).toContain("FILE_ALTERED report.html: ");
    expect(stdout).toContain("PATH_REFUSED a\\u{1b}[2Jb: ");
    expect(stdout).not.toContain("\u001b");
  });

  it("gives JSON on stdout and nothing else", async () => {
    const { stdout, stderr } = await part11("altered", "--json");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      exit: 1,
      problems: expect.arrayContaining([{ code: "FILE_ALTERED", path: "report.html", what: expect.any(String) }]),
    });
  });

  it("names no status for a bundle that is not intact", async () => {
    expect((await part11("altered", "--json")).stdout).not.toContain("COMPLETE");
  });

  it("says a usage error in one sentence with a code", async () => {
    const { stdout, stderr } = await part11("run", "--force");
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^USAGE: wrong usage in part11 verify: expected .*\n$/);
  });
});
