// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";
import { ACCOUNT_SKIPS } from "../facts/providers";

/** Account of an offline plan whose provider block names none. */
const UNKNOWN_ACCOUNT = "000000000000";

/** The blocks of the AWS provider in a synthesized stack, whatever local name it has there. */
export function awsProviderBlocks(synth: unknown): readonly JsonObject[] {
  const { provider, terraform } = isObject(synth) ? synth : {};
  const required = blocksOf(blocksOf(terraform).map(({ required_providers: providers }) => providers));
  const named = required.flatMap((providers) => Object.keys(providers).filter((name) => isAws(providers[name])));
  const names = [...new Set(["aws", ...named])];
  return blocksOf(provider).flatMap((providers) => names.flatMap((name) => blocksOf(providers[name])));
}

function isAws(required: unknown): boolean {
  return isObject(required) && String(required.source).endsWith("/aws");
}

/** Terraform's JSON writes one block as an object, and several as an array of them. */
function blocksOf(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(blocksOf);
  return isObject(value) ? [value] : [];
}

/** Regions of all blocks, in their order. */
export function regionsOf(synth: unknown): readonly string[] {
  return awsProviderBlocks(synth).flatMap(({ region }) => (typeof region === "string" ? region : []));
}

/** Account id that the provider blocks allow (`allowed_account_ids`), twelve digits; zeros when they name none. */
export function accountOf(synth: unknown): string {
  for (const { allowed_account_ids: ids } of awsProviderBlocks(synth)) {
    const id = Array.isArray(ids) ? ids.find((value) => /^\d{12}$/.test(String(value))) : undefined;
    if (id !== undefined) return String(id);
  }
  return UNKNOWN_ACCOUNT;
}

/**
 * Whether the provider blocks mark the stack as synthesized offline: one of AWS skips the check of credentials and names no
 * endpoint, so that only a plan can be made with it. A stack without AWS provider has no mark.
 */
export function isOfflineSynth(synth: unknown): boolean {
  return awsProviderBlocks(synth).some((block) => isOn(block.skip_credentials_validation) && !namesEndpoint(block));
}

/** Whether an AWS block carries a mark that none for AWS itself has: an endpoint, or a skipped check of credentials or account. */
export function isMarkedSynth(synth: unknown): boolean {
  return awsProviderBlocks(synth).some(
    (block) => namesEndpoint(block) || [...ACCOUNT_SKIPS].some((skip) => isOn(block[skip])),
  );
}

/** What is not plainly off may turn out on. */
function isOn(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** Whether a provider block may send calls elsewhere than to AWS: what is not plainly empty counts. */
export function namesEndpoint({ endpoints, dynamic }: JsonObject): boolean {
  return !isEmpty(endpoints) || blocksOf(dynamic).some((blocks) => blocks.endpoints !== undefined);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}
