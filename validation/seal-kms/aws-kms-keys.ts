// SPDX-License-Identifier: Apache-2.0
import { GetPublicKeyCommand, type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { Part11Error } from "../error";
import type { KmsKeys, KmsPublicKey } from "./kms-keys";

/** Keys of AWS KMS. The digest is sent, never the message: Sign takes 4,096 bytes of a message, and a statement may be longer. */
export class AwsKmsKeys implements KmsKeys {
  constructor(private readonly kms: KMSClient) {}

  async publicKey(key: string): Promise<KmsPublicKey> {
    const answer = await this.kms.send(new GetPublicKeyCommand({ KeyId: key }));
    const { KeyId, KeySpec, KeyUsage, SigningAlgorithms = [], PublicKey } = answer;
    if (!KeyId || !KeySpec || !KeyUsage || !PublicKey) throw notUnderstood("GetPublicKey", "key, spec, usage and ARN");
    return { arn: KeyId, spec: KeySpec, usage: KeyUsage, algorithms: SigningAlgorithms, spki: PublicKey };
  }

  async sign(KeyId: string, Message: Uint8Array): Promise<Uint8Array> {
    const request = { KeyId, Message, MessageType: "DIGEST", SigningAlgorithm: "ECDSA_SHA_256" } as const;
    return (await this.kms.send(new SignCommand(request))).Signature ?? notSigned();
  }
}

function notSigned(): never {
  throw notUnderstood("Sign", "a signature");
}

function notUnderstood(where: string, expected: string): Part11Error {
  return new Part11Error({
    code: "TRANSPORT",
    what: "answer of AWS not understood",
    where,
    expected,
    got: "none",
    todo: "see what answers in the place of AWS KMS",
  });
}
