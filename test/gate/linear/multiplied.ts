// SPDX-License-Identifier: Apache-2.0
import type { Facts, PolicyFacts, ResourceFacts, Statement } from "../../../validation/facts/facts";

/** Attributes that hold the name of a resource itself. */
const OWN_NAMES = ["name", "function_name", "alarm_name", "bucket"];

/**
 * Facts with so many of the resources that are chosen, each with its own address, its own name and its own policies.
 * References among the chosen stay within a copy; all copies refer to the one that was not chosen.
 */
export function multiplied(facts: Facts, isChosen: (resource: ResourceFacts) => boolean, copies: number): Facts {
  const chosen = Object.keys(facts.resources).filter((address) => isChosen(facts.resources[address]!));
  const rename = renamer(chosen, facts);
  const resources: Record<string, ResourceFacts> = { ...facts.resources };
  const policies: PolicyFacts[] = [...facts.policies];
  const statements: Statement[] = [...facts.statements];
  const carried = facts.policies.filter(({ address }) => chosen.includes(address));
  for (let copy = 1; copy < copies; copy++) {
    for (const address of chosen) resources[rename(address, copy)] = rename(facts.resources[address]!, copy);
    for (const policy of carried) {
      const said = policy.statements.map((index) => ({ ...facts.statements[index]!, policy: policies.length }));
      const numbers = said.map((_, index) => statements.length + index);
      statements.push(...said.map((statement) => rename(statement, copy)));
      policies.push({ ...rename(policy, copy), statements: numbers });
    }
  }
  return { ...facts, resources, policies, statements, ...indexes(resources, policies) };
}

/** Replaces the addresses and names of the chosen in anything; the first copy keeps them. */
function renamer(chosen: readonly string[], facts: Facts): <T>(value: T, copy: number) => T {
  const tokens = [...chosen, ...chosen.flatMap((address) => namesOf(facts.resources[address]!))];
  const longestFirst = [...new Set(tokens)].sort((a, b) => b.length - a.length).map(inPattern);
  const pattern = new RegExp(`(?<![\\w-])(?:${longestFirst.join("|")})(?![\\w-])`, "g");
  return (value, copy) => JSON.parse(JSON.stringify(value).replace(pattern, (found) => `${found}-${copy}`));
}

function namesOf({ type, values }: ResourceFacts): readonly string[] {
  const own = OWN_NAMES.filter((name) => name !== "bucket" || type === "aws_s3_bucket");
  return own.map((name) => values[name]).filter((name): name is string => typeof name === "string" && name !== "");
}

function inPattern(token: string): string {
  return JSON.stringify(token)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** What facts say of resources and policies once more, by type and by subject. */
function indexes(resources: Facts["resources"], policies: readonly PolicyFacts[]) {
  const byType: Record<string, string[]> = {};
  const policiesOn: Record<string, number[]> = {};
  const policiesOf: Record<string, number[]> = {};
  for (const address of Object.keys(resources).sort()) {
    const { type, mode } = resources[address]!;
    if (mode === "managed") listed(byType, type).push(address);
  }
  policies.forEach(({ use, subjects }, index) => {
    const isHeld = use === "identity" || use === "boundary";
    for (const subject of subjects) listed<number>(isHeld ? policiesOf : policiesOn, subject).push(index);
  });
  return { byType, policiesOn, policiesOf };
}

function listed<T>(lists: Record<string, T[]>, key: string): T[] {
  lists[key] ??= [];
  return lists[key];
}
