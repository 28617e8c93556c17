// SPDX-License-Identifier: Apache-2.0

/** One call of AWS as a policy sees it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Whether a policy alone allows a call: IAM's evaluation for the few things that session policies are made of, written
 * without a look at how they are made. Throws on what it does not know, so that nothing is judged by half.
 */
export function allows(policy: string, call: Call): boolean {
  const { Statement } = JSON.parse(policy) as { Statement: readonly Statement[] };
  const matching = Statement.filter((statement) => applies(statement, call));
  if (matching.some(({ Effect }) => Effect === "Deny")) return false;
  return matching.some(({ Effect }) => Effect === "Allow");
}

const KNOWN = new Set(["Sid", "Effect", "Action", "Resource", "Condition"]);

function applies(statement: Statement, { action, resource, context = {} }: Call): boolean {
  const strange = Object.keys(statement).filter((name) => !KNOWN.has(name));
  if (strange.length > 0) throw new Error(`not understood: ${strange.join(", ")}`);
  return (
    list(statement.Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    list(statement.Resource).some((pattern) => like(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([name, values]) => holds(operator, list(values), context[name])),
    )
  );
}

function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  if (given === undefined) return false;
  if (operator === "StringEquals") return values.includes(given);
  if (operator === "StringLike") return values.some((pattern) => like(pattern, given));
  throw new Error(`not understood: ${operator}`);
}

/** `*` any text, `?` one character; without regular expressions. */
function like(pattern: string, text: string): boolean {
  const wildcard = pattern.search(/[*?]/);
  const literal = wildcard === -1 ? pattern : pattern.slice(0, wildcard);
  // Most patterns are somebody else's: they end here.
  if (!text.startsWith(literal)) return false;
  let starts = new Set([literal.length]);
  for (const character of pattern.slice(literal.length)) {
    const next = new Set<number>();
    for (const at of starts) {
      if (character === "*") for (let to = at; to <= text.length; to += 1) next.add(to);
      else if (at < text.length && (character === "?" || text[at] === character)) next.add(at + 1);
    }
    starts = next;
  }
  return starts.has(text.length);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
