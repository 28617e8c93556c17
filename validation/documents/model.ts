// SPDX-License-Identifier: Apache-2.0
import type { Drawing } from "./drawing";

/** A piece of text: plain, a value to be compared letter by letter, or a result. */
export type Inline = string | { readonly code: string } | { readonly result: string };

/** Contents of a cell; of a list each member stands on a line of its own. */
export type Cell = Inline | readonly Inline[];

/** Section of a document: 2, or 3 below it; 1 is the title. */
export interface Heading {
  readonly kind: "heading";
  readonly level: 2 | 3;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: string;
  /** What no reader may miss. */
  readonly tone?: "warning";
}

/** Names and values. */
export interface Facts {
  readonly kind: "facts";
  readonly items: readonly Fact[];
}

export interface Fact {
  readonly name: string;
  readonly value: Cell;
}

/** The first cell of a row says what the row is about: it is the row's header. */
export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly title: string;
  /** Part of the width, in proportion to the other columns. */
  readonly share: number;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly string[];
}

export interface Figure {
  readonly kind: "figure";
  readonly title: string;
  /** What the picture says, for those who do not see it. */
  readonly description: string;
  readonly drawing: Drawing;
}

/** One step, check or resource with everything known of it. */
export interface RecordBlock {
  readonly kind: "record";
  readonly id: string;
  readonly title: string;
  /** @default - none: it was not executed yet */
  readonly result?: string;
  readonly items: readonly Fact[];
  readonly tables: readonly Table[];
}

/** Lines to sign: 21 CFR 11.50(a). */
export interface Approvals {
  readonly kind: "approvals";
  readonly caption: string;
  readonly lines: readonly ApprovalLine[];
}

export interface ApprovalLine {
  readonly role: string;
  /** What the signature means, in the words that stand beside it. */
  readonly meaning: string;
  /** @default - none: an empty line to sign */
  readonly signed?: {
    readonly printedName: string;
    /** How it was made, and what it is not. */
    readonly made: string;
    /** Local time with its offset to UTC. */
    readonly at: string;
  };
}

export interface History {
  readonly kind: "history";
  readonly revisions: readonly Revision[];
}

export interface Revision {
  readonly version: string;
  readonly date: string;
  readonly change: string;
  readonly reason: string;
  readonly changedBy: string;
}

export type Block = Heading | Paragraph | Facts | Table | List | Figure | RecordBlock | Approvals | History;

/** How far a document is; PROVISIONAL is one that can never be approved, whatever is done to it. */
export type DocumentStatus = "DRAFT" | "APPROVED" | "EXECUTED" | "FINAL" | "PROVISIONAL";

/** What stands on every page. */
export interface DocumentHead {
  /** Letters, digits, `.`, `_`, `-`; name of the files. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly effectiveDate: string;
  readonly supersedes: string;
  readonly system: string;
  readonly environment: string;
  readonly status: DocumentStatus;
  readonly confidentiality: string;
  /** What else no page may be read without. */
  readonly stamp?: string;
}

/** One document in every format: what HTML, PDF and JSON are made of, and nothing else. */
export interface DocumentModel {
  readonly schemaVersion: 1;
  readonly head: DocumentHead;
  /** Time that the contents speak for, UTC, ISO 8601: the end of the run, never the time of the rendering. */
  readonly asOf: string;
  readonly blocks: readonly Block[];
}

/** What is not known is said: never an empty cell. */
export const NOT_RECORDED = "not recorded in this bundle";

/** Lines of a cell. */
export function linesOf(cell: Cell): readonly Inline[] {
  return Array.isArray(cell) ? (cell as readonly Inline[]) : [cell as Inline];
}
