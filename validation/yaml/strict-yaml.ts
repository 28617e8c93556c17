// SPDX-License-Identifier: Apache-2.0
import type { Document, LineCounter, Node, Pair, Scalar } from "yaml";

/** A YAML file that means one thing to every reader, with the lines on which its parts stand. */
export interface StrictYaml {
  readonly value: unknown;
  /** Line, from 1, of what stands at a path; of the nearest part around it when nothing stands there. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** Makes the error of a refusal; `line` is null when the file as a whole is meant. */
export type Refuse = (expected: string, got: string, line: number | null, cause?: unknown) => Error;

/** Levels of lists and maps, and columns of indentation, that no settings and no waivers reach. */
const MAX_DEPTH = 16;
const MAX_INDENT = 64;

/**
 * One document of plain YAML 1.2: maps, lists and scalars, a few levels deep. No aliases, anchors, tags, directives, repeated or non-text
 * keys, no byte order mark; every warning of the parser counts as an error, for an unknown tag only warns.
 *
 * @param refuse what is thrown
 */
export function parseStrictYaml(bytes: Uint8Array, refuse: Refuse): StrictYaml {
  const text = decoded(bytes, refuse);
  // Loaded only where there is a YAML file: most runs have none.
  const { Lexer, LineCounter, parseDocument, visit } = require("yaml") as typeof import("yaml");
  assertSimple(text, new Lexer().lex(text), refuse);
  const lines = new LineCounter();
  const lineAt = (node: Partial<Node> | null | undefined) => (node?.range ? lines.linePos(node.range[0]).line : 1);
  const document = parseDocument(text, {
    schema: "core",
    version: "1.2",
    merge: false,
    // It compares each key of a map with all others: 30,000 of them take minutes. Looked after below.
    uniqueKeys: false,
    stringKeys: true,
    strict: true,
    customTags: [],
    prettyErrors: false,
    lineCounter: lines,
  });
  assertPlain(document, lines, refuse);
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items as Pair<Scalar>[]) {
        if (seen.has(key.value)) throw refuse("every key once", `${key.value} twice`, lineAt(key));
        seen.add(key.value);
      }
    },
  });
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return { value, lineOf: (path) => lineAt(nearest(document, path)) };
}

/**
 * Refuses what need not be parsed to be refused. The parser calls itself for each level, in time that grows with the
 * square of them: 250,000 brackets end the whole process. The lexer does not, and its tokens tell brackets from texts.
 */
function assertSimple(text: string, tokens: Iterable<string>, refuse: Refuse): void {
  let line = 1;
  let open = 0;
  let onLine = 0;
  let isScalar = false;
  for (const token of tokens) {
    if (!isScalar) {
      if (token === "[" || token === "{") open++;
      else if (token === "]" || token === "}") open--;
      else if (token === "-" || token === "?") onLine++;
      else if (token === "\n") onLine = 0;
      const mark = MARKS[token[0] ?? ""];
      if (mark !== undefined) throw refuse(`YAML without ${mark}`, token, line);
      if (open + onLine > MAX_DEPTH) throw refuse(`YAML of at most ${MAX_DEPTH} levels`, "more", line);
    }
    isScalar = token === SCALAR;
    line += token.split("\n").length - 1;
  }
  const indented = text.split("\n").findIndex((one) => one.startsWith(" ".repeat(MAX_INDENT + 1)));
  if (indented >= 0) throw refuse(`YAML indented by at most ${MAX_INDENT} columns`, "more", indented + 1);
}

/** What no text needs, by the first character of its token. */
const MARKS: Readonly<Record<string, string>> = {
  "&": "anchors",
  "*": "aliases",
  "!": "tags",
  "%": "directives",
  "\uFEFF": "a byte order mark",
};

/** What the lexer of `yaml` says before a scalar. */
const SCALAR = "\u001f";

function decoded(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refuse("valid UTF-8", "an invalid byte sequence", null, cause);
  }
}

function assertPlain(document: Document.Parsed, lines: LineCounter, refuse: Refuse): void {
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const { line } = lines.linePos(problem.pos[0]);
    throw refuse("plain YAML 1.2, one document", problem.message, line, problem);
  }
}

function nearest(document: Document.Parsed, path: readonly (string | number)[]): Partial<Node> | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Partial<Node> | undefined;
    if (node?.range) return node;
  }
  return document.contents;
}
