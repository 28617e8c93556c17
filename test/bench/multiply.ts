// SPDX-License-Identifier: Apache-2.0

/** The files the gate judges, as texts. */
export interface PlanFiles {
  readonly plan: string;
  readonly synth: string;
}

interface Plan {
  planned_values: { root_module: { resources: unknown[] } };
  resource_changes: { type: string; name: string; change: { after: Record<string, unknown> | null } }[];
  configuration: { root_module: { resources: unknown[] } };
}

interface Synth {
  resource: Record<string, Record<string, unknown>>;
}

/**
 * A plan and its synth of `copies` landing zones side by side, in the compact form that Terraform prints: every
 * resource, with its own address and its own literal names, referring to the resources of its own copy.
 */
export function multiply(files: PlanFiles, copies: number): PlanFiles {
  const plan = JSON.parse(files.plan) as Plan;
  const synth = JSON.parse(files.synth) as Synth;
  const rename = renamer(plan);
  const numbers = Array.from({ length: copies }, (_, i) => i);
  const copy = <T>(items: readonly T[]): T[] => {
    const text = JSON.stringify(items);
    return numbers.flatMap((i) => JSON.parse(rename(text, i)) as T[]);
  };
  plan.resource_changes = copy(plan.resource_changes);
  plan.planned_values.root_module.resources = copy(plan.planned_values.root_module.resources);
  plan.configuration.root_module.resources = copy(plan.configuration.root_module.resources);
  const resources = JSON.stringify(synth.resource);
  for (const i of numbers) {
    const renamed = JSON.parse(rename(resources, i)) as Synth["resource"];
    for (const [type, named] of Object.entries(renamed)) {
      synth.resource[type] = { ...(i === 0 ? {} : synth.resource[type]), ...named };
    }
  }
  return { plan: JSON.stringify(plan), synth: JSON.stringify(synth, null, 2) };
}

/** Number of resources that Terraform would change. */
export function resourceCount(plan: string): number {
  return (JSON.parse(plan) as Plan).resource_changes.length;
}

// cdktf starts every logical id with the id of the outermost construct; every literal name starts with the name prefix.
function renamer(plan: Plan): (text: string, i: number) => string {
  const construct = common(
    plan.resource_changes.map(({ name }) => name),
    "_",
  );
  const buckets = plan.resource_changes.filter(({ type }) => type === "aws_s3_bucket");
  const prefix = common(
    buckets.map(({ change }) => String(change.after?.bucket)),
    "-",
  );
  const pattern = new RegExp(`\\b${construct}(?=[_/])|\\b${prefix}(?=-|\\b)`, "g");
  return (text, i) => text.replace(pattern, (found) => (found === construct ? `${found}${i}` : `${found}-${i}`));
}

function common(names: readonly string[], separator: string): string {
  const parts = names.map((name) => name.split(separator));
  const first = parts[0] ?? [];
  const different = first.findIndex((part, i) => parts.some((other) => other[i] !== part));
  const shared = first.slice(0, different === -1 ? first.length : different).join(separator);
  if (shared === "") throw new Error(`the names of the plan share no prefix before ${separator}: cannot multiply them`);
  return shared;
}
