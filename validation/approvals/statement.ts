// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate/escape/terminal";
import { isDay } from "../gate/waivers/calendar";
import { assertSchema, canonicalJson, parseStrict } from "../json";
import { refusal } from "./refusal";

/** What every approval record is called where it is printed. */
export const NATURE = "approval record, not a 21 CFR Part 11 signature";

/** What whoever compares a scanned page with the document signs. */
export const COMPARISON =
  "I compared the scanned page with the document: the page shows its id, its version and its SHA-256, and the name, date, time and meaning written here.";

/** Everybody who approves a protocol before it is executed, in the order of its first page. */
export const ROLES = ["author", "reviewer", "system-owner", "quality"] as const;
export type Role = (typeof ROLES)[number];

export type Meaning = "authorship" | "review" | "approval" | "rejection";

/** What each role says when it agrees. A rejection is open to all but the author. */
export const AGREES: Readonly<Record<Role, Meaning>> = {
  author: "authorship",
  reviewer: "review",
  "system-owner": "approval",
  quality: "approval",
};

/** A document as approvals are bound to it. */
export interface BoundDocument {
  readonly id: string;
  readonly version: string;
  /** UTC. Nothing is approved before it. */
  readonly issuedAt: string;
  /** Of the bytes that were read by whoever approves. */
  readonly sha256: string;
}

/** The sealed run that an executed report is of. */
export interface BoundBundle {
  readonly run: string;
  /** Of `manifest.json`, the root of the bundle. */
  readonly manifestSha256: string;
}

/** What one person states of one document: `approval.schema.json`. */
export interface Statement {
  readonly schemaVersion: 1;
  readonly nature: typeof NATURE;
  /** `key`: signed with the person's own key; `wet-ink`: on paper, scanned; `external`: in another system. */
  readonly kind: "key" | "wet-ink" | "external";
  readonly document: BoundDocument;
  /** Of an executed report alone: a protocol is approved before there is a bundle. */
  readonly bundle?: BoundBundle;
  readonly person: string;
  readonly printedName: string;
  readonly role: Role;
  readonly meaning: Meaning;
  /** Of a rejection. */
  readonly reason?: string;
  /** Local time with its offset to UTC. */
  readonly signedAt: string;
  /** The scanned page, or the record of the other system. */
  readonly attached?: { readonly sha256: string; readonly size: number };
  readonly comparison?: {
    readonly person: string;
    readonly printedName: string;
    readonly comparedAt: string;
    readonly statement: typeof COMPARISON;
  };
  readonly system?: { readonly name: string; readonly envelope: string };
}

/** Bytes that are signed. */
export function statementBytes(statement: Statement): Buffer {
  return Buffer.from(canonicalJson(statement));
}

/**
 * Statement of exactly these bytes.
 *
 * @throws ApprovalRefusal MALFORMED for another shape or spelling, MEANING_FOREIGN for a meaning that the role cannot give
 */
export function parseStatement(bytes: Uint8Array, where: string): Statement {
  let value: unknown;
  try {
    value = parseStrict(bytes, where);
    assertSchema("approval", value, where);
  } catch (error) {
    throw refusal("MALFORMED", where, (error as Error).message);
  }
  const statement = value as Statement;
  if (!statementBytes(statement).equals(Buffer.from(bytes))) throw refusal("MALFORMED", where, "not canonical JSON");
  for (const text of [statement.printedName, statement.reason ?? "", statement.comparison?.printedName ?? ""]) {
    if (visible(text) !== text) throw refusal("MALFORMED", where, "a character that cannot be seen");
  }
  for (const time of [statement.signedAt, statement.document.issuedAt, statement.comparison?.comparedAt]) {
    if (time !== undefined && (!isDay(time.slice(0, 10)) || Number.isNaN(Date.parse(time)))) {
      throw refusal("MALFORMED", where, `a time that does not exist: ${time}`);
    }
  }
  const { role, meaning } = statement;
  const open: readonly Meaning[] = role === "author" ? ["authorship"] : [AGREES[role], "rejection"];
  if (!open.includes(meaning)) throw refusal("MEANING_FOREIGN", where, `${role} cannot state ${meaning}`);
  return statement;
}
