// SPDX-License-Identifier: Apache-2.0
import type { Facts, PolicyFacts, Statement } from "../../facts";
import { CARRIERS } from "../../facts/policy-carriers";
import { canonicalJson } from "../../json";
import type { ControlMetadata } from "../decisions";
import { ownOf } from "./neighbours";

/** Policies of the facts, found by whom they are about. */
export class PoliciesAbout {
  private readonly byAddress = new Map<string, number[]>();
  /** Indexes into `statements` by the resource that they name. */
  private readonly named = new Map<string, number[]>();
  /** Indexes into `statements` of those that may mean resources they do not name. */
  readonly broad: readonly number[];
  /** Indexes into `policies` of texts that the plan does not show. */
  readonly dark: readonly number[];

  constructor(private readonly facts: Facts) {
    for (const [i, { address }] of facts.policies.entries()) add(this.byAddress, address, i);
    for (const [i, { refs }] of facts.statements.entries()) for (const address of refs) add(this.named, address, i);
    this.broad = facts.statements.flatMap((statement, i) => (isBroad(statement) ? [i] : []));
    this.dark = facts.policies.flatMap(({ origin }, i) =>
      origin === "unknown" || origin === "aws-managed" ? [i] : [],
    );
  }

  /** Policies on, of or by one of some resources. */
  of(addresses: Iterable<string>): readonly number[] {
    const found = new Set<number>();
    const { policiesOn, policiesOf } = this.facts;
    for (const address of addresses) {
      for (const i of this.byAddress.get(address) ?? []) found.add(i);
      for (const index of [policiesOn, policiesOf]) for (const i of ownOf(index, address) ?? []) found.add(i);
    }
    return [...found];
  }

  /** Statements, wherever they stand, that name a resource. */
  naming(address: string): readonly number[] {
    return this.named.get(address) ?? [];
  }
}

/** Service that actions name on resources of a type; null = any. */
export function serviceOf(type: string): string | null {
  return SERVICES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? null;
}

/** Whether policies elsewhere may be about a resource of the type: what a principal or a policy is, its own policies say. */
export function isObjectOfPolicies(type: string): boolean {
  return !type.startsWith("aws_iam_") && !CARRIERS.get(type)?.some(({ subject }) => subject !== null);
}

/** Whether a control reads policies that stand in this attribute of this type. */
export function readsPolicy({ attributes }: ControlMetadata, { attribute }: PolicyFacts, type: string): boolean {
  return attributes.some(
    ({ type: listed, path }) => listed === type && (attribute === path || attribute.startsWith(`${path}.`)),
  );
}

/** What a statement says, whoever numbered it: no index and no name. */
export function meaningOf({ policy: _policy, sid: _sid, ...said }: Statement): object {
  const sorted = Object.entries(said).map(([name, value]) => [name, Array.isArray(value) ? inOrder(value) : value]);
  return Object.fromEntries(sorted);
}

/** Service in actions by type of resource; other types may be meant by any action. */
const SERVICES: ReadonlyArray<readonly [string, string]> = [
  ["aws_s3", "s3"],
  ["aws_kms_", "kms"],
  ["aws_dynamodb_", "dynamodb"],
  ["aws_sqs_", "sqs"],
  ["aws_sns_", "sns"],
  ["aws_lambda_", "lambda"],
  ["aws_secretsmanager_", "secretsmanager"],
  ["aws_transfer_", "transfer"],
  ["aws_cloudtrail", "cloudtrail"],
  ["aws_cloudwatch_event_", "events"],
  ["aws_cloudwatch_log_", "logs"],
  ["aws_cognito_", "cognito-idp"],
  ["aws_mwaa_", "airflow"],
  ["aws_sfn_", "states"],
  // What decides about it are the rights in its bucket.
  ["aws_datasync_location_s3", "s3"],
  ["aws_datasync_", "datasync"],
];

function isBroad({ resources, notResources, partial }: Statement): boolean {
  return partial || notResources.length > 0 || resources.some((text) => mayMeanMany(text));
}

// `arn:aws:s3:::name/*` means one bucket, which `refs` names when the plan holds it.
function mayMeanMany(text: string): boolean {
  const bucket = /^arn:[a-z-]+:s3:::([^/]+)/.exec(text);
  return /[*?]/.test(bucket ? bucket[1]! : text.replace(/^(\$\{[^}]*\})\/.*/, "$1"));
}

/** Whether some action of a statement may be one of the service; null = any. */
export function speaksOf({ actions, notActions }: Statement, service: string | null): boolean {
  if (service === null || notActions.length > 0) return true;
  return actions.some((action) => {
    const [named = ""] = action.split(":");
    return named === service || /[*?]/.test(named);
  });
}

/** An order that members' own order does not change. */
function inOrder(values: readonly unknown[]): readonly unknown[] {
  const texts = new Map(values.map((value) => [value, canonicalJson(value)]));
  return [...values].sort((a, b) => (texts.get(a)! < texts.get(b)! ? -1 : 1));
}

function add(index: Map<string, number[]>, key: string, value: number): void {
  const known = index.get(key);
  if (known) known.push(value);
  else index.set(key, [value]);
}
