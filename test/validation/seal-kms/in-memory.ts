// SPDX-License-Identifier: Apache-2.0
// AWS KMS as far as sealing knows it: one key pair, and answers that a test may change.
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { p256 } from "@noble/curves/nist";
import type { KmsKeys, KmsPublicKey } from "../../../validation/seal-kms";

export const ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

export class InMemoryKms implements KmsKeys {
  readonly publicHalf: KeyObject;
  /** What was asked to be signed, in hexadecimal. */
  readonly signed: string[] = [];
  private readonly secret: Buffer;

  constructor(private readonly vary: { told?: Partial<KmsPublicKey>; lowS?: boolean } = {}) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.publicHalf = publicKey;
    this.secret = Buffer.from(privateKey.export({ format: "jwk" }).d!, "base64url");
  }

  async publicKey(): Promise<KmsPublicKey> {
    const spki = this.publicHalf.export({ type: "spki", format: "der" });
    const honest = { arn: ARN, spec: "ECC_NIST_P256", usage: "SIGN_VERIFY", algorithms: ["ECDSA_SHA_256"], spki };
    return { ...honest, ...this.vary.told };
  }

  async sign(_arn: string, digest: Uint8Array): Promise<Uint8Array> {
    this.signed.push(Buffer.from(digest).toString("hex"));
    const lower = p256.sign(digest, this.secret, { lowS: true, prehash: false });
    if (this.vary.lowS !== false) return lower.toDERRawBytes();
    return new p256.Signature(lower.r, p256.CURVE.n - lower.s).toDERRawBytes();
  }
}
