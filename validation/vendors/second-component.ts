// SPDX-License-Identifier: Apache-2.0
import { randomBytes, scrypt } from "node:crypto";

/** The cost that the identity provider checks with; a hash of another one lets nobody in (OWASP Password Storage Cheat Sheet, scrypt). */
const COST = { N: 2 ** 16, r: 8, p: 2, maxmem: 96 * 1024 * 1024 };

/** A password beside the key, made here: nobody chooses one that can be guessed. */
export interface SecondComponent {
  /** 192 random bits as 32 characters of base64url. */
  readonly password: string;
  /** All that is kept of it, as the vendor's secret holds it: `$scrypt$ln=16,r=8,p=2$<salt>$<hash>`, without a line end. */
  readonly hash: string;
}

export async function newSecondComponent(): Promise<SecondComponent> {
  const [password, salt] = [randomBytes(24).toString("base64url"), randomBytes(16)];
  const key = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, 32, COST, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
  return { password, hash: `$scrypt$ln=16,r=8,p=2$${unpadded(salt)}$${unpadded(key)}` };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
