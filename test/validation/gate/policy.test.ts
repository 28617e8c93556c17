// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadPolicy } from "../../../validation/gate";
import { sha256Hex } from "../../../validation/json";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  for (const name of ["part11.wasm", "part11.json"]) {
    fs.copyFileSync(path.join(__dirname, "..", "..", "..", "policies", name), path.join(folder, name));
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("the compiled policies", () => {
  it("load when the wasm is the one that its sidecar names", () => {
    expect(loadPolicy(folder).sidecar.controls.length).toBeGreaterThan(0);
  });

  it("are named by the SHA-256 of the sidecar, which names the wasm", () => {
    expect(loadPolicy(folder).digest).toBe(sha256Hex(fs.readFileSync(path.join(folder, "part11.json"))));
  });

  it.each([
    ["a flipped bit", (wasm: Buffer) => Buffer.from(wasm.map((byte, i) => (i === 1000 ? byte ^ 1 : byte)))],
    ["a byte less", (wasm: Buffer) => wasm.subarray(0, -1)],
    ["no bytes", () => Buffer.alloc(0)],
  ])("are refused with %s", (_, change) => {
    const file = path.join(folder, "part11.wasm");
    fs.writeFileSync(file, change(fs.readFileSync(file)));
    expect(() => loadPolicy(folder)).toThrow(expect.objectContaining({ code: "POLICY_DIGEST" }));
  });

  it("are refused with a field that no schema knows", () => {
    const file = path.join(folder, "part11.json");
    fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(fs.readFileSync(file, "utf8")), trusted: true }));
    expect(() => loadPolicy(folder)).toThrow(expect.objectContaining({ code: "SCHEMA_MISMATCH" }));
  });
});
