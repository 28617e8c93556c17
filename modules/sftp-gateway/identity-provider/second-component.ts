// SPDX-License-Identifier: Apache-2.0
import { type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** One cost for all, so that the time of a check tells nothing of the vendor (OWASP Password Storage Cheat Sheet, scrypt, read 2026-11-22). */
const COST: ScryptOptions = { N: 2 ** 16, r: 8, p: 2, maxmem: 96 * 1024 * 1024 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

const STORED = /^\$scrypt\$ln=16,r=8,p=2\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/** Checked against for users that have no hash: nothing gives it, and it takes as long. */
const DUMMY = { salt: Buffer.alloc(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES), usable: false };

/** Text that is kept of a second component, in the form of PHC: `$scrypt$ln=16,r=8,p=2$<salt>$<hash>`. @param salt 16 random bytes */
export async function hashSecondComponent(component: string, salt: Buffer): Promise<string> {
  return `$scrypt$ln=16,r=8,p=2$${unpadded(salt)}$${unpadded(await derive(component, salt))}`;
}

/** True when the component gives the stored hash. Without a usable hash it takes as long and is false. */
export async function isSecondComponent(component: string, stored: string | undefined): Promise<boolean> {
  const { salt, hash, usable } = parsed(stored) ?? DUMMY;
  const equal = timingSafeEqual(await derive(component, salt), hash);
  return equal && usable;
}

function parsed(stored: string | undefined) {
  const [, salt, hash] = STORED.exec(stored ?? "") ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  return { salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64"), usable: true };
}

function derive(component: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One text may be typed in several ways of composing its letters.
    scrypt(component.normalize("NFKC"), salt, HASH_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
