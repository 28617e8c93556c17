// SPDX-License-Identifier: Apache-2.0
import { goldenDocuments } from "./mutation/documents";

// biome-ignore lint/suspicious/noExplicitAny: the plan is changed at will
type Loose = any;

/** Canaries by the kind of place that Terraform calls sensitive, or that holds what it calls so. */
const PLACES = {
  attribute: 200,
  block: 90,
  before: 90,
  drift: 140,
  childModule: 100,
  variable: 100,
  output: 80,
  priorState: 80,
  provider: 30,
  configuration: 90,
} as const;

export type Place = keyof typeof PLACES;

export interface Planted {
  readonly plan: Loose;
  readonly synth: Loose;
  readonly lock: string;
  readonly canaries: readonly string[];
}

/** The core of a canary: letters and digits, which no escaper changes. */
function core(number: number): string {
  return `Kq7${String(number).padStart(5, "0")}vX2w`;
}

/** The production plan with 1,000 secrets in it. Its policies and names stay readable, so that controls find something. */
export function canaryPlan(): Planted {
  const { plan, synth, lock } = structuredClone(goldenDocuments()) as Loose;
  const canaries: string[] = [];
  const canary = () => {
    canaries.push(core(canaries.length));
    return `s3cr\u00e9t "<&'%\n${canaries.at(-1)}/+= end`;
  };
  for (const place of Object.keys(PLACES) as Place[]) {
    const until = canaries.length + PLACES[place];
    FILL[place]({ plan, synth, canary, left: () => until - canaries.length });
  }
  return { plan, synth, lock, canaries };
}

interface Work {
  readonly plan: Loose;
  readonly synth: Loose;
  readonly canary: () => string;
  readonly left: () => number;
}

const FILL: Readonly<Record<Place, (work: Work) => void>> = {
  attribute: (work) => eachAttribute(work, 0, (change, name) => hide(change, "after", name, work, false)),
  block: (work) => eachAttribute(work, 1, (change, name) => hide(change, "after", name, work, true)),
  before: (work) =>
    eachAttribute(work, 2, (change, name) => {
      change.actions = ["update"];
      change.before ??= structuredClone(change.after);
      hide(change, "before", name, work, false);
    }),
  drift: (work) => {
    work.plan.resource_drift = work.plan.resource_changes.slice(0, 40).map((resource: Loose) => {
      const change = {
        ...structuredClone(resource.change),
        actions: ["update"],
        before: structuredClone(resource.change.after),
      };
      for (const name of hideable(change.after)) hide(change, "before", name, work, true);
      for (const name of hideable(change.after)) hide(change, "after", name, work, false);
      return { ...resource, change };
    });
    fillUp(work, (secret) => work.plan.resource_drift[0].change.after.list?.push(secret));
  },
  childModule: (work) => {
    const resources: Loose[] = [];
    fillUp(work, (secret) => {
      const name = `hidden${resources.length}`;
      const address = `module.child.aws_s3_bucket.${name}`;
      const values = { bucket: secret };
      const change = { actions: ["create"], before: null, after: values, after_unknown: {}, before_sensitive: false };
      const resource = { address, module_address: "module.child", mode: "managed", type: "aws_s3_bucket", name };
      resources.push({ ...resource, values, sensitive_values: { bucket: true } });
      const provider_name = work.plan.resource_changes[0].provider_name;
      work.plan.resource_changes.push({
        ...resource,
        provider_name,
        change: { ...change, after_sensitive: { bucket: true } },
      });
    });
    work.plan.planned_values.root_module.child_modules = [{ address: "module.child", resources }];
    const configured = resources.map(({ type, name }) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_config_key: "aws",
      expressions: { bucket: { references: ["var.secret"] } },
      schema_version: 0,
    }));
    work.plan.configuration.root_module.module_calls = {
      child: { source: "./child", module: { resources: configured, variables: { secret: { sensitive: true } } } },
    };
    work.synth.module = { child: { source: "./child" } };
  },
  variable: (work) => {
    work.plan.variables = {};
    work.plan.configuration.root_module.variables = {};
    fillUp(work, (secret, name) => {
      work.plan.variables[name] = { value: { nested: [secret] } };
      work.plan.configuration.root_module.variables[name] = { sensitive: true, default: secret };
    });
  },
  output: (work) => {
    const outputs = work.plan.planned_values.outputs;
    fillUp(work, (secret, name) => {
      outputs[name] = { sensitive: true, type: "string", value: secret };
      const marks = { before_sensitive: true, after_sensitive: true };
      work.plan.output_changes[name] = {
        actions: ["update"],
        before: secret,
        after: secret,
        after_unknown: false,
        ...marks,
      };
    });
  },
  priorState: (work) => {
    const resources: Loose[] = [];
    work.plan.prior_state.values = { root_module: { resources }, outputs: {} };
    fillUp(work, (secret, name) => {
      const resource = {
        address: `aws_db_instance.${name}`,
        mode: "managed",
        type: "aws_db_instance",
        name,
        schema_version: 0,
      };
      resources.push({ ...resource, values: { password: secret }, sensitive_values: { password: true } });
      work.plan.prior_state.values.outputs[name] = { sensitive: true, value: secret, type: "string" };
    });
  },
  provider: (work) => {
    const [first, second] = Object.values(work.plan.configuration.provider_config) as [Loose, Loose];
    for (const { expressions } of [first, second]) {
      for (const name of ["access_key", "secret_key", "token"]) expressions[name] = { constant_value: work.canary() };
      expressions.assume_role = [{ external_id: { constant_value: work.canary() } }];
    }
    fillUp(work, (secret, name) => {
      first.expressions[name] = { constant_value: secret };
    });
  },
  // A literal in the configuration of an attribute that the provider's schema calls sensitive, and in the synth it came from.
  configuration: (work) => {
    const { resources } = work.plan.configuration.root_module;
    const type = "aws_secretsmanager_secret_version";
    work.synth.resource[type] = {};
    fillUp(work, (secret, name) => {
      const resource = { address: `${type}.${name}`, mode: "managed", type, name };
      const expressions = { secret_string: { constant_value: secret } };
      resources.push({ ...resource, provider_config_key: "aws", expressions, schema_version: 0 });
      const change = {
        actions: ["create"],
        before: null,
        after: { secret_string: secret },
        after_unknown: { id: true },
      };
      const marks = { before_sensitive: false, after_sensitive: { secret_string: true } };
      const provider_name = work.plan.resource_changes[0].provider_name;
      work.plan.resource_changes.push({ ...resource, provider_name, change: { ...change, ...marks } });
      work.synth.resource[type][name] = { secret_string: secret };
    });
  },
};

