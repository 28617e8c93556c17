// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as dns from "node:dns";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { ephemeralSealKey, verifyBundle } from "../../../validation/evidence";
import { sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

/** One bit in 211, in the full run one in 7: prime to 8, so that every position within a byte is met. */
const BIT_STEP = process.env.PART11_FUZZ ? 7 : 211;

const temporary = temporaryFolder();
const key = ephemeralSealKey();
const intact = path.join(temporary.path, "intact");

beforeAll(() => void sampleRun(intact, { key }));
afterAll(() => temporary.remove());

describe("verifyBundle", () => {
  it("gives 0 for an intact bundle sealed by the given key", () => {
    expect(verifyBundle(intact, key.publicKey)).toMatchObject({ exit: 0, problems: [] });
  });

  it("gives 3 for an intact bundle whose signer nobody named", () => {
    expect(verifyBundle(intact)).toMatchObject({ exit: 3, problems: [] });
  });

  it("gives 1 for an intact bundle sealed by another key than the given one", () => {
    const result = verifyBundle(intact, ephemeralSealKey().publicKey);
    expect([result.exit, result.problems[0]?.code]).toEqual([1, "SIGNER_DIFFERS"]);
  });

  it("gives 2 for a path that does not exist", () => {
    expect(verifyBundle(path.join(temporary.path, "absent")).exit).toBe(2);
  });

  it("gives 2 for a folder without manifest.json", () => {
    const empty = path.join(temporary.path, "empty");
    fs.mkdirSync(empty);
    expect(verifyBundle(empty).exit).toBe(2);
  });

  it("gives 1 for a manifest.json that is a dangling link", () => {
    const linked = path.join(temporary.path, "linked");
    fs.mkdirSync(linked);
    fs.symlinkSync("nowhere", path.join(linked, "manifest.json"));
    expect(verifyBundle(linked).exit).toBe(1);
  });

  it("opens no connection", () => {
    const connect = jest.spyOn(net.Socket.prototype, "connect");
    const lookup = jest.spyOn(dns, "lookup");
    expect(verifyBundle(intact, key.publicKey).exit).toBe(0);
    expect([connect.mock.calls, lookup.mock.calls]).toEqual([[], []]);
    jest.restoreAllMocks();
  });

  it("opens no named pipe", () => {
    const piped = path.join(temporary.path, "piped");
    fs.cpSync(intact, piped, { recursive: true });
    execFileSync("mkfifo", [path.join(piped, "pipe")]);
    expect(verifyBundle(piped, key.publicKey)).toMatchObject({
      exit: 1,
      problems: [{ code: "NOT_A_FILE", path: "pipe" }],
    });
  });

  it("finds each flipped bit in manifest, seal and public key", () => {
    const flipped = path.join(temporary.path, "flipped");
    fs.cpSync(intact, flipped, { recursive: true });
    let missed = 0;
    let bits = 0;
    for (const name of ["seal.pub.pem", "seal.json", "manifest.json"]) {
      const bytes = fs.readFileSync(path.join(flipped, name));
      for (let bit = 0; bit < bytes.length * 8; bit += BIT_STEP, bits++) {
        const copy = Buffer.from(bytes);
        copy[bit >> 3]! ^= 1 << (bit & 7);
        fs.writeFileSync(path.join(flipped, name), copy);
        if (verifyBundle(flipped).exit !== 1) missed++;
      }
      fs.writeFileSync(path.join(flipped, name), bytes);
    }
    process.stdout.write(`bits flipped in manifest, seal and key: ${bits}, missed: ${missed}\n`);
    expect(missed).toBe(0);
    expect(verifyBundle(flipped).exit).toBe(3);
  }, 3_600_000);

  it("concludes development evidence for the emulator", () => {
    expect(verifyBundle(intact, key.publicKey).summary).toMatchObject({
      status: "COMPLETE",
      conclusion:
        "development evidence complete for this target, 2 steps not run on it; provisional: executed without the required approvals",
    });
  });
});
