// SPDX-License-Identifier: Apache-2.0
import {
  type AllowedSigner,
  type ApprovalFiles,
  COMPARISON,
  type Meaning,
  NATURE,
  parseStatement,
  type Role,
  type Statement,
  statementBytes,
} from "../approvals";
import { localTime, type PersonalKey, signStatement } from "../approvals/sign";
import { sha256Hex } from "../json";
import { approvalRefused as refused, type ToApprove } from "./approved-document";

/** What whoever approves says on the command line. */
export interface Stated {
  readonly role: Role;
  readonly meaning: Meaning;
  readonly reason?: string;
  /** Of a page signed by hand: who signed it, and the name and time that stand on it. */
  readonly signedBy?: string;
  readonly printedName?: string;
  readonly signedAt?: string;
}

/**
 * What is signed: by whoever approves, or with a scan by whoever compared the page with the document.
 *
 * @throws APPROVAL_REFUSED for a meaning that the role cannot give, a reason that is missing or beside an approval, and what only one kind of record has
 */
export function statementOf(
  flags: Stated,
  subject: ToApprove,
  signer: AllowedSigner,
  scan: Buffer | undefined,
): Statement {
  const { role, meaning, reason } = flags;
  const now = localTime(new Date());
  const { person, printedName } = signer;
  const statement: Statement = {
    schemaVersion: 1,
    nature: NATURE,
    document: subject.document,
    ...(subject.bundle ? { bundle: subject.bundle } : {}),
    role,
    meaning,
    ...(reason === undefined ? {} : { reason }),
    ...(scan
      ? {
          ...onPage(flags),
          attached: { sha256: sha256Hex(scan), size: scan.length },
          comparison: { person, printedName, comparedAt: now, statement: COMPARISON },
        }
      : { ...byKey(flags), person, printedName, signedAt: now }),
  };
  try {
    return parseStatement(statementBytes(statement), "part11 approve");
  } catch (error) {
    const expected = "a meaning that the role can give, a reason exactly of a rejection, and a time that exists";
    throw refused("part11 approve", expected, (error as Error).message);
  }
}

/** What stands on the page; the clock says nothing of when it was signed. */
function onPage({ signedBy, printedName, signedAt }: Stated) {
  if (signedBy === undefined || printedName === undefined || signedAt === undefined) {
    throw refused(
      "--scan",
      "--signed-by, --printed-name and --signed-at, as they stand on the page",
      "not all of them",
    );
  }
  return { kind: "wet-ink", person: signedBy, printedName, signedAt } as const;
}

function byKey({ signedBy, printedName, signedAt }: Stated) {
  if ([signedBy, printedName, signedAt].every((one) => one === undefined)) return { kind: "key" } as const;
  throw refused("part11 approve", "--scan with a name or a time: of a key the list and the clock say them", "none");
}

/** A statement with its signature, unless a person signs it elsewhere, and its scan. */
export function recordOf(
  statement: Statement,
  purpose: Role | "comparison",
  key: PersonalKey | undefined,
  attached: Buffer | undefined,
): ApprovalFiles {
  const bytes = statementBytes(statement);
  return {
    name: `${statement.document.id}-${statement.role}-${sha256Hex(bytes).slice(0, 12)}.json`,
    statement: bytes,
    ...(key ? { signature: Buffer.from(signStatement(statement, purpose, key)) } : {}),
    ...(attached ? { attached } : {}),
  };
}
