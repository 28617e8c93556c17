// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import {
  AGREES,
  NATURE,
  namespaceOf,
  parseAllowedSigners,
  ROLES,
  type Role,
  readApproval,
  type Statement,
  statementBytes,
} from "../../approvals";
import { namedFiles } from "../../approvals/approvals-folder";
import { sshPublicKey } from "../../approvals/public-key";
import { type PersonalKey, signStatement } from "../../approvals/sign";
import { wireString } from "../../approvals/wire";
import { type Bundle, boundProtocol, type EntryBodies, type Protocol, protocolHash } from "../../evidence";

/** Of the protocols of an approved run. */
export const ISSUE = { version: "1", issuedAt: "2026-11-20T08:00:00Z", reason: "First issue." };

const SIGNED_AT = "2026-11-20T10:00:00+00:00";

/** Approves each protocol by four people, whose keys are made for this run, and puts their records into the bundle. */
export function approve(bundle: Bundle, protocols: readonly Protocol[]): EntryBodies["approvals"] {
  const keys = new Map(ROLES.map((role) => [role, keyPair()] as const));
  const list = [...keys].map(([role, { publicKey }]) => {
    const { type, blob } = publicKey;
    return `${loginOf(role)} namespaces="${namespaceOf(role)}" ${type} ${blob.toString("base64")} ${nameOf(role)}\n`;
  });
  const signers = parseAllowedSigners(Buffer.from(list.join("")), "allowed_signers");
  const given = protocols.flatMap((protocol) =>
    [...keys].map(([role, key]) => {
      const said = statementOf(role, protocol);
      const signature = Buffer.from(signStatement(said, role, key));
      const record = { name: `${protocol.id}-${role}.json`, statement: statementBytes(said), signature };
      const { statement, logins, made } = readApproval(record, { signers });
      const files = namedFiles(record).map(([name, bytes]) => bundle.addFile(`approvals/${name}`, bytes));
      return { statement, logins, made, files };
    }),
  );
  return {
    provisional: false,
    protocols: protocols.map((protocol) => ({ protocol: protocol.id, protocolSha256: protocolHash(protocol) })),
    signers: bundle.addFile("approvals/allowed_signers", list.join("")),
    given,
  };
}

const loginOf = (role: Role) => `${role}.login`;
const nameOf = (role: Role) => `Somebody as ${role}`;

function statementOf(role: Role, protocol: Protocol): Statement {
  return {
    schemaVersion: 1,
    nature: NATURE,
    kind: "key",
    document: boundProtocol(protocol)!,
    person: loginOf(role),
    printedName: nameOf(role),
    role,
    meaning: AGREES[role],
    signedAt: SIGNED_AT,
  };
}

function keyPair(): PersonalKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  const point = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32);
  return { privateKey, publicKey: sshPublicKey(Buffer.concat(["ssh-ed25519", point].map(wireString))) };
}
