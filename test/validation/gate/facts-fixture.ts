// SPDX-License-Identifier: Apache-2.0
import type { Facts, ResourceFacts } from "../../../validation/facts/facts";

const RESOURCE: ResourceFacts = {
  type: "aws_s3_bucket",
  name: "raw",
  mode: "managed",
  module: "",
  index: null,
  provider: "aws",
  region: "eu-central-1",
  actions: ["create"],
  previousAddress: null,
  importing: false,
  deposed: null,
  values: {},
  before: null,
  unknown: [],
  configured: [],
  sensitive: [],
  refs: {},
  construct: null,
  lifecycle: null,
  provisioners: [],
  templates: {},
};

/** Facts of a plan that holds only these resources, each given by what differs from a plain bucket. */
export function factsOf(
  resources: Readonly<Record<string, Partial<ResourceFacts>>>,
  environment: Facts["settings"]["environment"] = "production",
): Facts {
  const all = Object.fromEntries(Object.entries(resources).map(([address, own]) => [address, { ...RESOURCE, ...own }]));
  const byType: Record<string, string[]> = {};
  for (const [address, { type, mode }] of Object.entries(all)) {
    if (mode === "managed") byType[type] = [...(byType[type] ?? []), address].sort();
  }
  return {
    schemaVersion: 1,
    meta: {
      formatVersion: "1.2",
      terraformVersion: "1.11.4",
      complete: true,
      errored: false,
      applyable: true,
      target: "offline",
      digests: { plan: "0".repeat(64), synth: null, lock: null, policy: null, settings: null },
      lock: null,
      tools: { terraform: "1.11.4", part11: "0.1.0" },
    },
    settings: {
      environment,
      recordClasses: {},
      defaultRecordClass: "clinical",
      inboxMinimumDays: 7,
      allowedRegions: [],
      deployRoleArns: [],
      sftpCidrs: [],
      unblinded: null,
      scannerRoleArns: [],
      buckets: [],
    },
    resources: all,
    byType,
    links: {},
    policies: [],
    statements: [],
    policiesOn: {},
    policiesOf: {},
    providers: {},
    modules: {},
    programs: [],
    drift: [],
  };
}

export const LOCKED = { mode: "COMPLIANCE", owner: "data office" };
