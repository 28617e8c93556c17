// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ephemeralSealKey, keyId, type SealKey } from "../../../validation/evidence";
import { packageRoot } from "../../../validation/package-root";
import { timeStampRequest } from "../../../validation/time-stamp/request";
import { sampleRun } from "../evidence/sample-run";
import { tamper } from "../evidence/tampering";
import { temporaryFolder } from "../evidence/temporary-folder";
import { VECTORS } from "../evidence/vectors";
import { Authority } from "../time-stamp/authority";

/**
 * What openssl and sha256sum can notice: that files, manifest, seal or key are not the sealed ones. For what its own
 * signer sealed again that signer answers, and an empty folder holds no record.
 */
const NOTICED = VECTORS.filter(
  ([name, { tamper: acts, wantCode }]) =>
    wantCode !== "INTACT" && name !== "extra-empty-folder" && !acts.some(({ op }) => op === "reseal"),
);

const guide = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "verify-evidence.md"), "utf8");
const recipe = /```sh\n([\s\S]*?)```/.exec(guide)![1]!;

const temporary = temporaryFolder();
const key = ephemeralSealKey();
const intact = path.join(temporary.path, "intact");

const approved = path.join(temporary.path, "approved");

beforeAll(() => {
  sampleRun(intact, { key });
  sampleRun(approved, { key, approved: true });
});
afterAll(() => temporary.remove());

function follow(folder: string, { publicKey }: SealKey, ...authority: string[]) {
  const { status, stdout } = spawnSync("sh", ["-c", recipe, "recipe", keyId(publicKey), ...authority], {
    cwd: folder,
    encoding: "utf8",
  });
  return { ended: status === 0, last: stdout.trimEnd().split("\n").at(-1), stdout };
}

describe("the recipe with openssl and sha256sum", () => {
  it("takes an intact bundle sealed by the named key", () => {
    expect(follow(intact, key)).toMatchObject({ ended: true, last: `sealed by ${keyId(key.publicKey)}` });
  });

  it("takes one sealed by an ECDSA P-256 key", () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const folder = path.join(temporary.path, "by-p256");
    sampleRun(folder, { key: ec });
    expect(follow(folder, ec).ended).toBe(true);
  });

  it("refuses one sealed by another key than the named one", () => {
    expect(follow(intact, ephemeralSealKey()).ended).toBe(false);
  });

  it("takes a time stamp over the seal, and checks its authority where one is given", () => {
    const folder = path.join(temporary.path, "stamped");
    fs.cpSync(intact, folder, { recursive: true });
    const seal = fs.readFileSync(path.join(folder, "seal.json"));
    const [mine, other] = ["mine", "other"].map((name) => new Authority(path.join(temporary.path, name)));
    for (const [name, { root }] of Object.entries({ mine: mine!, other: other! }))
      fs.writeFileSync(path.join(temporary.path, `${name}.pem`), root);
    fs.writeFileSync(path.join(folder, "seal.tsr"), mine!.answer(timeStampRequest(seal)));
    const given = (name: string) => follow(folder, key, path.join(temporary.path, `${name}.pem`));
    expect(follow(folder, key)).toMatchObject({
      ended: true,
      stdout: expect.stringContaining("time stamp present, its authority not pinned\nTime stamp: "),
    });
    expect(given("mine").ended).toBe(true);
    expect(given("other").ended).toBe(false);
    fs.writeFileSync(path.join(folder, "seal.tsr"), mine!.answer(timeStampRequest(Buffer.from("another seal"))));
    expect(follow(folder, key).ended).toBe(false);
    fs.rmSync(path.join(folder, "seal.tsr"));
    expect([follow(folder, key).ended, given("mine").ended]).toEqual([true, false]);
  });

  it.each(NOTICED)("refuses %s", (name, { of, tamper: acts }) => {
    const folder = path.join(temporary.path, `vector-${name}`);
    fs.cpSync(of === "approved" ? approved : intact, folder, { recursive: true });
    tamper(folder, acts, key);
    expect(follow(folder, key).ended).toBe(false);
  });
});
