// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa } from "../../../validation/toolchain";
import { noticedInBatch } from "./batch";
import { allPolicies, type Policies, policyFolder } from "./folders";
import { allMutants, type Mutant, mutantsOf, sampled } from "./mutants";
import { RunRecord } from "./record";
import { tryAll } from "./survive";
import { problemsOf, problemsOfList, readSurvivors } from "./survivor-list";

/** How many mutants are tried here: always the same while their files stay the same. `npm run mutants` tries all. */
const SAMPLE = 120;

const POLICIES = allPolicies();
const MUTANTS = allMutants(POLICIES);

const opa = async () => (await ensureOpa({ cwd: packageRoot(), env: process.env })).path;

async function survivorsOf(mutants: readonly Mutant[], policies: Policies): Promise<readonly Mutant[]> {
  const found: Mutant[] = [];
  await tryAll(mutants, await opa(), policies, (mutant, noticed) => {
    if (noticed === null) found.push(mutant);
  });
  return found;
}

it("tests notice every mutant of a sample, but the listed survivors", async () => {
  const tried = sampled(MUTANTS, SAMPLE);
  expect(problemsOf(tried, await survivorsOf(tried, POLICIES), readSurvivors())).toEqual([]);
});

it("the listed survivors are mutants of today, each with a proof, and one in a hundred at most", () => {
  expect(problemsOfList(readSurvivors(), MUTANTS)).toEqual([]);
});

describe("a policy whose tests look at one rule of two", () => {
  const policies: Policies = new Map([
    [
      "part11/half",
      policyFolder(
        "part11/half",
        new Map([["half.rego", 'package part11.half\n\nanswers := {"a"} if input.x == "b"\n\nother := "c"\n']]),
        new Map([
          [
            "half_test.rego",
            'package part11.half_test\n\nimport data.part11.half\n\ntest_it if half.answers == {"a"} with input as {"x": "b"}\n',
          ],
        ]),
      ),
    ],
  ]);
  const mutants = mutantsOf(policies.get("part11/half")!);

  it("lets a mutant of the other rule survive", async () => {
    expect((await survivorsOf(mutants, policies)).map(({ id }) => id)).toEqual([
      'part11/half/half.rego: other := "c": "c" is "c~"',
    ]);
  });

  it("is not said to be in order", async () => {
    const problems = problemsOf(mutants, await survivorsOf(mutants, policies), []);
    expect(problems).toEqual(['survives: part11/half/half.rego: other := "c": "c" is "c~"']);
  });

  it("has a test that names who noticed a mutant", async () => {
    const noticed = await noticedInBatch(mutants, await opa(), policies);
    expect([...new Set([...noticed.values()].map(({ test }) => test))]).toEqual(["part11/half_test/test_it"]);
  });

  it("has mutants that opa check notices", async () => {
    const broken = { ...mutants[0]!, text: "package part11.half\n\nanswers := nothing\n" };
    const noticed = await noticedInBatch([broken, mutants[0]!], await opa(), policies);
    expect(noticed.get(broken)).toEqual({ folder: "part11/half", test: "opa check" });
    expect(noticed.has(mutants[0]!)).toBe(true);
  });

  describe("and the record of a run", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-record-"));
    const file = path.join(folder, "record.jsonl");
    const by = { folder: "part11/half", test: "part11/half_test/test_it" };
    afterAll(() => fs.rmSync(folder, { recursive: true }));

    it("keeps what was found, whatever stands in a last line that was cut off", () => {
      const record = new RunRecord(file, policies);
      record.note(mutants[0]!, by);
      record.note(mutants[1]!, null);
      fs.appendFileSync(file, '{"id": "cut');
      new RunRecord(file, policies).note(mutants[1]!, null);
      const again = new RunRecord(file, policies);
      expect(mutants.slice(0, 3).map((mutant) => again.of(mutant))).toEqual([by, null, undefined]);
    });

    it("forgets it when a test has changed", () => {
      const { name, sources, tests } = policies.get("part11/half")!;
      const changed = policyFolder(name, sources, new Map([...tests].map(([test, text]) => [test, `${text}# x\n`])));
      const record = new RunRecord(file, new Map([[name, changed]]));
      expect(mutantsOf(changed).map((mutant) => record.of(mutant))).toEqual(mutants.map(() => undefined));
    });
  });
});

it("a list is refused that holds too many, strangers, the same twice or no proof", () => {
  const proof = "The shortcut gives what the general rule gives.";
  const [a, b] = MUTANTS.map(({ id }) => id).sort();
  expect(problemsOfList([{ id: "gone", proof }], MUTANTS)).toEqual(["no mutant of today: gone"]);
  expect(problemsOfList([{ id: a!, proof: "equivalent" }], MUTANTS)).toEqual([`without a proof: ${a}`]);
  expect(
    problemsOfList(
      [b!, a!].map((id) => ({ id, proof })),
      MUTANTS,
    ),
  ).toHaveLength(2);
  expect(
    problemsOfList(
      [a!, a!].map((id) => ({ id, proof })),
      MUTANTS,
    ),
  ).toEqual([`not in order, or twice: ${a}`]);
  const many = MUTANTS.slice(0, 100);
  const two = many
    .map(({ id }) => id)
    .sort()
    .slice(0, 2);
  expect(
    problemsOfList(
      two.map((id) => ({ id, proof })),
      many,
    ),
  ).toEqual(["2 of 100 mutants survive"]);
});

it("a listed survivor that is noticed is a problem too", () => {
  const [mutant] = MUTANTS;
  expect(problemsOf([mutant!], [], [{ id: mutant!.id, proof: "" }])).toEqual([
    `listed as a survivor, and noticed: ${mutant!.id}`,
  ]);
});
