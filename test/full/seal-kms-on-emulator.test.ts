// SPDX-License-Identifier: Apache-2.0
// Sealing with the embedded AWS's own KMS: what the SDK sends and what comes back, which the in-memory KMS only supposes.
import { createPublicKey } from "node:crypto";
import * as path from "node:path";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  GetPublicKeyCommand,
  type KeySpec,
  type KeyUsageType,
  KMSClient,
} from "@aws-sdk/client-kms";
import { Bundle, verifyBundle } from "../../validation/evidence";
import { renderReport } from "../../validation/report";
import { kmsSealKey } from "../../validation/seal-kms";
import { AwsKmsKeys } from "../../validation/seal-kms/aws-kms-keys";
import { clientConfig, createAdministrator, type Emulator, startEmulator } from "../../validation/target/emulator";
import { COMMITMENTS, steppingClock } from "../validation/evidence/sample-run";
import { temporaryFolder } from "../validation/evidence/temporary-folder";
import { emulatorOptions } from "../validation/target/emulator/running";

const AliasName = "alias/part11-seal";
const temporary = temporaryFolder();

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let kms: KMSClient;
let arn: string;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  kms = new KMSClient(clientConfig(emulator, await createAdministrator(emulator)));
  arn = await key("ECC_NIST_P256", "SIGN_VERIFY");
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: arn }));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
  temporary.remove();
});

async function key(KeySpec: KeySpec, KeyUsage: KeyUsageType): Promise<string> {
  return (await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage }))).KeyMetadata!.Arn!;
}

test("a bundle sealed by an alias names the key's ARN and verifies without AWS", async () => {
  const seal = await kmsSealKey(AliasName, new AwsKmsKeys(kms));
  // Every other signature comes in the higher spelling: sixteen seals meet both.
  for (let at = 0; at < 16; at += 1) {
    const folder = path.join(temporary.path, String(at));
    const bundle = Bundle.create(folder, COMMITMENTS, steppingClock());
    await bundle.closeBy(seal, { outcome: "stopped", render: renderReport });
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: arn }));
    const signer = createPublicKey({ key: Buffer.from(PublicKey!), format: "der", type: "spki" });
    expect(verifyBundle(folder, signer)).toMatchObject({ exit: 0, problems: [] });
    expect(bundle.sealedBy).toMatchObject({ sealKey: "kms", sealKeyArn: arn });
  }
});

test.each<[KeySpec, KeyUsageType]>([
  ["ECC_NIST_P384", "SIGN_VERIFY"],
  ["RSA_2048", "SIGN_VERIFY"],
  ["RSA_2048", "ENCRYPT_DECRYPT"],
])("a key of spec %s for %s is refused", async (spec, usage) => {
  const named = await key(spec, usage);
  await expect(kmsSealKey(named, new AwsKmsKeys(kms))).rejects.toMatchObject({ code: "KEY_UNUSABLE" });
});

test("a key that is disabled, and one that is not there, are refused with what AWS says", async () => {
  const disabled = await key("ECC_NIST_P256", "SIGN_VERIFY");
  await kms.send(new DisableKeyCommand({ KeyId: disabled }));
  for (const [named, said] of [
    [disabled, "DisabledException"],
    ["alias/absent", "NotFoundException"],
  ] as const) {
    await expect(kmsSealKey(named, new AwsKmsKeys(kms))).rejects.toMatchObject({
      code: "KEY_UNUSABLE",
      message: expect.stringContaining(said),
    });
  }
});
