// SPDX-License-Identifier: Apache-2.0
import type { LoginSettings } from "../../../../modules/sftp-gateway/identity-provider/decision";
import type { LoginLine, LoginPorts } from "../../../../modules/sftp-gateway/identity-provider/log-in";
import type { DirectoryItem } from "../../../../modules/sftp-gateway/identity-provider/vendor-record";
import { parseSshKey } from "../../../../modules/vendor-directory/ssh-key";

export const settings: LoginSettings = {
  methods: "PUBLIC_KEY",
  bucketArn: "arn:aws:s3:::acme-clin-inbox-111122223333",
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/*",
  region: "eu-central-1",
  roleArnPrefix: "arn:aws:iam::111122223333:role/acme-clin-vendor-",
};

const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:vendor-acme";

/** An Ed25519 key of 32 equal bytes, as a line of OpenSSH without comment. */
export function key(byte: number): string {
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([field(Buffer.from("ssh-ed25519")), field(Buffer.alloc(32, byte))]);
  return `ssh-ed25519 ${blob.toString("base64")}`;
}

export function fingerprint(publicKey: string): string {
  const parsed = parseSshKey(publicKey);
  if (!("fingerprint" in parsed)) throw new Error(parsed.problem);
  return parsed.fingerprint;
}

export const now = new Date("2026-11-22T12:00:00Z");

export function profile(changes: DirectoryItem = {}): DirectoryItem {
  return {
    vendor: "acme",
    item: "profile",
    enabled: true,
    from: "2026-11-01",
    until: "2027-10-31",
    cidrs: ["192.0.2.16/28", "2001:db8:1::/64"],
    studies: ["st-101", "st-202"],
    ...changes,
  };
}

export function keyItem(publicKey: string, changes: DirectoryItem = {}): DirectoryItem {
  return {
    vendor: "acme",
    item: `key#${fingerprint(publicKey)}`,
    publicKey,
    notBefore: "2026-11-01",
    notAfter: "2027-04-30",
    ...changes,
  };
}

export const withSecret: DirectoryItem = { secretArn: SECRET };

/** An event of Transfer: a login by key from a listed address, unless changed. */
export function loginEvent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { username: "acme", protocol: "SFTP", serverId: "s-0123456789abcdef0", sourceIp: "192.0.2.17", ...changes };
}

/** Ports on items in memory, and the lines that were logged. */
export function ports(
  items: readonly DirectoryItem[],
  changes: Partial<LoginPorts> = {},
): LoginPorts & { readonly lines: LoginLine[]; readonly secretsRead: string[] } {
  const lines: LoginLine[] = [];
  const secretsRead: string[] = [];
  return {
    itemsOf: async (vendor) => items.filter((item) => item.vendor === vendor),
    secret: async (arn) => {
      secretsRead.push(arn);
      return undefined;
    },
    now: () => now,
    log: (line) => lines.push(line),
    lines,
    secretsRead,
    ...changes,
  };
}
