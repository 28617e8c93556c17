// SPDX-License-Identifier: Apache-2.0
import type { Configuration, ConfiguredModule } from "./configuration";
import { type Argument, argumentsOf } from "./expressions";
import type { PlanMeta, ProviderFacts } from "./facts";
import { isObject, recordOf, sortedRecord, sortedUnique } from "./json-object";
import type { PlanDocument, ProviderConfig } from "./plan-document";

const LOOPBACK = /^https?:\/\/(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d+)?(?:\/|$)/;
/** Skips that no plan for AWS itself carries: with them nobody asked which account it is. */
export const ACCOUNT_SKIPS: ReadonlySet<string> = new Set([
  "skip_credentials_validation",
  "skip_requesting_account_id",
]);
/** Services that an emulator stands for: who one is, who may do what, and where records lie. */
const EMULATED = ["dynamodb", "iam", "kms", "lambda", "s3", "sns", "sqs", "sts"];
const ASSUMED = new Set(["assume_role.role_arn", "assume_role_with_web_identity.role_arn"]);
/** Arguments that lead nowhere else. */
const KNOWN = new Set([
  ...[
    "alias",
    "allowed_account_ids",
    "default_tags.tags",
    "forbidden_account_ids",
    "max_retries",
    "region",
    "retry_mode",
  ],
  ...["s3_us_east_1_regional_endpoint", "s3_use_path_style", "tag_policy_compliance"],
  ...["use_dualstack_endpoint", "use_fips_endpoint"],
]);
const KNOWN_BLOCK = /^(?:skip_|endpoints\.|assume_role\.|assume_role_with_web_identity\.)/;
const MAX_HOPS = 32;

/** Provider blocks of the plan by config key. Arguments with secrets are never read. */
export function readProviders(plan: PlanDocument, configuration: Configuration): ReadonlyMap<string, ProviderFacts> {
  const providers = new Map<string, ProviderFacts>();
  for (const [key, config] of Object.entries(plan.configuration.provider_config ?? {})) {
    const module = configuration.modules.get(modulePath(config)) ?? configuration.root;
    providers.set(
      key,
      readProvider(config, (argument) => constantOf(argument, module, plan)),
    );
  }
  return providers;
}

function modulePath(config: ProviderConfig): string {
  return config.module_address ?? "";
}

function readProvider(config: ProviderConfig, constant: (argument: Argument) => unknown): ProviderFacts {
  const endpoints = new Map<string, string>();
  const skips: string[] = [];
  let region: string | null = null;
  let accounts: readonly string[] = [];
  const assumed: string[] = [];
  const unclear: string[] = [];
  const others: string[] = [];
  let defaultTags: ProviderFacts["defaultTags"] = null;
  for (const argument of argumentsOf(config.expressions)) {
    const { path } = argument;
    if (!KNOWN.has(path) && !KNOWN_BLOCK.test(path)) others.push(path);
    if (path === "region") region = stringOrNull(constant(argument));
    else if (path === "allowed_account_ids") accounts = strings(constant(argument));
    else if (path === "default_tags.tags") defaultTags = tags(constant(argument));
    else if (path.startsWith("skip_")) {
      const value = constant(argument);
      if (value === true || value === "true") skips.push(path);
      else if (value !== false && value !== "false" && ACCOUNT_SKIPS.has(path)) unclear.push(path);
    } else if (path.startsWith("endpoints.")) {
      const value = constant(argument);
      if (typeof value === "string") endpoints.set(path.slice("endpoints.".length), value);
      else unclear.push(path);
    } else if (ASSUMED.has(path)) {
      const value = constant(argument);
      if (typeof value === "string") assumed.push(value);
      else unclear.push(path);
    }
  }
  return {
    name: config.name,
    source: config.full_name ?? config.name,
    alias: config.alias ?? null,
    version: config.version_constraint ?? null,
    region,
    endpoints: sortedRecord(endpoints),
    skips: skips.sort(),
    allowedAccountIds: [...accounts].sort(),
    defaultTags,
    assumedRoleArns: assumed.sort(),
    others: sortedUnique(others),
    unclear: unclear.sort(),
  };
}

/** Value of an argument that is a constant, or nothing but one variable. Sensitive variables stay unread. */
function constantOf(argument: Argument, module: ConfiguredModule, plan: PlanDocument): unknown {
  if (argument.constant !== undefined) return argument.constant;
  let references = argument.references;
  let scope = module;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const [only, ...rest] = references;
    if (only === undefined || rest.length > 0 || !only.startsWith("var.")) return undefined;
    const name = only.slice("var.".length);
    if (!scope.parent) {
      const declared = plan.configuration.root_module?.variables?.[name];
      if (!declared || declared.sensitive === true) return undefined;
      return plan.variables?.[name]?.value ?? declared.default;
    }
    const constant = scope.inputConstants.get(name);
    if (constant !== undefined) return constant;
    references = scope.inputs.get(name) ?? [];
    scope = scope.parent;
  }
  return undefined;
}

/** What the provider blocks of hashicorp/aws together say; null when they differ or cannot be understood. */
export function targetOf(providers: Iterable<ProviderFacts>): PlanMeta["target"] {
  const targets = new Set<PlanMeta["target"]>();
  for (const provider of providers) if (isAws(provider)) targets.add(targetOfProvider(provider));
  const [target] = targets;
  return targets.size === 1 && target !== undefined ? target : null;
}

/** The local name is the configuration's own choice, so the source counts too. */
function isAws({ name, source }: ProviderFacts): boolean {
  return name === "aws" || source.endsWith("/aws");
}

function targetOfProvider(provider: ProviderFacts): PlanMeta["target"] {
  if (provider.unclear.some((path) => !ASSUMED.has(path))) return null;
  const endpoints = Object.values(provider.endpoints);
  if (endpoints.length > 0) return isEmulated(provider) ? "emulator" : null;
  return provider.skips.some((skip) => ACCOUNT_SKIPS.has(skip)) ? "offline" : "aws";
}

/** On this machine as a whole: one service left out would be AWS, without the checks that a plan for AWS keeps. */
function isEmulated({ endpoints }: ProviderFacts): boolean {
  return (
    EMULATED.every((service) => endpoints[service] !== undefined) &&
    Object.values(endpoints).every((endpoint) => LOOPBACK.test(endpoint))
  );
}

function stringOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function tags(value: unknown): Readonly<Record<string, string>> | null {
  if (!isObject(value)) return null;
  const entries = Object.keys(value).sort();
  return recordOf(entries.map((key) => [key, String(value[key])] as const));
}
