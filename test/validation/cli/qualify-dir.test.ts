// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { qualify } from "../../../validation/cli/qualify";

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  cwd: fs.mkdtempSync(path.join(os.tmpdir(), "part11-dir-")),
};
afterAll(() => fs.rmSync(io.cwd, { recursive: true }));
const ports = { kms: () => Promise.reject(new Error("no KMS here")) };
const WHOLE = ["--dir", "infra", "--settings", "part11.yaml", "--provisional"];

test.each<[string, readonly string[], string]>([
  ["without settings", ["--dir", "infra", "--provisional"], "none"],
  ["that is not provisional", ["--dir", "infra", "--settings", "part11.yaml"], "a run that is not provisional"],
  ["with protocols", [...WHOLE, "--protocols", "issued"], "a run that is not provisional"],
  ["that receives files", [...WHOLE, "--arrivals", "5"], "--arrivals"],
  ["on AWS", [...WHOLE, "--target", "aws"], "--target aws"],
  ["of an account", [...WHOLE, "--account", "111122223333"], "--account without it"],
  ["with waivers and no folder", ["--waivers", "waivers.yaml", "--provisional"], "--waivers without it"],
  ["with a system and no folder", ["--system", "records", "--provisional"], "--system without it"],
])("a run of a folder %s is refused", async (_, argv, got) => {
  await expect(qualify([...argv], io as never, ports)).rejects.toMatchObject({ code: "USAGE", parts: { got } });
});

test("a folder that is not there is refused before anything is made", async () => {
  await expect(qualify(WHOLE, io as never, ports)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});
