// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Decisions, loadSidecar } from "../../validation/gate";
import { CORPUS, configurationsIn } from "./folders";
import { judgedFolder } from "./judged";

/** `expected.json` of a stack: what a careful reviewer decides. A control that stands nowhere in it is not applicable. */
interface Expected {
  /** What is right or wrong with the stack, in a sentence or two. */
  readonly about: string;
  readonly pass: readonly string[];
  /** Control -> addresses of its findings, sorted. */
  readonly fail: Readonly<Record<string, readonly string[]>>;
  readonly unknown: Readonly<Record<string, readonly string[]>>;
  /** Findings that attestations beside the stack cover. `@default` none */
  readonly waived?: Readonly<Record<string, readonly string[]>>;
  /** Findings of controls that wait for their module. */
  readonly pending: Readonly<Record<string, readonly string[]>>;
}

/** A verdict that the gate gives otherwise, until the gate is mended. */
interface Dispute {
  readonly stack: string;
  readonly control: string;
  readonly why: string;
}

const ROOT = path.join(CORPUS, "stacks");
const STACKS = fs.readdirSync(ROOT).sort();
const COMPILED = loadSidecar().sidecar.controls;
/** Controls that came after the reviews. */
const UNREVIEWED: readonly string[] = read(path.join(CORPUS, "unreviewed.json"));
const MISSING: readonly string[] = read(path.join(CORPUS, "missing-examples.json"));
const DISPUTES: readonly Dispute[] = read(path.join(CORPUS, "disputed.json"));
const REVIEWED = COMPILED.map(({ id }) => id).filter((id) => !UNREVIEWED.includes(id));

it("there are at least sixty configurations, twenty of them stacks", () => {
  expect(configurationsIn(CORPUS).length).toBeGreaterThanOrEqual(60);
  expect(STACKS.length).toBeGreaterThanOrEqual(20);
});

describe.each(STACKS)("%s", (stack) => {
  const expected: Expected = read(path.join(ROOT, stack, "expected.json"));
  const wanted = reviews(expected);
  const given = verdicts(judgedFolder(path.join(ROOT, stack)));
  const disputed = DISPUTES.filter((one) => one.stack === stack).map(({ control }) => control);

  it("gets the verdicts of a careful reviewer", () => {
    const undisputed = REVIEWED.filter((id) => !disputed.includes(id));
    const pick = (verdictOf: (id: string) => string) => Object.fromEntries(undisputed.map((id) => [id, verdictOf(id)]));
    expect(pick((id) => given.get(id)!)).toEqual(pick((id) => wanted.get(id) ?? "not_applicable"));
  });

  it("is disputed only where the gate still decides otherwise", () => {
    expect(disputed.filter((id) => given.get(id) === (wanted.get(id) ?? "not_applicable"))).toEqual([]);
  });

  it("is reviewed for compiled controls, with a reason", () => {
    expect([...wanted.keys()].filter((id) => !given.has(id))).toEqual([]);
    expect(expected.about.length).toBeGreaterThan(20);
  });
});

it("every dispute is about a stack and says why", () => {
  expect(DISPUTES.filter(({ stack, why }) => !STACKS.includes(stack) || why.length < 20)).toEqual([]);
});

it("every control is reviewed, but those of unreviewed.json", () => {
  const reviewed = new Set(
    STACKS.flatMap((stack) => [...reviews(read(path.join(ROOT, stack, "expected.json"))).keys()]),
  );
  expect(UNREVIEWED.filter((id) => reviewed.has(id))).toEqual([]);
});

it("the configurations together use every type that a control with examples reads", () => {
  const used = new Set(configurationsIn(CORPUS).flatMap(typesIn));
  const controlled = new Set(COMPILED.filter(({ id }) => !MISSING.includes(id)).flatMap(({ resources }) => resources));
  expect([...controlled].filter((type) => !used.has(type)).sort()).toEqual([]);
});

/** "pass", or the status with the addresses of the findings: one text, so that a difference shows both sides whole. */
function verdicts(decisions: Decisions): ReadonlyMap<string, string> {
  return new Map(
    decisions.controls.map(({ id, status, findings }) => [
      id,
      verdict(status, [...new Set(findings.map(({ address }) => address))]),
    ]),
  );
}

function reviews({ pass, ...findings }: Expected): ReadonlyMap<string, string> {
  return new Map([
    ...pass.map((id) => [id, "pass"] as const),
    ...(["fail", "unknown", "waived", "pending"] as const).flatMap((status) =>
      Object.entries(findings[status] ?? {}).map(([id, addresses]) => [id, verdict(status, addresses)] as const),
    ),
  ]);
}

function verdict(status: string, addresses: readonly string[]): string {
  return addresses.length === 0 ? status : `${status}: ${[...addresses].sort().join(", ")}`;
}

function typesIn(folder: string): readonly string[] {
  const { resource_changes: changes = [] } = read<{ resource_changes?: { type: string }[] }>(
    path.join(folder, "plan.json"),
  );
  return changes.map(({ type }) => type);
}

function read<T>(file: string): T {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}
