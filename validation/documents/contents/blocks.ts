// SPDX-License-Identifier: Apache-2.0
import type { Approvals, Block, Cell, Column, Fact, Facts, Heading, List, Paragraph, Table } from "../model";

export function section(text: string, ...blocks: readonly Block[]): readonly Block[] {
  return [{ kind: "heading", level: 2, text } satisfies Heading, ...blocks];
}

export function paragraph(text: string): Paragraph {
  return { kind: "paragraph", text };
}

export function facts(...items: ReadonlyArray<readonly [string, Cell]>): Facts {
  return { kind: "facts", items: factItems(items) };
}

export function factItems(items: ReadonlyArray<readonly [string, Cell]>): readonly Fact[] {
  return items.map(([name, value]) => ({ name, value }));
}

/** Columns as `title` to share of the width. */
export function table(
  caption: string,
  columns: Readonly<Record<string, number>>,
  rows: readonly (readonly Cell[])[],
): Table {
  const titles = Object.entries(columns).map(([title, share]): Column => ({ title, share }));
  return { kind: "table", caption, columns: titles, rows };
}

export function list(...items: readonly string[]): List {
  return { kind: "list", items };
}

export function approvals(caption: string, ...lines: ReadonlyArray<readonly [string, string]>): Approvals {
  return { kind: "approvals", caption, lines: lines.map(([role, meaning]) => ({ role, meaning })) };
}

export function code(text: string): Cell {
  return { code: text };
}

export function result(text: string): Cell {
  return { result: text };
}

/** Ids in one cell; what names none says so. */
export function ids(names: readonly string[], none = "none"): string {
  return names.length === 0 ? none : names.join(", ");
}
