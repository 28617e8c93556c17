// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { matrixCsv, type TraceMatrix, traceMatrix } from "../../../validation/traceability";
import { drawn } from "../../drawn";
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import { CONTROLS, control, executed, executedWith, REQUIREMENTS, requirement } from "./sample-trace";

afterAll(removeTemporaryFolders);

const matrix = traceMatrix({
  requirements: [...REQUIREMENTS, requirement("URS-020", ["OQ"])],
  controls: [...CONTROLS, control("P11-X", "low", [])],
  runs: [executedWith({ "OQ-SHORTEN": { result: "FAIL" } })],
});

/** Records of a text of RFC 4180: written for this test, and knowing nothing of the writer. */
function records(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted, i]: [string[], string, boolean, number] = [[], "", false, 0];
  while (i < text.length) {
    if (quoted && text[i] === '"' && text[i + 1] === '"') [cell, i] = [`${cell}"`, i + 2];
    else if (text[i] === '"') [quoted, i] = [!quoted, i + 1];
    else if (!quoted && text[i] === ",") [row, cell, i] = [[...row, cell], "", i + 1];
    else if (!quoted && text.startsWith("\r\n", i)) {
      rows.push([...row, cell]);
      [row, cell, i] = [[], "", i + 2];
    } else [cell, i] = [cell + text[i], i + 1];
  }
  if (quoted || cell !== "" || row.length > 0) throw new Error("a cut last record");
  return rows;
}

function cells(text: string): Record<string, string>[] {
  const [head, ...rows] = records(text);
  return rows.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i]!])));
}

test("a requirement has a line for each step, with the evidence of it", () => {
  const lines = cells(matrixCsv(matrix)).filter(({ requirement: id }) => id === "URS-012");
  expect(lines.map(({ step }) => step)).toEqual(matrix.requirements[0]!.steps.map(({ step }) => step));
  expect(lines.find(({ step }) => step === "OQ-DELETE-LOCKED")).toMatchObject({
    result: "PASS",
    run: "sample-run",
    controls: "P11-10c-01: none",
    clauses: "21 CFR Part 11 11.10(c)",
    evidence: expect.stringMatching(/^oq\/OQ-DELETE-LOCKED\.json [0-9a-f]{64}$/),
  });
});

test("a failed step's line names its deviation", () => {
  const line = cells(matrixCsv(matrix)).find(({ step }) => step === "OQ-SHORTEN");
  expect([line?.result, line?.deviations]).toEqual(["FAIL", "DEV-sample-run-1-OQ-SHORTEN"]);
});

test("a gap is a line with empty cells, and says so", () => {
  const lines = cells(matrixCsv(matrix)).filter(({ requirement: id }) => id === "URS-020");
  expect(lines).toEqual([expect.objectContaining({ step: "", status: "GAP", because: "OQ: no step of OQ" })]);
});

test("an orphan has a line of its own", () => {
  const orphans = cells(matrixCsv(matrix)).filter(({ row }) => row === "orphan control");
  expect(orphans).toEqual([expect.objectContaining({ controls: "P11-X", requirement: "", status: "ORPHAN" })]);
});

/** Texts of the kind that spreadsheets calculate or that break a table. */
const hostile = fc.oneof(
  fc.constantFrom(
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    '"=1',
    "a,b",
    'a"b',
    "a\r\nb",
    "|calc",
    "%0A",
  ),
  fc
    .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", '"', ","), fc.string({ unit: "binary" }))
    .map(([a, b]) => a + b),
  fc.string({ unit: "binary" }),
);

test("whatever texts hold, every record has every cell and no cell is a formula", () => {
  const columns = records(matrixCsv(matrix))[0]!.length;
  fc.assert(
    fc.property(hostile, hostile, hostile, (text, title, because) => {
      const table = records(matrixCsv(withTexts(text, title, because)));
      const plain = records(matrixCsv(matrix));
      expect(table.map((row) => row.length)).toEqual(plain.map(() => columns));
      expect(table.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      expect(table.flat().filter((cell) => /[\p{Cc}\p{Cf}]/u.test(cell))).toEqual([]);
    }),
    drawn("formula-safe CSV", 100, 1000),
  );
});

function withTexts(text: string, title: string, because: string): TraceMatrix {
  const requirements = matrix.requirements.map((row) => ({
    ...row,
    text,
    because: [because],
    steps: row.steps.map((step) => ({ ...step, title, construct: text, resource: because })),
  }));
  return { ...matrix, requirements, orphans: matrix.orphans.map((one) => ({ ...one, title, because })) };
}

test("the fuzz bites: a writer that only quotes would be noticed", () => {
  const naive = ["=1+1"].map((cell) => `"${cell}"`).join(",");
  expect(
    records(`${naive}\r\n`)
      .flat()
      .filter((cell) => /^[=+\-@\t\r]/.test(cell)),
  ).toEqual(["=1+1"]);
});

test("the same inputs give the same table", () => {
  const again = traceMatrix({ requirements: REQUIREMENTS, controls: CONTROLS, runs: [executed()] });
  const once = traceMatrix({ requirements: REQUIREMENTS, controls: CONTROLS, runs: [executed()] });
  const keyless = ({ runs, ...rest }: TraceMatrix): TraceMatrix => ({
    ...rest,
    runs: runs.map((run) => ({ ...run, keyId: "" })),
  });
  expect(matrixCsv(keyless(again))).toBe(matrixCsv(keyless(once)));
});
