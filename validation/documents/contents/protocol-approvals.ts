// SPDX-License-Identifier: Apache-2.0
import { ROLES, type Role, type Statement } from "../../approvals";
import { entriesOf, type Protocol, type RunRecord } from "../../evidence";
import type { ApprovalLine, Approvals } from "../model";

/** An approval as the journal holds it. */
export interface ShownApproval {
  readonly statement: Statement;
  readonly made: string;
}

const LINES: Readonly<Record<Role, Pick<ApprovalLine, "role" | "meaning">>> = {
  author: { role: "Author", meaning: "The technical content is mine, and it is complete and correct." },
  reviewer: {
    role: "Reviewer",
    meaning: "I am not the author; the technical content was reviewed against requirements and risk assessment.",
  },
  "system-owner": {
    role: "System owner",
    meaning: "The steps are fit to show that the system does what its users need.",
  },
  quality: { role: "Quality", meaning: "The protocol complies with the quality system; it may be executed." },
};

/** What a run was begun with, of these protocols. */
export function approvalsOf(
  { entries }: Pick<RunRecord, "entries">,
  protocols: readonly Protocol[],
): readonly ShownApproval[] {
  const ids = new Set(protocols.map(({ id }) => id));
  return entriesOf(entries, "approvals")
    .flatMap(({ body }) => body.given)
    .filter(({ statement }) => ids.has(statement.document.id));
}

/** The lines of everybody who approves a protocol: as given, empty where nothing was. A rejection says why. */
export function protocolApprovals(caption: string, given: readonly ShownApproval[]): Approvals {
  const lines = ROLES.flatMap((role): ApprovalLine[] => {
    const own = given.filter(({ statement }) => statement.role === role);
    return own.length === 0 ? [LINES[role]] : own.map((one) => lineOf(role, one));
  });
  return { kind: "approvals", caption, lines };
}

function lineOf(role: Role, { statement, made }: ShownApproval): ApprovalLine {
  const { meaning, reason, printedName, signedAt } = statement;
  const said = meaning === "rejection" ? `Rejection: ${reason}` : `${capital(meaning)}: ${LINES[role].meaning}`;
  return { role: LINES[role].role, meaning: said, signed: { printedName, made, at: signedAt } };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
