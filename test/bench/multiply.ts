// SPDX-License-Identifier: Apache-2.0

/** The files the gate judges, as texts. */
export interface PlanFiles {
  readonly plan: string;
  readonly synth: string;
}

/** Stands for the items of a list until the plan is written. */
const PLACE = "items of list ";
const PLACES = new RegExp(`"${PLACE}(\\d)"`, "g");

interface Plan {
  planned_values: { root_module: { resources: unknown[] } };
  resource_changes: Change[];
  configuration: { root_module: { resources: unknown[] } };
}

interface Change {
  type: string;
  name: string;
  change: { after: Record<string, unknown> | null };
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
  const { resource_changes, planned_values, configuration } = plan;
  const lists = [resource_changes, planned_values.root_module.resources, configuration.root_module.resources];
  // As texts: the objects of 100,000 resources would be parsed and written again for nothing.
  const texts = lists.map((list) => {
    const items = JSON.stringify(list).slice(1, -1);
    return numbers.map((i) => rename(items, i)).join(",");
  });
  for (const [place, list] of lists.entries()) list.splice(0, list.length, PLACE + place);
  const resources = JSON.stringify(synth.resource);
  for (const i of numbers) {
    const renamed = JSON.parse(rename(resources, i)) as Synth["resource"];
    for (const [type, named] of Object.entries(renamed)) {
      if (i === 0) synth.resource[type] = {};
      Object.assign(synth.resource[type]!, named);
    }
  }
  const filled = JSON.stringify(plan).replace(PLACES, (_, place: string) => texts[Number(place)]!);
  return { plan: filled, synth: JSON.stringify(synth, null, 2) };
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
