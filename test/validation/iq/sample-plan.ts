// SPDX-License-Identifier: Apache-2.0
import type { IqInputs } from "../../../validation/iq";

const SOURCE = "registry.terraform.io/hashicorp/aws";

/** One resource of a made-up plan: arguments as synthesized, and what plan and state say of them. */
export interface SampleResource {
  readonly type: string;
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly after: Record<string, unknown>;
  readonly unknown?: Record<string, unknown>;
  readonly sensitive?: Record<string, unknown>;
  readonly state?: Record<string, unknown> | null;
}

/** Inputs of an IQ and the state after its apply, of a stack of some resources in one region. */
export function sampleInputs(resources: readonly SampleResource[]): { inputs: IqInputs; state: unknown } {
  const address = ({ type, name }: SampleResource) => `${type}.${name}`;
  const synth: Record<string, Record<string, unknown>> = {};
  for (const { type, name, config } of resources) synth[type] = { ...synth[type], [name]: config };
  const plan = {
    terraform_version: "1.11.4",
    resource_changes: resources.map((one) => ({
      address: address(one),
      mode: "managed",
      type: one.type,
      name: one.name,
      provider_name: SOURCE,
      change: {
        actions: ["create"],
        before: null,
        after: one.after,
        after_unknown: one.unknown ?? {},
        after_sensitive: one.sensitive ?? {},
      },
    })),
    configuration: {
      provider_config: {
        aws: {
          full_name: SOURCE,
          version_constraint: "5.100.0",
          expressions: { region: { constant_value: "eu-central-1" } },
        },
      },
      root_module: { resources: resources.map((one) => ({ address: address(one), provider_config_key: "aws" })) },
    },
  };
  const inState = resources.filter(({ state }) => state !== null);
  const state = {
    terraform_version: "1.11.4",
    values: {
      root_module: {
        resources: inState.map((one) => ({
          address: address(one),
          mode: "managed",
          type: one.type,
          provider_name: SOURCE,
          values: one.state ?? one.after,
        })),
      },
    },
  };
  const lock = `provider "${SOURCE}" {\n  version = "5.100.0"\n  hashes = [\n    "h1:abc=",\n  ]\n}\n`;
  const profile = { target: "recorded", leftOut: [], notAvailable: [] };
  return { inputs: { stack: "sample", plan, synth: { resource: synth }, lock, controls: [], profile }, state };
}

export const VERSIONING: SampleResource = {
  type: "aws_s3_bucket_versioning",
  name: "raw",
  config: { bucket: "acme-raw", versioning_configuration: { status: "Enabled" } },
  after: { bucket: "acme-raw", versioning_configuration: [{ status: "Enabled", mfa_delete: null }] },
  state: { bucket: "acme-raw", versioning_configuration: [{ status: "Enabled", mfa_delete: "" }] },
};
