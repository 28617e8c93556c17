// SPDX-License-Identifier: Apache-2.0

/** A block at the top of a piece of HCL: `provider "aws" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** What stands between its braces. */
  readonly body: string;
}

/** What stands at the top of a piece of HCL: its blocks, and the names of its arguments with the text of each value. */
export interface HclBody {
  readonly blocks: readonly HclBlock[];
  readonly arguments: Readonly<Record<string, string>>;
}

const HEREDOC = /<<-?([A-Za-z_][\w-]*)[^\n]*\n/y;

/**
 * Blocks and arguments of Terraform's native syntax, no deeper than asked. It tells where something stands and evaluates
 * nothing; whether the text is valid is Terraform's to say.
 */
export function hclBody(text: string): HclBody {
  const blocks: HclBlock[] = [];
  const args: Record<string, string> = {};
  let statement = "";
  const end = () => {
    const found = /^\s*([A-Za-z_][\w-]*)\s*=(?!=)\s*([\s\S]*?)\s*$/.exec(statement);
    if (found) args[found[1]!] = found[2]!;
    statement = "";
  };
  for (let at = 0; at < text.length; ) {
    const next = skipped(text, at);
    if (next.isComment) {
      at = next.to;
      continue;
    }
    const sign = text[at]!;
    if (next.to > at) {
      statement += text.slice(at, next.to);
      at = next.to;
    } else if (sign === "\n") {
      end();
      at++;
    } else if ("{[(".includes(sign)) {
      const to = closing(text, at);
      const header = /^\s*([A-Za-z_][\w-]*)((?:\s+(?:"[^"]*"|[\w-]+))*)\s*$/.exec(statement);
      if (sign === "{" && header) {
        const labels = [...header[2]!.matchAll(/"([^"]*)"|([\w-]+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
        blocks.push({ type: header[1]!, labels, body: text.slice(at + 1, to - 1) });
        statement = "";
      } else statement += text.slice(at, to);
      at = to;
    } else {
      statement += sign;
      at++;
    }
  }
  end();
  return { blocks, arguments: args };
}

/** Where a comment, a string or a heredoc that begins here ends; `at` itself for anything else. */
function skipped(text: string, at: number): { readonly to: number; readonly isComment: boolean } {
  const two = text.slice(at, at + 2);
  if (text[at] === "#" || two === "//") return { to: orEnd(text, text.indexOf("\n", at)), isComment: true };
  if (two === "/*") return { to: orEnd(text, text.indexOf("*/", at) + 2, 1), isComment: true };
  if (text[at] === '"') return { to: endOfString(text, at), isComment: false };
  HEREDOC.lastIndex = at;
  const heredoc = two === "<<" ? HEREDOC.exec(text) : null;
  if (!heredoc) return { to: at, isComment: false };
  const rest = text.slice(HEREDOC.lastIndex);
  const last = new RegExp(`^[ \\t]*${heredoc[1]}[ \\t]*$`, "m").exec(rest);
  return { to: last ? HEREDOC.lastIndex + last.index + last[0].length : text.length, isComment: false };
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; ) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === '"') return at + 1;
    else if (text.startsWith("$${", at) || text.startsWith("%%{", at)) at += 3;
    else if (text.startsWith("${", at) || text.startsWith("%{", at)) at = closing(text, at + 1);
    else at++;
  }
  return text.length;
}

/** Behind the bracket that closes the one at `from`. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const { to } = skipped(text, at);
    if (to > at) {
      at = to;
      continue;
    }
    if ("{[(".includes(text[at]!)) depth++;
    if ("}])".includes(text[at]!)) depth--;
    at++;
    if (depth === 0) return at;
  }
  return text.length;
}

function orEnd(text: string, at: number, least = 0): number {
  return at <= least - 1 || at < 0 ? text.length : at;
}
