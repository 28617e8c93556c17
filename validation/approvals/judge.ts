// SPDX-License-Identifier: Apache-2.0
import { isSamePerson } from "../gate/waivers/person";
import type { Shortcoming } from "./refusal";
import { AGREES, type BoundDocument, ROLES, type Statement } from "./statement";

/** As much of an approval as counts. */
export interface Counted {
  readonly name: string;
  readonly statement: Statement;
  readonly logins: readonly string[];
}

/** What approvals are held against. */
export interface Judged {
  readonly document: BoundDocument;
  /** Latest time that an approval may carry, UTC milliseconds: the moment before execution. */
  readonly until: number;
  /** Names of whoever executes. */
  readonly executors: readonly string[];
}

/**
 * Why a document is not approved; empty when author, reviewer, system owner and quality each agreed, each another person,
 * to exactly this document, after it was issued and before it is executed, and nobody rejected it.
 *
 * @param approvals those of this document: `isOf` picks them
 */
export function judgeApprovals(
  approvals: readonly Counted[],
  { document, until, executors }: Judged,
): readonly Shortcoming[] {
  const found = approvals.flatMap(({ name, statement }) => judgeOne(name, statement, { document, until, executors }));
  for (const [i, one] of approvals.entries()) {
    for (const other of approvals.slice(0, i)) found.push(...judgePair(one, other));
    if (one.statement.role === "reviewer" && executors.some((who) => names(one).some((n) => isSamePerson(n, who)))) {
      found.push(short("EXECUTOR_REVIEWS", one.name, `${one.statement.printedName} reviews what they execute`));
    }
  }
  const agreed = approvals.map(({ statement }) => statement).filter(({ role, meaning }) => AGREES[role] === meaning);
  for (const role of ROLES) {
    if (agreed.some((statement) => statement.role === role)) continue;
    found.push(short("MISSING", `${document.id}, ${role}`, `no ${AGREES[role]} of ${document.sha256}`));
  }
  return found;
}

/** Whether a statement speaks of a document of this id, be it this issue of it or another. */
export function isOf({ statement }: Counted, { id }: Pick<BoundDocument, "id">): boolean {
  return statement.document.id === id;
}

function judgeOne(name: string, statement: Statement, { document, until }: Judged): Shortcoming[] {
  const found: Shortcoming[] = [];
  const told = statement.document;
  for (const member of ["id", "version", "issuedAt", "sha256"] as const) {
    if (told[member] === document[member]) continue;
    found.push(short("OTHER_DOCUMENT", name, `${member}: expected ${document[member]}, got ${told[member]}`));
  }
  const at = Date.parse(statement.signedAt);
  if (!(at >= Date.parse(document.issuedAt))) {
    found.push(short("BEFORE_DOCUMENT", name, `${statement.signedAt} is before ${document.issuedAt}`));
  }
  const last = Math.max(at, statement.comparison ? Date.parse(statement.comparison.comparedAt) : at);
  if (!(last <= until)) {
    found.push(short("TOO_LATE", name, `${statement.signedAt} is after ${new Date(until).toISOString()}`));
  }
  if (statement.meaning === "rejection") {
    found.push(short("REJECTED", name, `by ${statement.printedName}, ${statement.role}: ${statement.reason}`));
  }
  return found;
}

function judgePair(one: Counted, other: Counted): Shortcoming[] {
  const { role, printedName } = one.statement;
  const same = names(one).some((name) => names(other).some((earlier) => isSamePerson(name, earlier)));
  if (role === other.statement.role) return [short("DUPLICATE", one.name, `a second statement as ${role}`)];
  if (!same) return [];
  return [short("SAME_PERSON", one.name, `${printedName} speaks as ${role} and as ${other.statement.role}`)];
}

function names({ statement, logins }: Counted): readonly string[] {
  return [statement.person, statement.printedName, ...logins];
}

function short(fault: Shortcoming["fault"], where: string, what: string): Shortcoming {
  return { fault, where, what };
}
