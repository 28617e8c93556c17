// SPDX-License-Identifier: Apache-2.0

/** Who sends: one SFTP user, one role, one folder. Days are UTC, `YYYY-MM-DD`, first and last included. */
export interface Vendor {
  /** User name, last part of the role's name, and folder: 3-32 lower-case letters, digits, hyphens; a letter first. */
  readonly id: string;
  /** Studies that the vendor delivers for; each is a folder of its root. At least one. */
  readonly studies: readonly VendorStudy[];
  /** SSH keys of this vendor and no other. Without one nobody logs in. */
  readonly keys: readonly VendorKey[];
  /** Networks that the vendor connects from, at most /24 wide, /64 in IPv6. Without one nobody connects. */
  readonly cidrs: readonly string[];
  /** First day on which the vendor may log in. */
  readonly from: string;
  /** Last day on which the vendor may log in. */
  readonly until: string;
  /** False: every login is refused. @default true */
  readonly enabled?: boolean;
  /** Secret that holds the hash of the second component, where the server asks for one. @default - the key alone */
  readonly secretArn?: string;
}

export interface VendorStudy {
  /** Study id, 2-32 lower-case letters, digits, hyphens; not `test`. */
  readonly id: string;
}

export interface VendorKey {
  /** One line of OpenSSH: Ed25519, ECDSA, or RSA of 3072 bits and more. */
  readonly publicKey: string;
  /** First day of the key. @default - first day of the vendor */
  readonly notBefore?: string;
  /** Last day of the key. */
  readonly notAfter: string;
}
