// SPDX-License-Identifier: Apache-2.0

/** A key pair as AWS KMS tells of it. */
export interface KmsPublicKey {
  /** ARN of the key, alias resolved. */
  readonly arn: string;
  /** KeySpec, such as `ECC_NIST_P256`. */
  readonly spec: string;
  /** KeyUsage, such as `SIGN_VERIFY`. */
  readonly usage: string;
  readonly algorithms: readonly string[];
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
}

/** The two calls of AWS KMS that sealing needs, by the credentials of whoever seals. */
export interface KmsKeys {
  /** @param key key ARN, alias ARN or `alias/<name>` */
  publicKey(key: string): Promise<KmsPublicKey>;
  /** DER signature, ECDSA_SHA_256. @param digest SHA-256 of the message, 32 bytes */
  sign(arn: string, digest: Uint8Array): Promise<Uint8Array>;
}
