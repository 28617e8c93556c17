// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Facts, ResourceFacts } from "../../validation/facts/facts";
import { type ControlMetadata, evaluateSome, loadPolicy, packageName } from "../../validation/gate";
import { CORPUS } from "../corpus/folders";
import { factsOf } from "../corpus/judged";
import { multiplied } from "./linear/multiplied";

/** With it the resources of each single type are multiplied too, beside the one that they refer to. */
const FULL = process.env.PART11_FULL === "1";

const SMALL = 80;
/** Ten times the resources cost a quadratic control about a hundred times the work, a linear one ten times or less. */
const TIMES = 10;
const MAX_GROWTH = 30;

const policy = loadPolicy();
/** META-02 speaks of the answers of all others, not of resources. */
const CONTROLS = policy.sidecar.controls.filter(({ id }) => id !== "META-02");
const folderOf = (control: ControlMetadata) => path.join(CORPUS, "controls", packageName(control), "pass");
const [MEASURED, WITHOUT] = [true, false].map((has) =>
  CONTROLS.filter((control) => fs.existsSync(path.join(folderOf(control), "plan.json")) === has),
) as [ControlMetadata[], ControlMetadata[]];

const lines: string[] = [];
afterAll(() => {
  const without = WITHOUT.map(({ id }) => `${id}: not measured, it has no example yet`);
  process.stdout.write(`${[...lines, ...without].join("\n")}\n`);
});

describe("ten times the resources are at most thirty times the work for", () => {
  it.each(MEASURED.map((control) => [control.id, control] as const))(
    "%s",
    (id, control) => {
      const facts = factsOf(folderOf(control));
      for (const [name, isChosen] of shapesOf(facts)) {
        let growth = growthOf(control, facts, isChosen);
        // A collection of garbage in the small run's favour is no finding.
        if (growth > MAX_GROWTH) growth = growthOf(control, facts, isChosen);
        lines.push(`${id}  ${name}: x${growth.toFixed(1)}`);
        expect({ name, growth: Math.min(growth, MAX_GROWTH) }).toEqual({ name, growth });
      }
    },
    600_000,
  );
});

type Choice = (resource: ResourceFacts) => boolean;

/** Copies of the whole example side by side and, in full, of the resources of one type at a time. */
function shapesOf({ resources }: Facts): ReadonlyArray<readonly [string, Choice]> {
  const types = FULL ? [...new Set(Object.values(resources).map(({ type }) => type))].sort() : [];
  return [["all", () => true], ...types.map((type) => [type, (one: ResourceFacts) => one.type === type] as const)];
}

function growthOf(control: ControlMetadata, facts: Facts, isChosen: Choice): number {
  const chosen = Object.values(facts.resources).filter(isChosen).length;
  const copies = Math.ceil(SMALL / chosen);
  const small = multiplied(facts, isChosen, copies);
  const large = multiplied(facts, isChosen, copies * TIMES);
  return workOf(control, large) / Math.min(workOf(control, small), workOf(control, small));
}

/** Processor time, since others use the machine too. */
function workOf(control: ControlMetadata, facts: Facts): number {
  const start = process.cpuUsage();
  evaluateSome(facts, policy, [control]);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
