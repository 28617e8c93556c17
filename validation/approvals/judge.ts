// SPDX-License-Identifier: Apache-2.0
import { isSamePerson } from "../gate/waivers/person";
import type { Shortcoming } from "./refusal";
import { AGREES, type BoundBundle, type BoundDocument, ROLES, type Role, type Statement } from "./statement";

/** As much of an approval as counts. */
export interface Counted {
  readonly name: string;
  readonly statement: Statement;
  readonly logins: readonly string[];
}

/** What approvals are held against. */
export interface Judged {
  readonly document: BoundDocument;
  /** Latest time that an approval may carry, UTC milliseconds: of a protocol the moment before execution. */
  readonly until: number;
  /** Names of whoever executes. */
  readonly executors: readonly string[];
  /** Of an executed report. @default - the document is a protocol, approved before there is a run */
  readonly report?: JudgedReport;
}

/** What is asked of an executed report beside what is asked of a protocol. */
export interface JudgedReport {
  readonly bundle: BoundBundle;
  /** Whose lines the report has. */
  readonly roles: readonly Role[];
  /** Of an emulator, or executed without approvals: nobody can approve it, whatever they sign. */
  readonly isProvisional: boolean;
}

/**
 * Why a document is not approved; empty when everybody who must agreed, each another person, to exactly this document, in its
 * time, and nobody rejected it. Of a protocol these are author, reviewer, system owner and quality, before it is executed; of
 * a report those whose lines it has, after the run, to this bundle, and of them only its author may have executed.
 *
 * @param approvals those of this document: `isOf` picks them
 */
export function judgeApprovals(approvals: readonly Counted[], judged: Judged): readonly Shortcoming[] {
  const { document, executors, report } = judged;
  const found = approvals.flatMap(({ name, statement }) => judgeOne(name, statement, judged));
  for (const [i, one] of approvals.entries()) {
    for (const other of approvals.slice(0, i)) found.push(...judgePair(one, other));
    if (executors.some((who) => names(one).some((name) => isSamePerson(name, who))))
      found.push(...byExecutor(one, report));
  }
  const agreed = approvals.map(({ statement }) => statement).filter(({ role, meaning }) => AGREES[role] === meaning);
  for (const role of report?.roles ?? ROLES) {
    if (agreed.some((statement) => statement.role === role)) continue;
    found.push(short("MISSING", `${document.id}, ${role}`, `no ${AGREES[role]} of ${document.sha256}`));
  }
  return found;
}

/** Whether a statement speaks of a document of this id, be it this issue of it or another. */
export function isOf({ statement }: Counted, { id }: Pick<BoundDocument, "id">): boolean {
  return statement.document.id === id;
}

/** Of a protocol the reviewer alone must be somebody else; of a report everybody but who performed it. */
function byExecutor({ name, statement }: Counted, report: JudgedReport | undefined): Shortcoming[] {
  const { role, printedName } = statement;
  if (role === "reviewer") return [short("EXECUTOR_REVIEWS", name, `${printedName} reviews what they execute`)];
  if (!report || role === "author") return [];
  return [short("EXECUTOR_APPROVES", name, `${printedName} decides as ${role} on what they executed`)];
}

function judgeOne(name: string, statement: Statement, { document, until, report }: Judged): Shortcoming[] {
  const found: Shortcoming[] = [];
  const told = statement.document;
  for (const member of ["id", "version", "issuedAt", "sha256"] as const) {
    if (told[member] === document[member]) continue;
    found.push(short("OTHER_DOCUMENT", name, `${member}: expected ${document[member]}, got ${told[member]}`));
  }
  for (const member of ["run", "manifestSha256"] as const) {
    const [expected, got] = [report?.bundle[member], statement.bundle?.[member]];
    if (got === expected) continue;
    found.push(short("OTHER_BUNDLE", name, `${member}: expected ${expected ?? "none"}, got ${got ?? "none"}`));
  }
  if (report && !report.roles.includes(statement.role)) {
    found.push(short("ROLE_UNLISTED", name, `${document.id} has no line of ${statement.role}`));
  }
  if (report?.isProvisional && statement.meaning === "approval") {
    found.push(short("PROVISIONAL", name, `${document.id} is provisional, which nobody can approve`));
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
