// SPDX-License-Identifier: Apache-2.0
import { matrixText, traceMatrix } from "../../../validation/traceability";
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import { CONTROLS, control, executedWith, REQUIREMENTS, requirement } from "./sample-trace";

afterAll(removeTemporaryFolders);

const matrix = traceMatrix({
  requirements: [...REQUIREMENTS, requirement("URS-020", ["OQ"])],
  controls: [...CONTROLS, control("P11-X", "low", [])],
  runs: [executedWith({ "OQ-SHORTEN": { result: "FAIL", actual: "204\u202e No Content" } })],
});
const text = matrixText(matrix, 10_000);

test("the figures of the run stand in one equation", () => {
  expect(text).toContain("planned 8 = executed 6 + blocked 0 + not run 2 + not applicable 0");
});

test("every requirement has a line with its status", () => {
  expect(text).toMatch(/^URS-012 {2}FAILED +5 of 8 steps passed; OQ: OQ-SHORTEN FAIL$/m);
  expect(text).toMatch(/^URS-020 {2}GAP +no step, 0 of 0 controls passed; OQ: no step of OQ$/m);
});

test("an orphan is named with its reason", () => {
  expect(text).toContain("orphans 1\n  control P11-X: names no requirement\n");
});

test("a deviation is told with its severity, its state and the digest that a disposition repeats", () => {
  const { digest } = matrix.deviations[0]!;
  expect(text).toMatch(
    /DEV-sample-run-1-OQ-SHORTEN {2}critical, open \(nobody has dealt with it\); step OQ-SHORTEN: FAIL/,
  );
  expect(text).toContain(`digest ${digest}`);
});

test("characters that nobody sees are written out", () => {
  expect(text).toContain("204\\u{202e} No Content");
  expect(text).not.toContain("\u202e");
});

test("it ends with what may not be concluded", () => {
  expect(text.trimEnd()).toMatch(
    /no report over these runs is FINAL or concludes that the system is fit for its intended use$/,
  );
});

test("without blockers it ends with what people still do", () => {
  const free = { ...matrix, blockers: [], mayConcludeFit: true };
  expect(matrixText(free, 10_000).trimEnd()).toMatch(/people review and approve it$/);
});

test("no line is wider than the screen where it can be broken", () => {
  const wide = matrixText(matrix, 80)
    .split("\n")
    .filter((line) => line.length > 80 && line.trim().includes(" "));
  expect(
    wide.filter((line) =>
      line
        .trim()
        .split(" ")
        .every((word) => word.length < 60),
    ),
  ).toEqual([]);
});
