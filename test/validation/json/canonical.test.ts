// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { canonicalJson, digestOf, sha256Hex } from "../../../validation/json";
import { drawn } from "../../drawn";

describe("canonicalJson", () => {
  // RFC 8785 section 3.2.2 and 3.2.3, appendix B.
  it.each<[string, unknown, string]>([
    [
      "sorts keys by UTF-16 code units",
      { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6 },
      '{"\\r":2,"1":4,"\u0080":6,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    ],
    [
      "writes numbers as ECMAScript does",
      [333333333.3333333, 1e-27, 4.5, 0.002],
      "[333333333.3333333,1e-27,4.5,0.002]",
    ],
    ["escapes only what must be escaped", '\u20ac$\u000f\nA\'B"\\\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ["keeps the order of arrays", [3, 1, 2], "[3,1,2]"],
    ["writes an object without prototype", Object.assign(Object.create(null), { b: 1, a: 2 }), '{"a":2,"b":1}'],
  ])("%s", (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["a member that is undefined", { a: undefined }],
    ["an item that is undefined", [undefined]],
    ["a hole in an array", new Array(1)],
    ["NaN", { a: Number.NaN }],
    ["an infinity", [Number.POSITIVE_INFINITY]],
    ["minus zero", [-0]],
    ["an integer beyond 2^53", [2 ** 53]],
    ["a lone surrogate", ["\ud800"]],
    ["a key with a lone surrogate", { "\udc00": 1 }],
    ["a bigint", [1n]],
    ["a function", [() => 1]],
    ["a symbol", { a: Symbol("x") }],
    ["a date", [new Date(0)]],
    ["a buffer", [Buffer.from("x")]],
    ["an object of a class", [new (class Thing {})()]],
    [
      "an object that writes itself, of a rootless kind",
      [Object.create(Object.create(null, { toJSON: { value: () => 1 } }))],
    ],
    ["an object that writes itself", [Object.assign(Object.create({ toJSON: () => 1 }), {})]],
  ])("refuses %s", (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
  });

  it("refuses an object that holds itself", () => {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(() => canonicalJson(ring)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
  });

  it(`gives the same bytes after a round trip of any value`, () => {
    const json = fc.jsonValue({ depthSize: "small" }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(json, (value) => {
        let text: string;
        try {
          text = canonicalJson(value);
        } catch {
          return;
        }
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      drawn("canonical JSON", 1000),
    );
  });
});

describe("digests", () => {
  it("hashes a string as its UTF-8 bytes", () => {
    expect(sha256Hex("\u20ac")).toBe(sha256Hex(Buffer.from([0xe2, 0x82, 0xac])));
  });

  it("gives the published SHA-256 of the empty input", () => {
    expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("does not depend on the order of keys", () => {
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
  });
});
