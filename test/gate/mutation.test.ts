// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type ControlStatus, loadSidecar } from "../../validation/gate";
import { judged } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";
import { mutantsOf } from "./mutation/mutants";

interface Survivor {
  readonly control: string;
  readonly type: string;
  readonly path: string;
  readonly reason: string;
}

/** In `npm run test:full` the survivors are tried again too: one that dies leaves the list. */
const FULL = process.env.PART11_FULL === "1";

const ORIGINAL = goldenDocuments();
const TYPES = new Set(ORIGINAL.plan.resource_changes.map(({ type }) => type));
const CONTROLS = loadSidecar().sidecar.controls;
const SURVIVORS: readonly Survivor[] = read("survivors.json");
/** Types of which the production plan holds no resource: the Rego tests of their controls challenge them. */
const ABSENT: readonly string[] = read("absent-types.json");

const BASELINE = statusesOf(ORIGINAL)!;
const APPLICABLE = CONTROLS.filter(({ id }) => BASELINE.get(id) === "pass");
const noticed = new Map<string, ReadonlySet<string>>();

describe("every attribute that a control lists, weakened in the production plan, is noticed by", () => {
  it.each(APPLICABLE.map((control) => [control.id, control] as const))(
    "%s",
    (id, { attributes }) => {
      const present = attributes.filter(({ type }) => TYPES.has(type));
      const unnoticed = present
        .filter(({ type, path: dotted }) => !controlsThatNotice(type, dotted).has(id))
        .map(({ type, path: dotted }) => `${type} ${dotted}`);
      const expected = SURVIVORS.filter((one) => one.control === id).map((one) => `${one.type} ${one.path}`);
      expect(unnoticed.sort()).toEqual(expected.sort());
    },
    600_000,
  );
});

it("the types that cannot be weakened there are the committed ones", () => {
  const absent = APPLICABLE.flatMap(({ attributes }) => attributes.map(({ type }) => type)).filter(
    (t) => !TYPES.has(t),
  );
  expect([...new Set(absent)].sort()).toEqual(ABSENT);
});

it("every survivor has a reason", () => {
  expect(SURVIVORS.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

/** Controls that some mutant of the attribute moves from pass to fail or unknown; asked for once. */
function controlsThatNotice(type: string, dotted: string): ReadonlySet<string> {
  const key = `${type} ${dotted}`;
  const known = noticed.get(key);
  if (known) return known;
  const wanted = new Set(
    APPLICABLE.filter((c) => c.attributes.some((a) => a.type === type && a.path === dotted))
      .map(({ id }) => id)
      .filter((id) => FULL || !SURVIVORS.some((s) => s.control === id && s.type === type && s.path === dotted)),
  );
  const found = new Set<string>();
  for (const mutant of mutantsOf(ORIGINAL, type, dotted)) {
    if (found.size === wanted.size) break;
    const documents = structuredClone(ORIGINAL);
    if (!mutant.apply(documents)) continue;
    const statuses = statusesOf(documents, `${type} ${dotted} ${mutant.name}`);
    for (const id of wanted) {
      if (statuses?.get(id) === "fail" || statuses?.get(id) === "unknown") found.add(id);
    }
  }
  noticed.set(key, found);
  return found;
}

/** Undefined when the mutant is refused as no plan at all. */
function statusesOf(
  documents: Documents,
  name = "the production plan",
): ReadonlyMap<string, ControlStatus> | undefined {
  try {
    return new Map(judged(documents).controls.map(({ id, status }) => [id, status]));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "SCHEMA_MISMATCH" || code === "SYNTH_MISMATCH") return undefined;
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

function read<T>(name: string): T {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "mutation", name), "utf8"));
}
