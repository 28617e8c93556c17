// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { Part11Error } from "../../../validation/error";
import { MAX_DEPTH, parseStrict, readJsonFile } from "../../../validation/json";
import { slowParse } from "./slow-parse";

const RUNS = Number(process.env.PART11_FUZZ ?? 2000);
const SEED = 20261120;

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Part11Error) return error.code;
    throw error;
  }
  return "accepted";
}

const parse = (text: string) => parseStrict(Buffer.from(text, "utf8"), "input");
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("parseStrict", () => {
  it.each<[string, string, string]>([
    ["a plain object", '{"a":{"b":[1,"x",null,true]}}', "accepted"],
    ["a scalar", '"x:{[\\""', "accepted"],
    ["one key in two objects", '[{"a":1},{"a":1}]', "accepted"],
    ["a full surrogate pair", '"\\ud83d\\ude00"', "accepted"],
    ["an escaped backslash before u", '"\\\\ud800"', "accepted"],
    [`${MAX_DEPTH} levels`, nested(MAX_DEPTH), "accepted"],
    ["a key that stands twice", '{"a":1,"a":1}', "DUPLICATE_KEY"],
    ["a key that stands twice in two spellings", '{"a":1,"\\u0061":2}', "DUPLICATE_KEY"],
    ["an empty key that stands twice", '{"":1,"":2}', "DUPLICATE_KEY"],
    ["an index key that stands twice", '{"7":1,"7":2}', "DUPLICATE_KEY"],
    ["a duplicate deep inside", '{"x":[{"y":{"a":1,"b":2,"a":3}}]}', "DUPLICATE_KEY"],
    ["the key __proto__", '{"__proto__":{"polluted":1}}', "FORBIDDEN_KEY"],
    ["the key __proto__ in escapes", '{"\\u005f_proto__":1}', "FORBIDDEN_KEY"],
    ["the key constructor", '{"a":{"constructor":1}}', "FORBIDDEN_KEY"],
    ["the key prototype", '[{"prototype":1}]', "FORBIDDEN_KEY"],
    ["one level too many", nested(MAX_DEPTH + 1), "TOO_DEEP"],
    ["two hundred thousand levels", nested(200_000), "TOO_DEEP"],
    ["a lone high surrogate", '"\\ud800"', "NOT_UTF8"],
    ["a lone low surrogate in a key", '{"\\uDC00":1}', "NOT_UTF8"],
    ["a lone surrogate in an array", '["\\uDBFF"]', "NOT_UTF8"],
    ["a cut text", '{"a":1', "NOT_JSON"],
    ["trailing junk", "{}x", "NOT_JSON"],
    ["two values", "{}{}", "NOT_JSON"],
    ["an empty text", "", "NOT_JSON"],
    ["a comment", "{/*x*/}", "NOT_JSON"],
    ["a trailing comma", '{"a":1,}', "NOT_JSON"],
  ])("%s: %#", (_name, text, want) => {
    expect(codeOf(() => parse(text))).toBe(want);
  });

  it("refuses a byte order mark", () => {
    expect(codeOf(() => parseStrict(Buffer.from("\ufeff{}"), "input"))).toBe("NOT_UTF8");
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(codeOf(() => parseStrict(Buffer.from([0x22, 0xc3, 0x28, 0x22]), "input"))).toBe("NOT_UTF8");
  });

  it("refuses UTF-16", () => {
    expect(codeOf(() => parseStrict(Buffer.from('{"a":1}', "utf16le"), "input"))).not.toBe("accepted");
  });

  it("names the key that stands twice", () => {
    expect(() => parse('{"a":1,"b c":{"d":1},"b c":2}')).toThrow('key "b c" twice');
  });

  it("reads a slice of a larger buffer as that slice", () => {
    expect(parseStrict(Buffer.from('xx{"a":1}yy').subarray(2, 9), "input")).toEqual({ a: 1 });
  });

  it(`agrees with a slow reference on ${RUNS} texts`, () => {
    const key = fc.constantFrom("a", "b", "\\u0061", "", "__proto__", "constructor", ":", "{", '\\"', "7", "\\ud800");
    const { value: text } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constantFrom("1", "-0.5e3", "true", "null", '"x:y"', '"\\\\"', '"{\\"a\\":1}"', '"\\udc00"', "01", '"'),
        fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
        fc
          .array(fc.tuple(key, tie("value")), { maxLength: 4 })
          .map((members) => `{${members.map(([k, v]) => `"${k}" :${v}`).join(",")}}`),
      ),
    }));
    let accepted = 0;
    fc.assert(
      fc.property(text, (source) => {
        const fast = codeOf(() => parse(source)) === "accepted";
        if (fast) accepted++;
        expect(fast).toBe(slowParse(source).ok);
        if (fast) expect(parse(source)).toEqual(slowParse(source).value);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    process.stdout.write(`strict JSON: ${RUNS} texts, ${accepted} accepted, seed ${SEED}\n`);
    expect(accepted).toBeGreaterThan(RUNS / 20);
    expect(accepted).toBeLessThan(RUNS);
  });
});

describe("readJsonFile", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  const file = path.join(folder, "input.json");
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it("reads a file at the size limit", () => {
    fs.writeFileSync(file, '{"a":1}');
    expect(readJsonFile(file, { maxBytes: 7 })).toEqual({ a: 1 });
  });

  it("refuses a file one byte above the limit", () => {
    fs.writeFileSync(file, '{"a":1}');
    expect(codeOf(() => readJsonFile(file, { maxBytes: 6 }))).toBe("FILE_TOO_LARGE");
  });

  it("refuses an absent file", () => {
    expect(codeOf(() => readJsonFile(path.join(folder, "absent.json"), { maxBytes: 10 }))).toBe("FILE_NOT_FOUND");
  });

  it("refuses a folder", () => {
    expect(codeOf(() => readJsonFile(folder, { maxBytes: 10 }))).toBe("FILE_NOT_FOUND");
  });

  it("says what, where, expected, got and what to do in one sentence", () => {
    fs.writeFileSync(file, "{");
    expect(() => readJsonFile(file, { maxBytes: 10 })).toThrow(
      /^content refused in .*: expected one JSON value, got .*; /,
    );
  });
});
