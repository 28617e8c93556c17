// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../error";
import { readCapped, sha256Hex } from "../../json";
import { awsProviderBlocks, namesEndpoint } from "../../plan/provider-block";
import { parseStrictYaml } from "../../yaml/strict-yaml";

/** What the user says that the target is: every source must say the same. */
export interface SaidTarget {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  readonly environment: "production" | "qualification";
}

/** Variables by which the SDK goes elsewhere than to AWS (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"). */
const ENDPOINT_VARIABLE = /^AWS_ENDPOINT_URL(_.+)?$/;

/** Nothing of the environment sends calls elsewhere, or lets somebody else answer as AWS. @throws TARGET_REFUSED */
export function assertOwnEndpoints(env: NodeJS.ProcessEnv): void {
  const [variable] = Object.keys(env).filter((name) => ENDPOINT_VARIABLE.test(name) && env[name] !== "");
  if (variable !== undefined) {
    throw refused("environment", "no endpoint of one's own", `${variable} is set`, `unset ${variable}`);
  }
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    const got = "NODE_TLS_REJECT_UNAUTHORIZED=0";
    throw refused("environment", "TLS certificates that are checked", got, "unset NODE_TLS_REJECT_UNAUTHORIZED");
  }
}

/** @throws TARGET_REFUSED where the environment names another region than the user */
export function assertRegionOf(env: NodeJS.ProcessEnv, { region }: SaidTarget): void {
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const named = env[name];
    if (named === undefined || named === "" || named === region) continue;
    throw refused(name, `the region of --region, ${region}`, named, `correct --region or ${name}`);
  }
}

/** @throws TARGET_REFUSED unless the caller, as STS names it, is of the account and not its root */
export function assertCallerOf(caller: { readonly arn: string; readonly account: string }, said: SaidTarget): void {
  if (caller.account !== said.accountId) {
    const expected = `the account of --account, ${said.accountId}`;
    throw refused("STS GetCallerIdentity", expected, caller.account, "correct --account or take other credentials");
  }
  if (caller.arn.endsWith(":root")) {
    throw refused("STS GetCallerIdentity", "a role or user", caller.arn, "take credentials that are not the root's");
  }
}

/** The provider blocks name this account alone, this region, and no endpoint. @throws TARGET_REFUSED */
export function assertSynthOf(synth: unknown, said: SaidTarget): void {
  const blocks = awsProviderBlocks(synth);
  const where = "provider block of the plan";
  for (const block of blocks) {
    const { allowed_account_ids: ids } = block;
    if (!(Array.isArray(ids) && ids.length === 1 && ids[0] === said.accountId)) {
      const expected = `allowed_account_ids ["${said.accountId}"]`;
      throw refused(where, expected, JSON.stringify(ids ?? null), "correct --account, or plan with its settings");
    }
    if (namesEndpoint(block)) {
      throw refused(where, "no endpoints", "endpoints", "plan for AWS: part11 plan without --target emulator");
    }
  }
  const main = blocks.find(({ alias }) => alias === undefined)?.region;
  if (main === said.region) return;
  throw refused(
    where,
    `region ${said.region}`,
    JSON.stringify(main ?? null),
    "correct --region, or plan with its settings",
  );
}

/** Every tag `Environment` that the plan sets names this environment, and there is one. @throws TARGET_REFUSED */
export function assertPlanOf(plan: unknown, said: SaidTarget): void {
  const planned = plannedChanges(plan).map(({ change }) => change.after);
  assertTagged(planned, said, "plan");
}

function assertTagged(
  resources: ReadonlyArray<Readonly<Record<string, unknown>> | null>,
  { environment }: SaidTarget,
  source: "plan" | "state",
): void {
  const named = new Set(resources.flatMap((values) => environmentTag(values) ?? []));
  if (named.size === 1 && named.has(environment)) return;
  const got = [...named].sort().join(", ") || "none";
  const todo = `give the ${source} of that environment with --${source}`;
  throw refused(`tag Environment of the ${source}`, environment, got, todo);
}

/** No settings of a stack are as large. */
const MAX_SETTINGS_BYTES = 1_000_000;

/** The settings file that the plan was made from, as it was read. @throws FILE_NOT_FOUND, FILE_TOO_LARGE, TARGET_REFUSED */
export function readSettingsOf(
  file: string,
  said: SaidTarget,
): { readonly settings: Readonly<Record<string, unknown>>; readonly sha256: string } {
  const invalid = (expected: string, got: string) =>
    refused("settings", expected, got, "give the stack's settings file");
  const bytes = readCapped(file, { maxBytes: MAX_SETTINGS_BYTES });
  const { value } = parseStrictYaml(bytes, invalid);
  const settings = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  for (const member of ["accountId", "region", "environment"] as const) {
    if (settings[member] === said[member]) continue;
    const todo = `correct the options, or give the settings of that ${member}`;
    throw refused(`${member} of the settings`, said[member], JSON.stringify(settings[member] ?? null), todo);
  }
  return { settings, sha256: sha256Hex(bytes) };
}

const ARN = /^arn:[^:]+:[^:]*:([^:]*):(\d{12}):/;

/**
 * Every ARN of a resource in state is of this account, one at least of this region, and every tag `Environment` of this
 * environment; there is one of each. @throws TARGET_REFUSED
 */
export function assertStateOf(
  resources: ReadonlyArray<{ readonly values: Readonly<Record<string, unknown>> }>,
  said: SaidTarget,
): void {
  const where = "ARNs of the state";
  const arns = resources.flatMap(({ values }) => {
    const [, region, account] = ARN.exec(String(values.arn)) ?? [];
    return account === undefined ? [] : { region, account };
  });
  const other = arns.find(({ account }) => account !== said.accountId);
  if (arns.length === 0 || other !== undefined) {
    throw refused(where, said.accountId, other?.account ?? "none", "give the state of that account with --state");
  }
  if (!arns.some(({ region }) => region === said.region)) {
    const got = [...new Set(arns.flatMap(({ region }) => region || []))].sort().join(", ") || "no region";
    throw refused(where, `one of ${said.region}`, got, "give the state of that region with --state");
  }
  assertTagged(
    resources.map(({ values }) => values),
    said,
    "state",
  );
}

/** A resource change of plan.json, as far as guards look at it. */
export interface PlannedChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
}

export function plannedChanges(plan: unknown): readonly PlannedChange[] {
  return (plan as { resource_changes?: readonly PlannedChange[] }).resource_changes ?? [];
}

function environmentTag(values: Readonly<Record<string, unknown>> | null): string | undefined {
  const tags = values?.tags as Readonly<Record<string, unknown>> | null | undefined;
  return typeof tags?.Environment === "string" ? tags.Environment : undefined;
}

export function refused(where: string, expected: string, got: string, todo: string): Part11Error {
  return new Part11Error({ code: "TARGET_REFUSED", what: "nothing executed on AWS", where, expected, got, todo });
}
