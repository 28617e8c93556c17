// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  Bundle,
  entriesOf,
  ephemeralSealKey,
  keyId,
  type RemoteSealKey,
  readJournal,
  verifyBundle,
} from "../../../validation/evidence";
import { renderReport } from "../../../validation/report";
import { type KmsPublicKey, kmsSealKey } from "../../../validation/seal-kms";
import { COMMITMENTS, steppingClock } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { ARN, InMemoryKms } from "./in-memory";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const ending = { outcome: "stopped", render: renderReport } as const;

function begun(name: string): { bundle: Bundle; folder: string } {
  const folder = path.join(temporary.path, name);
  return { bundle: Bundle.create(folder, COMMITMENTS, steppingClock()), folder };
}

describe("a bundle sealed by a key in AWS KMS", () => {
  it.each([
    ["lower", true],
    ["higher", false],
  ])("verifies offline with the public key alone, whether KMS spells its signature %s or not", async (name, lowS) => {
    const kms = new InMemoryKms({ lowS });
    const { bundle, folder } = begun(name);
    await bundle.closeBy(await kmsSealKey("alias/part11-seal", kms), ending);
    expect(verifyBundle(folder, kms.publicHalf)).toMatchObject({ exit: 0, problems: [] });
  });

  it("names the key's ARN in the sealed journal and in the report, and is trusted by its public key alone", async () => {
    const kms = new InMemoryKms();
    const { bundle, folder } = begun("named");
    await bundle.closeBy(await kmsSealKey("alias/part11-seal", kms), ending);
    const [finished] = entriesOf(readJournal(path.join(folder, "journal.jsonl")), "run-finished");
    expect(finished!.body).toMatchObject({ sealKey: "kms", sealKeyArn: ARN });
    expect(fs.readFileSync(path.join(folder, "report.html"), "utf8")).toContain(`AWS KMS key ${ARN}`);
    expect(bundle.sealedBy).toEqual({ keyId: keyId(kms.publicHalf), sealKey: "kms", sealKeyArn: ARN });
    expect(verifyBundle(folder, new InMemoryKms().publicHalf).exit).toBe(1);
  });

  it("is sealed by a key in a file, or made for the run, where that is what is given", async () => {
    const [given, made] = [begun("file"), begun("none")];
    const key = ephemeralSealKey();
    await given.bundle.closeBy(key, ending);
    await made.bundle.closeBy(undefined, ending);
    expect([given.bundle.sealedBy, made.bundle.sealedBy]).toEqual([
      { sealKey: "given", keyId: keyId(key.publicKey) },
      { sealKey: "ephemeral", keyId: expect.any(String) },
    ]);
  });

  it.each<[string, RemoteSealKey["sign"]]>([
    ["nothing", () => Promise.reject(Object.assign(new Error("denied"), { name: "AccessDeniedException" }))],
    ["no signature", async () => Buffer.from("no signature")],
    ["an empty answer", async () => Buffer.alloc(0)],
    ["a signature over something else", async () => Buffer.from(await new InMemoryKms().sign("", Buffer.alloc(32)))],
  ])("is no bundle when KMS answers %s at the end", async (name, sign) => {
    const key = await kmsSealKey("alias/part11-seal", new InMemoryKms());
    const { bundle, folder } = begun(`refused-${name.replaceAll(" ", "-")}`);
    await expect(bundle.closeBy({ ...key, sign }, ending)).rejects.toMatchObject({ code: "SEAL_NOT_MADE" });
    expect(verifyBundle(folder)).toMatchObject({ exit: 2 });
  });
});

describe("a key in AWS KMS", () => {
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" });

  it.each<[string, Partial<KmsPublicKey>]>([
    ["of RSA", { spec: "RSA_2048" }],
    ["on P-384", { spec: "ECC_NIST_P384" }],
    ["on secp256k1", { spec: "ECC_SECG_P256K1" }],
    ["that encrypts", { usage: "ENCRYPT_DECRYPT" }],
    ["that agrees keys", { usage: "KEY_AGREEMENT" }],
    ["without ECDSA_SHA_256", { algorithms: [] }],
    ["whose public key is none", { spki: Buffer.from("x") }],
    ["whose public key does not verify what it signs", { spki: other }],
  ])("%s is refused", async (_name, told) => {
    await expect(kmsSealKey("alias/part11-seal", new InMemoryKms({ told }))).rejects.toMatchObject({
      code: "KEY_UNUSABLE",
    });
  });

  it("is the one of the ARN that was named", async () => {
    const named = `${ARN.slice(0, -1)}c`;
    await expect(kmsSealKey(named, new InMemoryKms())).rejects.toMatchObject({ code: "KEY_UNUSABLE" });
    expect((await kmsSealKey(ARN, new InMemoryKms())).arn).toBe(ARN);
  });

  it("that may not sign is refused before the run, with what KMS said", async () => {
    const kms = new InMemoryKms();
    kms.sign = () => Promise.reject(Object.assign(new Error("not yours"), { name: "AccessDeniedException" }));
    await expect(kmsSealKey(ARN, kms)).rejects.toMatchObject({
      code: "KEY_UNUSABLE",
      message: expect.stringContaining("AccessDeniedException: not yours"),
    });
  });

  it("is given a digest to sign, whatever the length of the message", async () => {
    const kms = new InMemoryKms();
    const key = await kmsSealKey(ARN, kms);
    await key.sign(Buffer.alloc(100_000));
    expect(kms.signed.map((digest) => digest.length)).toEqual([64, 64]);
  });
});
