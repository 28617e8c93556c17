// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ephemeralSealKey, verifyBundle } from "../../../validation/evidence";
import { sampleRun } from "./sample-run";
import { tamper } from "./tampering";
import { temporaryFolder } from "./temporary-folder";
import { VECTORS } from "./vectors";

const temporary = temporaryFolder();
const intact = path.join(temporary.path, "intact");
const approved = path.join(temporary.path, "approved");
const key = ephemeralSealKey();

beforeAll(() => {
  sampleRun(intact, { key });
  sampleRun(approved, { key, approved: true });
});
afterAll(() => temporary.remove());

describe("tampering vectors", () => {
  it.each(VECTORS)("%s", (name, { of, tamper: acts, wantCode }) => {
    const folder = path.join(temporary.path, `vector-${name}`);
    fs.cpSync(of === "approved" ? approved : intact, folder, { recursive: true });
    tamper(folder, acts, key);
    const { exit, problems } = verifyBundle(folder, key.publicKey);
    const codes = problems.map(({ code }) => code);
    if (wantCode === "INTACT") expect([exit, codes]).toEqual([0, []]);
    else {
      expect(codes).toContain(wantCode);
      expect(exit).toBe(1);
    }
  });

  it("are negative in at least nine of ten cases", () => {
    const negative = VECTORS.filter(([, { wantCode }]) => wantCode !== "INTACT").length;
    process.stdout.write(`tampering vectors: ${VECTORS.length}, ${negative} negative\n`);
    expect(negative / VECTORS.length).toBeGreaterThanOrEqual(0.9);
  });

  it("say in words what each does", () => {
    expect(VECTORS.filter(([, { desc }]) => desc.length < 10)).toEqual([]);
  });
});
