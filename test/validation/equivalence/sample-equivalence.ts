// SPDX-License-Identifier: Apache-2.0
import type { QualifiedRun } from "../../../validation/comparison";
import { type Equivalence, equivalenceOf, parseParameters } from "../../../validation/equivalence";
import type { Facts, Statement } from "../../../validation/facts";
import { assertSchema } from "../../../validation/json";
import { factsOf } from "../gate/facts-fixture";

export const LOCK = "aws_s3_bucket_object_lock_configuration.raw";

/** What one stack has otherwise than the sample. */
export interface Stack {
  readonly name?: string;
  readonly account?: string;
  readonly retention?: object;
  readonly acl?: string;
  readonly action?: string;
  readonly managedPolicy?: string;
  readonly more?: Partial<Facts>;
  /** Members of the bucket in the synthesized stack alone. */
  readonly unread?: object;
}

function factsOfStack(stack: Required<Omit<Stack, "more" | "unread">>, more: Partial<Facts>): Facts {
  const { name, account, retention, acl, action, managedPolicy } = stack;
  const facts = factsOf({
    "aws_s3_bucket.raw": { values: { bucket: `${name}-raw-${account}`, acl, tags: { System: name } } },
    [LOCK]: {
      type: "aws_s3_bucket_object_lock_configuration",
      values: { rule: [{ default_retention: [{ mode: "COMPLIANCE", days: null, years: null, ...retention }] }] },
    },
    "aws_iam_role_policy_attachment.reader": {
      type: "aws_iam_role_policy_attachment",
      values: { role: `${name}-reader`, policy_arn: `arn:aws:iam::aws:policy/${managedPolicy}` },
    },
    "aws_s3_bucket_policy.raw": { type: "aws_s3_bucket_policy", values: {} },
  });
  const of = { use: "resource", subjects: [], origin: "plan", arn: null, statements: [0] } as const;
  const statement = {
    policy: 0,
    actions: [`s3:${action}`],
    resources: [`arn:aws:s3:::${name}-raw-${account}/*`, "arn:aws:s3:::m/*"].sort(),
  };
  return {
    ...facts,
    policies: [{ address: "aws_s3_bucket_policy.raw", attribute: "policy", ...of }],
    statements: [statement as unknown as Statement],
    ...more,
  };
}

const SAMPLE = {
  name: "acme-qual",
  account: "111122223333",
  retention: { days: 1 },
  acl: "private",
  action: "getobject",
  managedPolicy: "ReadOnlyAccess",
};

export const PRODUCTION = { name: "acme-prod", account: "444455556666", retention: { years: 7 } };

function planOf({ more = {}, unread = {}, ...stack }: Stack) {
  const all = { ...SAMPLE, ...stack };
  const { name, account, acl, retention } = all;
  const synth = {
    resource: {
      aws_s3_bucket: { raw: { bucket: `${name}-raw-${account}`, acl, tags: { System: name }, ...unread } },
      aws_s3_bucket_object_lock_configuration: {
        raw: { rule: { default_retention: { mode: "COMPLIANCE", ...retention } } },
      },
    },
  };
  return { facts: factsOfStack(all, more), synth };
}

const entry = (kind: string, qualified: unknown, production: unknown, more: object = {}) => ({
  kind,
  qualified,
  production,
  justification: "The environments are told apart by it, as the plan says.",
  ...more,
});

export const NAME = entry("name", "acme-qual", "acme-prod");
export const ACCOUNT = entry("account", "111122223333", "444455556666");
export const LONGER = entry("lock-duration", { days: 1 }, { years: 7 }, { address: LOCK });
export { entry };

// JSON is YAML.
export const parsed = (...parameters: readonly object[]) =>
  parseParameters(Buffer.from(JSON.stringify({ schemaVersion: 1, parameters }, null, 1)), "equivalence.yaml");

export interface Sample {
  readonly production?: Stack;
  readonly parameters?: readonly object[];
  readonly run?: {
    readonly status?: string;
    readonly kind?: "aws" | "emulator";
    readonly access?: "read-only";
    readonly isPinned?: boolean;
    readonly execution?: object;
  };
}

/** The sample compared with a production stack; by default all that may differ does, and is listed. */
export function sampleEquivalence({
  production = PRODUCTION,
  parameters = [NAME, ACCOUNT, LONGER],
  run = {},
}: Sample): Equivalence {
  const { status = "COMPLETE", kind = "aws", isPinned = true } = run;
  const execution = "execution" in run ? run.execution : { provisional: false, attempt: 1 };
  const reading = run.access && { access: run.access };
  const qualified = {
    record: { summary: { bundle: "run-1", status, target: { name: kind, kind, ...reading }, execution } },
    plan: { name: "stack", ...planOf({}) },
    keyId: "a".repeat(64),
    isPinned,
  } as unknown as QualifiedRun;
  const found = equivalenceOf({
    run: qualified,
    production: planOf(production),
    ...(parameters.length > 0 ? { parameters: parsed(...parameters) } : {}),
  });
  assertSchema("equivalence", found, "equivalence");
  return found;
}

export const codes = ({ problems }: Equivalence) => problems.map(({ code, where }) => `${code} ${where}`);
