// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type ControlMetadata, loadSidecar } from "../../validation/gate";
import { mutantsOf } from "../../validation/gate/mutation/mutants";
import { judged, noticing } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";

interface Survivor {
  readonly control: string;
  readonly type: string;
  readonly path: string;
  readonly reason: string;
}

/** `npm test` tries what may never be waived, `npm run test:full` all, and their survivors again: one that dies leaves the list. */
const FULL = process.env.PART11_FULL === "1";

const ORIGINAL = goldenDocuments();
const TYPES = new Set(ORIGINAL.plan.resource_changes.map(({ type }) => type));
const CONTROLS = loadSidecar().sidecar.controls;
const SURVIVORS: readonly Survivor[] = read("survivors.json");
/** Types of which the production plan holds no resource: the Rego tests of their controls challenge them. */
const ABSENT: readonly string[] = read("absent-types.json");

const BASELINE = new Map(judged(ORIGINAL).controls.map(({ id, status }) => [id, status]));
const APPLICABLE = CONTROLS.filter(({ id }) => BASELINE.get(id) === "pass");
const known = new Map<string, ReadonlySet<string>>();

describe("every attribute that a control lists, weakened in the production plan, is noticed by", () => {
  const tried = APPLICABLE.filter(({ waivable }) => FULL || waivable === false);
  it.each(tried.map((control) => [control.id, control] as const))(
    "%s",
    (id, { attributes }) => {
      const present = attributes.filter(({ type }) => TYPES.has(type));
      const unnoticed = present
        .filter(({ type, path: dotted }) => !controlsThatNotice(type, dotted).has(id))
        .map(({ type, path: dotted }) => `${type} ${dotted}`);
      const expected = SURVIVORS.filter((one) => one.control === id).map((one) => `${one.type} ${one.path}`);
      expect(unnoticed.sort()).toEqual(expected.sort());
    },
    1_800_000,
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
  const before = known.get(key);
  if (before) return before;
  const wanted = APPLICABLE.filter((c) => c.attributes.some((a) => a.type === type && a.path === dotted)).filter(
    ({ id }) => FULL || !SURVIVORS.some((s) => s.control === id && s.type === type && s.path === dotted),
  );
  const found = new Set<string>();
  for (const mutant of mutantsOf(ORIGINAL, type, dotted)) {
    const waiting = wanted.filter(({ id }) => !found.has(id));
    if (waiting.length === 0) break;
    const documents = structuredClone(ORIGINAL);
    if (!mutant.apply(documents)) continue;
    for (const id of noticed(documents, waiting, `${type} ${dotted} ${mutant.name}`)) found.add(id);
  }
  known.set(key, found);
  return found;
}

/** None when the mutant is refused as no plan at all. */
function noticed(documents: Documents, controls: readonly ControlMetadata[], name: string): readonly string[] {
  try {
    return noticing(documents, controls);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "SCHEMA_MISMATCH" || code === "SYNTH_MISMATCH") return [];
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

function read<T>(name: string): T {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "mutation", name), "utf8"));
}
