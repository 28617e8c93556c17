// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Facts, type FactsInput, loadSettings, openPlan, readFacts } from "../../../validation/facts";

const DIGEST = "0".repeat(64);

/** Real plan JSON of Terraform 1.11.4 and hashicorp/aws 5.100.0; its source stands beside it. */
export function planFile(name: string): string {
  return path.join(__dirname, "plans", name, "plan.json");
}

// biome-ignore lint/suspicious/noExplicitAny: tests change the plan at will
export type LoosePlan = any;

export function planJson(name: string): LoosePlan {
  return JSON.parse(fs.readFileSync(planFile(name), "utf8"));
}

/** Facts of a plan given as an object, through the same door as a file. */
export function factsOf(plan: LoosePlan, over: Partial<Omit<FactsInput, "plan">> = {}): Facts {
  return readFacts({
    plan: openPlan(Buffer.from(JSON.stringify(plan)), "plan.json"),
    synth: null,
    lock: null,
    settings: loadSettings("production", null).settings,
    attributes: null,
    digests: { plan: DIGEST, synth: null, lock: null, policy: null, settings: null },
    ...over,
  });
}

export function factsOfFixture(name: string): Facts {
  return factsOf(planJson(name));
}

interface Configured {
  readonly type: string;
  readonly name?: string;
  readonly after?: LoosePlan;
  readonly unknown?: LoosePlan;
  readonly sensitive?: LoosePlan;
  readonly expressions?: LoosePlan;
  readonly mode?: "managed" | "data";
  readonly providerKey?: string;
}

/** Smallest plan that holds some resources of the root module, all of them to be created. */
export function planOf(resources: readonly Configured[], providers: LoosePlan = { aws: providerBlock({}) }): LoosePlan {
  const placed = resources.map((resource) => ({ name: "x", mode: "managed" as const, ...resource }));
  const addressOf = ({ mode, type, name }: (typeof placed)[number]) =>
    mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    errored: false,
    resource_changes: placed.map((resource) => ({
      address: addressOf(resource),
      mode: resource.mode,
      type: resource.type,
      name: resource.name,
      provider_name: "aws",
      change: {
        actions: [resource.mode === "data" ? "read" : "create"],
        before: null,
        after: resource.after ?? {},
        after_unknown: resource.unknown ?? {},
        before_sensitive: false,
        after_sensitive: resource.sensitive ?? {},
      },
    })),
    configuration: {
      provider_config: providers,
      root_module: {
        resources: placed.map((resource) => ({
          address: addressOf(resource),
          mode: resource.mode,
          type: resource.type,
          name: resource.name,
          provider_config_key: resource.providerKey ?? "aws",
          expressions: resource.expressions ?? {},
        })),
      },
    },
  };
}

export function providerBlock(values: Readonly<Record<string, unknown>>, expressions: LoosePlan = {}): LoosePlan {
  const constants = Object.entries(values).map(([key, value]) => [key, { constant_value: value }]);
  return { name: "aws", full_name: "hashicorp/aws", expressions: { ...Object.fromEntries(constants), ...expressions } };
}

/** Error code of what a call throws; fails when it returns. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  throw new Error("nothing was thrown");
}
