// SPDX-License-Identifier: Apache-2.0

/** A new value for an old one; `KEEP` leaves the place alone. */
export interface Transform {
  readonly name: string;
  readonly apply: (value: unknown) => unknown;
}

export const KEEP = Symbol("keep");
export const MUTANT = "part11-mutant";

/** Words that weaken some setting of AWS, whatever the setting. */
const WEAK_WORDS = ["Disabled", "Suspended", "GOVERNANCE", "AES256", "GLACIER", "OFF", "alias/aws/s3", "*", ""];
const WEAK_NUMBERS = [0, 1, -1, 100_000];
const MAX_STATEMENTS = 24;

/** Ways to weaken the values seen at one attribute; `roles` are ARNs to which a policy may be opened by name. */
export function transformsFor(seen: readonly unknown[], roles: readonly string[]): readonly Transform[] {
  const texts = [...new Set(seen.filter((value) => typeof value === "string"))] as string[];
  const policies = texts.filter(isPolicy);
  return [
    { name: "flipped", apply: (value) => (typeof value === "boolean" ? !value : KEEP) },
    ...numbers(),
    ...(policies.length > 0 ? [...statements(), ...trusts(roles)] : []),
    ...words(texts.filter((text) => !isPolicy(text) && !text.includes("${"))),
    ...lists(),
    ...maps(seen),
    ...additions(),
  ];
}

function numbers(): readonly Transform[] {
  const fixed = WEAK_NUMBERS.map((n) => ({
    name: `set to ${n}`,
    apply: (v: unknown) => (typeof v === "number" ? n : KEEP),
  }));
  const near = [-1, 1].map((n) => ({
    name: `${n} more`,
    apply: (v: unknown) => (typeof v === "number" ? v + n : KEEP),
  }));
  return [...fixed, ...near];
}

function words(texts: readonly string[]): readonly Transform[] {
  const others = [MUTANT, ...texts.slice(0, 12), ...WEAK_WORDS];
  return others.map((other) => ({
    name: `set to ${JSON.stringify(other)}`,
    apply: (v) => (typeof v === "string" && !isPolicy(v) && v !== other ? other : KEEP),
  }));
}

function lists(): readonly Transform[] {
  const isTexts = (v: unknown): v is unknown[] => Array.isArray(v) && v.every((item) => typeof item !== "object");
  return [
    { name: "emptied", apply: (v) => (Array.isArray(v) && v.length > 0 ? [] : KEEP) },
    { name: "extended with *", apply: (v) => (isTexts(v) ? [...v, "*"] : KEEP) },
    { name: "one item fewer", apply: (v) => (Array.isArray(v) && v.length > 0 ? v.slice(1) : KEEP) },
    { name: "items replaced", apply: (v) => (isTexts(v) && v.length > 0 ? v.map(() => MUTANT) : KEEP) },
  ];
}

// Tags: each key dropped, and each set to every value seen elsewhere, so that a subject changes its role.
function maps(seen: readonly unknown[]): readonly Transform[] {
  const values = new Map<string, Set<unknown>>();
  for (const map of seen.filter(isMap)) {
    for (const [key, value] of Object.entries(map)) values.set(key, (values.get(key) ?? new Set([MUTANT])).add(value));
  }
  return [...values].flatMap(([key, others]) => [
    { name: `without ${key}`, apply: (v: unknown) => (isMap(v) && key in v ? without(v, key) : KEEP) },
    ...[...others].map((other) => ({
      name: `${key} set to ${JSON.stringify(other)}`,
      apply: (v: unknown) => (isMap(v) && v[key] !== other ? { ...v, [key]: other } : KEEP),
    })),
  ]);
}

function additions(): readonly Transform[] {
  const values = [true, false, 1, 100_000, "*", MUTANT, "2020-01-01T00:00:00Z", ["*"], ...WEAK_WORDS];
  return values.map((value) => ({
    name: `added as ${JSON.stringify(value)}`,
    apply: (v) => (v === null || v === undefined ? value : KEEP),
  }));
}

type Statement = Record<string, unknown>;

function statements(): readonly Transform[] {
  const each = (name: string, change: (statement: Statement) => Statement | undefined): Transform[] =>
    Array.from({ length: MAX_STATEMENTS }, (_, at) => ({
      name: `statement ${at} ${name}`,
      apply: (v: unknown) => onPolicy(v, (all) => (at < all.length ? replaced(all, at, change(all[at]!)) : undefined)),
    }));
  const added: Statement = { Sid: "Mutant", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  const identity: Statement = { Sid: "Mutant", Effect: "Allow", Action: "*", Resource: "*" };
  return [
    { name: "statement added", apply: (v) => onPolicy(v, (all) => [...all, all[0]?.Principal ? added : identity]) },
    { name: "statements emptied", apply: (v) => onPolicy(v, () => []) },
    ...each("dropped", () => undefined),
    ...each("with any action", (s) => ({ ...s, Action: "*" })),
    ...each("on any resource", (s) => ({ ...s, Resource: "*" })),
    ...each("without condition", (s) => without(s, "Condition")),
    ...each("with any principal", (s) => ({ ...s, Principal: "*" })),
    ...each("turned around", (s) => ({ ...s, Effect: s.Effect === "Deny" ? "Allow" : "Deny" })),
  ];
}

function trusts(roles: readonly string[]): readonly Transform[] {
  return roles.map((arn) => {
    const added: Statement = { Sid: "Mutant", Effect: "Allow", Principal: { AWS: arn }, Action: "*", Resource: "*" };
    return {
      name: `statement added for ${arn}`,
      apply: (v) => onPolicy(v, (all) => (all[0]?.Principal ? [...all, added] : undefined)),
    };
  });
}

function onPolicy(value: unknown, change: (all: Statement[]) => Statement[] | undefined): unknown {
  if (typeof value !== "string" || !isPolicy(value)) return KEEP;
  const policy = JSON.parse(value) as { Statement: Statement | Statement[] };
  const changed = change([policy.Statement].flat());
  return changed === undefined ? KEEP : JSON.stringify({ ...policy, Statement: changed });
}

function replaced(all: readonly Statement[], at: number, one: Statement | undefined): Statement[] {
  return all.flatMap((statement, i) => (i !== at ? [statement] : one ? [one] : []));
}

function isPolicy(text: string): boolean {
  return text.startsWith("{") && text.includes('"Statement"');
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(map: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([own]) => own !== key));
}
