// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, type KeyObject } from "node:crypto";

function field(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive number in its shortest form, with a zero byte where its first bit is set. */
function mpint(bytes: Buffer): Buffer {
  return bytes[0]! > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

/** The line of OpenSSH for a type and the fields after it. */
export function keyLine(type: string, ...fields: readonly Uint8Array[]): string {
  const blob = Buffer.concat([Buffer.from(type), ...fields].map(field));
  return `${type} ${blob.toString("base64")}`;
}

/** The fields of an RSA key. */
export function rsaFields(publicKey: KeyObject): readonly [Buffer, Buffer] {
  const { e, n } = publicKey.export({ format: "jwk" });
  return [mpint(Buffer.from(e!, "base64url")), mpint(Buffer.from(n!, "base64url"))];
}

/** A new key of that type; its private half is forgotten. */
export function newKey(type: "ed25519" | "p256" | "p384" | "p521" | "rsa2048" | "rsa3072"): string {
  if (type === "ed25519") {
    const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    return keyLine("ssh-ed25519", Buffer.from(x!, "base64url"));
  }
  if (type.startsWith("rsa")) {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: Number(type.slice(3)) });
    return keyLine("ssh-rsa", ...rsaFields(publicKey));
  }
  const bits = type.slice(1);
  const { x, y } = generateKeyPairSync("ec", { namedCurve: `P-${bits}` }).publicKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url")]);
  return keyLine(`ecdsa-sha2-nistp${bits}`, Buffer.from(`nistp${bits}`), point);
}
