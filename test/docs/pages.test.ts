// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { loadSidecar } from "../../validation/gate";
import { loadCrosswalk, outsideOf, speaksOf } from "../../validation/gate/crosswalk";
import { CORPUS } from "../corpus/folders";
import { PAGES, pages } from "./pages";

const { controls } = loadSidecar().sidecar;
const crosswalk = loadCrosswalk();
const GENERATED = pages();
/** Controls of the catalogue that are not compiled yet have no examples either. */
const AWAITED: readonly string[] = JSON.parse(fs.readFileSync(path.join(CORPUS, "missing-examples.json"), "utf8"));

/** Subparts B and C of 21 CFR Part 11, at the depth at which they ask for something. */
const CLAUSES = [
  ..."abcdefghijk".split("").map((letter) => `11.10(${letter})`),
  ...["11.30", "11.50(a)", "11.50(b)", "11.70", "11.100(a)", "11.100(b)", "11.100(c)"],
  ...["11.200(a)(1)(i)", "11.200(a)(1)(ii)", "11.200(a)(2)", "11.200(a)(3)", "11.200(b)"],
  ..."abcde".split("").map((letter) => `11.300(${letter})`),
];

const catalogued = (clause: string) =>
  Object.values(crosswalk.gate).filter((clauses) => clauses.some((named) => speaksOf(named, clause)));

it("docs/controls holds the pages that are generated, and no other", () => {
  expect(fs.readdirSync(PAGES).sort()).toEqual([...GENERATED.keys()].sort());
});

it.each([...GENERATED.keys()])("%s is what npm run docs writes", (name) => {
  expect(fs.readFileSync(path.join(PAGES, name), "utf8")).toBe(GENERATED.get(name));
});

it("the crosswalk has one row for every clause of subparts B and C", () => {
  expect(crosswalk.rows.map(({ clause }) => clause)).toEqual(CLAUSES);
});

it("every clause that a control names has a row", () => {
  const named = [...controls, ...crosswalk.outside].flatMap(({ id, clauses }) => clauses.map((clause) => [id, clause]));
  expect(named.filter(([, clause]) => !CLAUSES.some((row) => speaksOf(clause!, row)))).toEqual([]);
});

it("every row has a control of the catalogue, a challenge or a procedure", () => {
  const empty = crosswalk.rows.filter(
    (row) => !row.procedural && outsideOf(row, crosswalk).length === 0 && catalogued(row.clause).length === 0,
  );
  expect(empty).toEqual([]);
});

it("the catalogue has 116 controls, each once", () => {
  const ids = [...Object.keys(crosswalk.gate), ...crosswalk.outside.map(({ id }) => id)];
  expect([ids.length, new Set(ids).size]).toEqual([116, 116]);
});

it("the gate judges the controls of the catalogue, but those of missing-examples.json", () => {
  const compiled = controls.map(({ id }) => id);
  expect(compiled.filter((id) => crosswalk.added[id] !== undefined)).toEqual(Object.keys(crosswalk.added));
  const awaited = Object.keys(crosswalk.gate).filter((id) => !compiled.includes(id));
  expect(awaited.filter((id) => !AWAITED.includes(id))).toEqual([]);
  expect(AWAITED.filter((id) => crosswalk.gate[id] === undefined)).toEqual([]);
});

it.each(controls)("$id names the clauses of the catalogue", ({ id, clauses }) => {
  expect(clauses).toEqual(crosswalk.gate[id] ?? crosswalk.added[id]);
});

it("every text of the crosswalk has its edition", () => {
  expect(crosswalk.editions.map(({ key }) => key)).toEqual(["part11", ...Object.keys(crosswalk.rows[0]!).slice(2, 7)]);
});
