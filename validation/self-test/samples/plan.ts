// SPDX-License-Identifier: Apache-2.0
// Plans as `terraform show -json` prints them, of one bucket with a lock.

const SOURCE = "registry.terraform.io/hashicorp/aws";

interface Resource {
  readonly type: string;
  readonly after: object;
  readonly unknown?: object;
  readonly expressions: object;
}

export interface SamplePlan {
  /** @default "COMPLIANCE" */
  readonly mode?: string;
  /** The mode is known after the apply only. @default false */
  readonly modeUnknown?: boolean;
  /** @default true */
  readonly locked?: boolean;
  /** Members of the plan that differ. */
  readonly more?: object;
}

/** Plan of a bucket whose default retention is seven years. */
export function samplePlan({ mode = "COMPLIANCE", modeUnknown = false, locked = true, more }: SamplePlan = {}): object {
  const bucket: Resource = {
    type: "aws_s3_bucket",
    after: { bucket: "acme-trial-raw", object_lock_enabled: true, tags: { BucketRole: "record" } },
    expressions: {
      bucket: { constant_value: "acme-trial-raw" },
      object_lock_enabled: { constant_value: true },
      tags: { constant_value: { BucketRole: "record" } },
    },
  };
  const known = modeUnknown ? { years: 7 } : { mode, years: 7 };
  const lock: Resource = {
    type: "aws_s3_bucket_object_lock_configuration",
    after: { rule: [{ default_retention: [known] }] },
    unknown: { bucket: true, rule: [{ default_retention: [modeUnknown ? { mode: true } : {}] }] },
    expressions: {
      bucket: { references: ["aws_s3_bucket.raw.id", "aws_s3_bucket.raw"] },
      rule: [
        {
          default_retention: [
            {
              mode: modeUnknown ? { references: ["var.mode"] } : { constant_value: mode },
              years: { constant_value: 7 },
            },
          ],
        },
      ],
    },
  };
  const resources = locked ? [bucket, lock] : [bucket];
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: resources.map(({ type, after, unknown }) => ({
      ...named(type),
      provider_name: SOURCE,
      change: { actions: ["create"], before: null, after, after_unknown: unknown ?? {}, after_sensitive: {} },
    })),
    configuration: {
      provider_config: {
        aws: { name: "aws", full_name: SOURCE, expressions: { region: { constant_value: "eu-central-1" } } },
      },
      root_module: {
        resources: resources.map(({ type, expressions }) => ({
          ...named(type),
          provider_config_key: "aws",
          expressions,
        })),
      },
    },
    applyable: true,
    complete: true,
    errored: false,
    ...more,
  };
}

function named(type: string) {
  return { address: `${type}.raw`, mode: "managed", type, name: "raw" };
}