function fillUp({ left, canary }: Work, plant: (secret: string, name: string) => void): void {
  for (let i = 0; left() > 0; i++) plant(canary(), `secret${i}`);
}

/** Names of attributes with a text in them, but those that say what the resource is. */
function hideable(values: Loose): readonly string[] {
  const kept = ["bucket", "tags", "tags_all", "region"];
  return Object.keys(values).filter(
    (name) => !kept.includes(name) && /":"|^"|\["/.test(JSON.stringify(values[name]) ?? ""),
  );
}

/** Every third resource each, so that the kinds of places do not meet in one. */
function eachAttribute({ plan, left }: Work, remainder: number, plant: (change: Loose, name: string) => void): void {
  plan.resource_changes.forEach(({ change }: Loose, i: number) => {
    if (i % 3 !== remainder) return;
    for (const name of hideable(change.after)) if (left() > 0) plant(change, name);
  });
}

/** Puts canaries in the place of all texts of an attribute and marks them: each of them, or the attribute as a whole. */
function hide(change: Loose, side: "before" | "after", name: string, { canary, left }: Work, whole: boolean): void {
  if (left() <= 0) return;
  const marks = `${side}_sensitive`;
  if (typeof change[marks] !== "object" || change[marks] === null) change[marks] = {};
  const planted = (value: Loose): [Loose, Loose] => {
    if (typeof value === "string" && left() > 0) return [canary(), true];
    if (Array.isArray(value)) {
      const pairs = value.map(planted);
      return [pairs.map(([inner]) => inner), pairs.map(([, mark]) => mark)];
    }
    if (typeof value !== "object" || value === null) return [value, false];
    const pairs = Object.entries(value).map(([key, inner]) => [key, planted(inner)] as const);
    return [
      Object.fromEntries(pairs.map(([key, [inner]]) => [key, inner])),
      Object.fromEntries(pairs.map(([key, [, mark]]) => [key, mark])),
    ];
  };
  const [value, mark] = planted(change[side][name]);
  change[side][name] = value;
  change[marks][name] = whole ? true : mark;
}
