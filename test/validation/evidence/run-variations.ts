// SPDX-License-Identifier: Apache-2.0
// One change to a whole run at a time: conclude must hold against what no honest run writes.
import {
  type Commitments,
  conclude,
  type EntryType,
  type JournalEntry,
  type Protocol,
  type RunStatus,
} from "../../../validation/evidence";
import { COMMITMENTS, IQ, OQ } from "./sample-run";

export type Change = (input: Input) => Partial<Input> | undefined;

/** An entry whose body is open to any change: conclude must hold against what no honest run writes. */
export interface Loose {
  seq: number;
  type: EntryType;
  // biome-ignore lint/suspicious/noExplicitAny: a tampering may put anything there
  body: any;
}

export interface Input {
  entries: Loose[];
  protocols: Protocol[];
  commitments: Commitments;
}

/** Status and problems of the run after one change to it. */
export function statusAfter(complete: readonly JournalEntry[], change: Change): { status: RunStatus; what: string } {
  const input: Input = {
    entries: structuredClone([...complete]),
    protocols: [IQ, OQ],
    commitments: structuredClone(COMMITMENTS),
  };
  const changed = change(input);
  const { entries, protocols, commitments } = { ...input, ...changed };
  const numbered = entries.map((entry, seq) => ({ ...entry, seq })) as unknown as JournalEntry[];
  const conclusion = conclude(protocols, numbered, commitments);
  return { status: conclusion.status, what: conclusion.problems.map((p) => `${p.where}: ${p.what}`).join("\n") };
}

export const find = ({ entries }: Input, type: EntryType, name?: string) =>
  entries.find(
    (e) => e.type === type && (name === undefined || [e.body.plan, e.body.step, e.body.protocol].includes(name)),
  )!;
export const without = (input: Input, ...gone: Loose[]) => ({
  entries: input.entries.filter((e) => !gone.includes(e)),
});
export const moved = (input: Input, entry: Loose, to: number) => {
  const rest = input.entries.filter((e) => e !== entry);
  return { entries: [...rest.slice(0, to), entry, ...rest.slice(to)] };
};
export const inserted = (input: Input, at: number, type: EntryType, body: unknown) => ({
  entries: [...input.entries.slice(0, at), { seq: 0, type, body }, ...input.entries.slice(at)],
});
export const set = (entry: Loose, body: object): undefined => {
  Object.assign(entry.body, body);
};
export const step = (input: Input, id: string) => find(input, "step-finished", id);
