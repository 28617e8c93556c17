// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { readJsonFile } from "../json";
import { packageRoot } from "../package-root";
import type { ControlMetadata } from "./decisions";

const MAX_BYTES = 1024 * 1024;

/** The five texts beside Part 11, in the order of the table's columns. */
export const TEXTS = ["annex11", "annex11Draft", "e6r3", "ema", "alcoa"] as const;
export type TextKey = (typeof TEXTS)[number];

/** One clause of Part 11, what it says in our words, and where the other texts say the same. */
export interface CrosswalkRow extends Readonly<Record<TextKey, readonly string[]>> {
  readonly clause: string;
  readonly says: string;
  /** What an organisation does about it; absent where the system does all of it. */
  readonly procedural?: string;
}

/** A control of the catalogue that no plan shows: challenged in OQ, or kept by a procedure. */
export interface OutsideControl {
  readonly id: string;
  readonly kind: "oq" | "procedural";
  readonly title: string;
  readonly severity: string;
  readonly clauses: readonly string[];
  readonly annex11: readonly string[];
  /** User requirements that it serves. */
  readonly requirements: readonly string[];
  readonly how: string;
  /** Steps that show it on the installed system. `@default` none yet */
  readonly verified_by?: readonly string[];
}

/** `policies/crosswalk.json`. */
export interface Crosswalk {
  readonly editions: readonly { readonly key: string; readonly name: string; readonly edition: string }[];
  readonly rows: readonly CrosswalkRow[];
  /** Controls that the gate judges, or will judge: id -> clauses. */
  readonly gate: Readonly<Record<string, readonly string[]>>;
  /** Controls of the gate that the catalogue of 116 did not have: id -> clauses. */
  readonly added: Readonly<Record<string, readonly string[]>>;
  readonly outside: readonly OutsideControl[];
}

/** @param folder folder of the compiled policies. `@default` the one of this package */
export function loadCrosswalk(folder: string = path.join(packageRoot(), "policies")): Crosswalk {
  return readJsonFile(path.join(folder, "crosswalk.json"), { maxBytes: MAX_BYTES }) as unknown as Crosswalk;
}

/** Whether a control that names `named` speaks of the row of `clause`: the same clause, its whole, or a part of it. */
export function speaksOf(named: string, clause: string): boolean {
  return within(named, clause) || within(clause, named);
}

/** Compiled controls of one row, in the order of their ids. */
export function controlsOf(row: CrosswalkRow, controls: readonly ControlMetadata[]): readonly ControlMetadata[] {
  return controls.filter(({ clauses }) => clauses.some((named) => speaksOf(named, row.clause)));
}

/** Controls of one row that no plan shows. */
export function outsideOf(row: CrosswalkRow, { outside }: Crosswalk): readonly OutsideControl[] {
  return outside.filter(({ clauses }) => clauses.some((named) => speaksOf(named, row.clause)));
}

function within(whole: string, part: string): boolean {
  return part === whole || part.startsWith(`${whole}(`);
}
