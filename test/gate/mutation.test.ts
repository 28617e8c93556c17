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

const ORIGINAL = goldenDocuments();
const CONTROLS = loadSidecar().sidecar.controls;
const SURVIVORS: readonly Survivor[] = JSON.parse(
  fs.readFileSync(path.join(__dirname, "mutation", "survivors.json"), "utf8"),
);

const BASELINE = statusesOf(ORIGINAL)!;
const APPLICABLE = CONTROLS.filter(({ id }) => BASELINE.get(id) === "pass");
const noticed = new Map<string, ReadonlySet<string>>();

describe("every attribute that a control lists, weakened in the production plan, is noticed by", () => {
  it.each(APPLICABLE.map((control) => [control.id, control] as const))("%s", (id, control) => {
    const unnoticed = control.attributes
      .filter(({ type, path: dotted }) => !controlsThatNotice(type, dotted).has(id))
      .map(({ type, path: dotted }) => `${type} ${dotted}`);
    const expected = SURVIVORS.filter((one) => one.control === id).map((one) => `${one.type} ${one.path}`);
    expect(unnoticed.sort()).toEqual(expected.sort());
  });
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
    APPLICABLE.filter((c) => c.attributes.some((a) => a.type === type && a.path === dotted)).map(({ id }) => id),
  );
  const found = new Set<string>();
  for (const mutant of mutantsOf(ORIGINAL, type, dotted)) {
    if (found.size === wanted.size) break;
    const documents = structuredClone(ORIGINAL);
    if (!mutant.apply(documents)) continue;
    const statuses = statusesOf(documents);
    for (const id of wanted) {
      if (statuses?.get(id) === "fail" || statuses?.get(id) === "unknown") found.add(id);
    }
  }
  noticed.set(key, found);
  return found;
}

/** Undefined when the mutant is refused as no plan at all. */
function statusesOf(documents: Documents): ReadonlyMap<string, ControlStatus> | undefined {
  try {
    return new Map(judged(documents).controls.map(({ id, status }) => [id, status]));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "SCHEMA_MISMATCH" || code === "SYNTH_MISMATCH") return undefined;
    throw error;
  }
}
