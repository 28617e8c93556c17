// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { renderPdf } from "../../../validation/documents";
import { drawable } from "../../../validation/documents/pdf/drawable";
import { faces } from "../../../validation/documents/pdf/face";
import { metadataText } from "../../../validation/documents/pdf/metadata-text";
import { canonicalJson, sha256Hex } from "../../../validation/json";
import { drawn } from "../../drawn";
import { documentOfSteps, documentOfText } from "./sample-documents";

/** Every stream of a PDF, inflated where it is deflated. */
function streams(pdf: Buffer): readonly Buffer[] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\/Length (\d+)[^>]*>>\nstream\n/g)].map((match) => {
    const from = match.index + match[0].length;
    const bytes = pdf.subarray(from, from + Number(match[1]));
    return match[0].includes("FlateDecode") ? inflateSync(bytes) : bytes;
  });
}

const pages = (pdf: Buffer) => (pdf.toString("latin1").match(/\/Type \/Page\n/g) ?? []).length;

test("the same document gives the same bytes", async () => {
  const model = documentOfText("a text");
  expect(sha256Hex(await renderPdf(model))).toBe(sha256Hex(await renderPdf(model)));
});

test("time zone, locale and folder of the process change no byte", async () => {
  const program = `
    const { renderPdf } = require("./validation/documents");
    const { documentOfText } = require("./test/validation/documents/sample-documents");
    renderPdf(documentOfText("a text")).then((pdf) => {
      process.stdout.write(require("node:crypto").createHash("sha256").update(pdf).digest("hex"));
    });`;
  const root = path.join(__dirname, "..", "..", "..");
  const env = { ...process.env, TZ: "Asia/Kolkata", LC_ALL: "tr_TR.UTF-8" };
  const run = [
    "-r",
    "ts-node/register",
    "-e",
    `process.chdir("/"); process.chdir(${JSON.stringify(root)}); ${program}`,
  ];
  const elsewhere = execFileSync(process.execPath, run, { cwd: root, env, encoding: "utf8" });
  expect(elsewhere).toBe(sha256Hex(await renderPdf(documentOfText("a text"))));
});

test("the JSON of the document is attached, byte for byte", async () => {
  const model = documentOfText("ärztlich <b>");
  const attached = streams(await renderPdf(model)).map((bytes) => bytes.toString("utf8"));
  expect(attached).toContain(canonicalJson(model));
});

test("a PDF declares PDF/A-3a, its language and its tags", async () => {
  const text = (await renderPdf(documentOfText("a text"))).toString("latin1");
  expect(text).toContain("<pdfaid:part>3</pdfaid:part>");
  expect(text).toContain("<pdfaid:conformance>A</pdfaid:conformance>");
  expect(text).toMatch(/\/Lang \(en\)/);
  expect(text).toMatch(/\/Marked true/);
});

test.each(["TH", "TD", "H1", "H2", "H3", "Figure", "LI", "Caption"])("a PDF has elements of type %s", async (type) => {
  const text = (await renderPdf(documentOfText("a text"))).toString("latin1");
  expect(text).toMatch(new RegExp(`/S /${type}\\b`));
});

test("2,000 steps are rendered, each of them", async () => {
  const pdf = await renderPdf(documentOfSteps(2000));
  expect(pages(pdf)).toBeGreaterThan(200);
  expect((pdf.toString("latin1").match(/\/S \/H3\b/g) ?? []).length).toBe(2000);
});

test("a row that no page holds goes on over the next ones", async () => {
  const { head, asOf } = documentOfText("text");
  const rows = [["tall", Array.from({ length: 400 }, (_, i) => `line ${i}`)]];
  const columns = [
    { title: "a", share: 1 },
    { title: "b", share: 2 },
  ];
  const pdf = await renderPdf({
    schemaVersion: 1,
    head,
    asOf,
    blocks: [{ kind: "table", caption: "tall", columns, rows }],
  });
  expect(pages(pdf)).toBeGreaterThan(4);
});

describe("a hostile text", () => {
  const everyGlyph = () => true;

  it.each([
    ["a bidirectional override", "a\u202eb", "a\\u{202e}b"],
    ["a null", "a\u0000b", "a\\u{0}b"],
    ["a Hebrew letter", "\u05d0", "\\u{5d0}"],
    ["an Arabic letter", "\u0627", "\\u{627}"],
    ["a code point of private use", "\ue000", "\\u{e000}"],
  ])("is drawn with %s written out", (_name, text, shown) => {
    expect(drawable(text, everyGlyph)).toBe(shown);
  });

  it("is drawn with a character that the font lacks written out", () => {
    expect(faces().text.wrap("\u{1f600}\u{20000}", 9, 500)).toEqual(["\u{1f600}\\u{20000}"]);
  });

  it("breaks into lines that no line is wider than", () => {
    const face = faces().code;
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 30, max: 300 }), (text, limit) => {
        for (const line of face.wrap(text, 7, limit)) expect(face.width(line, 7)).toBeLessThanOrEqual(limit + 0.01);
      }),
      drawn("lines of a PDF", 300),
    );
  });

  it("loses no letter when it is broken into lines", () => {
    const face = faces().text;
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 300 }), (text) => {
        const kept = face.wrap(text, 8, 80).join("").replace(/ /g, "");
        expect(kept).toBe(drawable(text, everyGlyph).replace(/ /g, ""));
      }),
      drawn("letters of a PDF", 300),
    );
  });

  it("adds nothing to the properties of a PDF", () => {
    expect(metadataText("</rdf:li>&x")).toBe("\\u{3c}/rdf:li\\u{3e}\\u{26}x");
  });

  it("is rendered whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), async (text) => {
        const pdf = await renderPdf(documentOfText(text));
        expect(pdf.subarray(-6).toString("latin1")).toBe("%%EOF\n");
      }),
      drawn("texts of a PDF", 15, 200),
    );
  });
});
