// SPDX-License-Identifier: Apache-2.0
// What verifying needs of `node:crypto`, without Node: two digests, and the two kinds of public keys that may seal or sign.
import { ed25519 } from "@noble/curves/ed25519";
import { p256 } from "@noble/curves/nist";
import { sha256, sha512 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";

/** SubjectPublicKeyInfo up to the key itself: RFC 8410 section 4, and RFC 5480 section 2 with an uncompressed point. */
const KINDS = [
  { type: "ed25519", curve: undefined, head: "302a300506032b6570032100", length: 32 },
  { type: "ec", curve: "prime256v1", head: "3059301306072a8648ce3d020106082a8648ce3d03010703420004", length: 64 },
] as const;

type Kind = (typeof KINDS)[number];

class PublicKey {
  readonly asymmetricKeyType: Kind["type"];
  readonly asymmetricKeyDetails: { readonly namedCurve: string | undefined };

  constructor(
    private readonly der: Buffer,
    private readonly kind: Kind,
  ) {
    this.asymmetricKeyType = kind.type;
    this.asymmetricKeyDetails = { namedCurve: kind.curve };
  }

  export({ format }: { type: "spki"; format: "der" | "pem" }): Buffer | string {
    if (format === "der") return this.der;
    const lines = this.der.toString("base64").match(/.{1,64}/g)!;
    return `-----BEGIN PUBLIC KEY-----\n${lines.join("\n")}\n-----END PUBLIC KEY-----\n`;
  }

  /** The key as noble takes it: an Edwards point, or an uncompressed point with its leading 4. */
  get point(): Uint8Array {
    return this.der.subarray(this.der.length - this.kind.length - (this.kind.type === "ec" ? 1 : 0));
  }
}

/** Of a PEM text. Throws for any other key than one that may seal. */
export function createPublicKey(pem: string): PublicKey {
  const text = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(pem)?.[1];
  const der = Buffer.from(text ?? "", "base64");
  const hex = der.toString("hex");
  const kind = KINDS.find(({ head, length }) => hex.startsWith(head) && hex.length === head.length + 2 * length);
  if (kind === undefined) throw new Error("no public key of Ed25519 or ECDSA P-256");
  const key = new PublicKey(der, kind);
  if (kind.type === "ec") p256.ProjectivePoint.fromHex(key.point).assertValidity();
  return key;
}

/** As `node:crypto` has it: DER signatures over SHA-256 for ECDSA, Ed25519 of RFC 8032. */
export function verify(_digest: string | null, data: Uint8Array, key: PublicKey, signature: Uint8Array): boolean {
  try {
    if (key.asymmetricKeyType === "ed25519") return ed25519.verify(signature, data, key.point, { zip215: false });
    return p256.verify(signature, sha256(data), key.point, { format: "der", prehash: false });
  } catch {
    return false;
  }
}

const HASHES = { sha256, sha512 } as const;

/** SHA-256, and SHA-512 for signatures of people. */
export function createHash(name: keyof typeof HASHES) {
  const hash = HASHES[name].create();
  const self = {
    update(content: Uint8Array | string) {
      hash.update(typeof content === "string" ? new TextEncoder().encode(content) : content);
      return self;
    },
    digest: (_encoding: "hex") => bytesToHex(hash.digest()),
  };
  return self;
}

function absent(): never {
  throw new Error("the page verifies and makes no key or seal");
}

export { absent as createPrivateKey, absent as generateKeyPairSync, absent as sign };
