// SPDX-License-Identifier: Apache-2.0
// A plain recursive descent over RFC 8259, written for being obviously right: the reference that the fast parser is held against.

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

export function slowParse(text: string): { ok: true; value: unknown } | { ok: false; value?: undefined } {
  let at = 0;

  function fail(): never {
    throw new SyntaxError(`at ${at}`);
  }
  function space(): void {
    while (at < text.length && " \t\n\r".includes(text[at]!)) at++;
  }
  function take(expected: string): void {
    if (!text.startsWith(expected, at)) fail();
    at += expected.length;
  }
  function string(): string {
    const match = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(text.slice(at));
    if (!match) fail();
    at += match[0].length;
    const value = JSON.parse(match[0]) as string;
    if (Buffer.from(value, "utf8").toString("utf8") !== value) fail();
    return value;
  }
  function value(): unknown {
    space();
    const result = bare();
    space();
    return result;
  }
  function bare(): unknown {
    if (text[at] === '"') return string();
    if (text[at] === "[") return array();
    if (text[at] === "{") return object();
    for (const [word, meaning] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(at));
    if (!number) fail();
    at += number[0].length;
    return Number(number[0]);
  }
  function array(): unknown[] {
    const items: unknown[] = [];
    take("[");
    space();
    if (text[at] === "]") {
      at++;
      return items;
    }
    for (;;) {
      items.push(value());
      if (text[at] === "]") break;
      take(",");
    }
    at++;
    return items;
  }
  function object(): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    take("{");
    space();
    if (text[at] === "}") {
      at++;
      return members;
    }
    for (;;) {
      space();
      const key = string();
      if (FORBIDDEN.has(key) || Object.hasOwn(members, key)) fail();
      space();
      take(":");
      members[key] = value();
      if (text[at] === "}") break;
      take(",");
    }
    at++;
    return members;
  }

  try {
    const result = value();
    return at === text.length ? { ok: true, value: result } : { ok: false };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}
