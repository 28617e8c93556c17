// SPDX-License-Identifier: Apache-2.0
import { sha256Hex } from "../../../validation/json";
import { mutable, type Policies, type PolicyFolder } from "./folders";
import { thresholdMutants } from "./threshold-mutants";

/** One change of one policy: a clause that never holds, or a constant that is another. */
export interface Mutant {
  /** Stays the same when other lines of the file change. */
  readonly id: string;
  readonly folder: PolicyFolder;
  readonly file: string;
  /** The whole file with the change. */
  readonly text: string;
  /** `data.part11_data` with the change, where the change is there. `@default` as committed */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Folders whose tests are asked first: its own, and others that read the changed value. */
  readonly readers: readonly PolicyFolder[];
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly what: string;
}

export function allMutants(policies: Policies): readonly Mutant[] {
  const folders = mutable(policies);
  return [...folders.flatMap(mutantsOf), ...thresholdMutants(folders)];
}

/** Every mutant of a folder of policies, in an order that nobody chose. */
export function mutantsOf(folder: PolicyFolder): readonly Mutant[] {
  return [...folder.sources].flatMap(([file, text]) => {
    const seen = new Map<string, number>();
    return editsOf(text).map(({ from, to, by, what }) => {
      const name = `${folder.name}/${file}: ${lineAt(text, from)}: ${what}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const id = nth === 1 ? name : `${name} (${nth})`;
      return { id, folder, file, text: text.slice(0, from) + by + text.slice(to), readers: [folder] };
    });
  });
}

/** Some of the mutants: always the same of a file that did not change. */
export function sampled(mutants: readonly Mutant[], count: number): readonly Mutant[] {
  const ordered = mutants.map((mutant) => [sha256Hex(mutant.id), mutant] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.slice(0, count).map(([, mutant]) => mutant);
}

function editsOf(text: string): readonly Edit[] {
  return [...clauses(text), ...constants(text)];
}

/** Each `if` of a rule or of an `else`, made never to hold: what deleting the clause does, and it still compiles. */
function clauses(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { index } of text.matchAll(/(?<=[^#\n][^\n]*) if (?=[^\n])/g)) {
    const from = index + " if ".length;
    if (isQuiet(text, from)) continue;
    if (text[from] === "{") edits.push({ from: from + 1, to: from + 1, by: " false;", what: "clause deleted" });
    else edits.push({ from, to: endOfLiteral(text, from), by: "false", what: "clause deleted" });
  }
  return edits;
}

function constants(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { index, 0: found } of text.matchAll(
    /(?<![$\w`])"[^"\n\\{}]*"|(?<![\w".-])\d+(\.\d+)?(?![\w".]| \|)|\b(?:true|false)\b/g,
  )) {
    // A text of several words is told to people: no status depends on it. Nor does one on what stands before the bar of
    // a comprehension that is only counted.
    if (isQuiet(text, index) || found.includes(" ")) continue;
    const edit = (by: string) => edits.push({ from: index, to: index + found.length, by, what: `${found} is ${by}` });
    if (found === "true" || found === "false") edit(String(found !== "true"));
    else if (found.startsWith('"')) edit(`${found.slice(0, -1)}~"`);
    else edit(String(Number(found) + 1));
    if (/^\d/.test(found) && Number(found) > 0) edit(String(Number(found) - 1));
  }
  return edits;
}

/** Comments, the head of the file, and texts between back quotes or in templates say nothing by themselves. */
function isQuiet(text: string, at: number): boolean {
  const start = text.lastIndexOf("\n", at) + 1;
  const before = text.slice(start, at);
  if (/^\s*(#|package |import )/.test(before)) return true;
  const odd = (mark: string) => before.split(mark).length % 2 === 0;
  return odd("`") || odd('"');
}

function endOfLiteral(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const character = text[i]!;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "\n" && depth <= 0) return i;
  }
  return text.length;
}

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end).trim();
}
