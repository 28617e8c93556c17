// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { readJsonFile } from "../json";
import { awsProviderBlocks, regionsOf } from "../plan/provider-block";
import { MAX_SYNTH_BYTES } from "../plan/terraform-folder";

/** Where a stack lives. */
export interface Home {
  readonly accountId: string;
  /** Of the default provider. */
  readonly region: string;
  /** Of all providers. */
  readonly regions: readonly string[];
}

/** Account and regions of a stack, from the provider blocks of its cdk.tf.json. @throws PLAN_FOREIGN when they name none */
export function homeOf(file: string): Home {
  const synth = readJsonFile(file, { maxBytes: MAX_SYNTH_BYTES });
  const provider = awsProviderBlocks(synth).find(({ alias }) => alias === undefined);
  const { region, allowed_account_ids: ids } = provider ?? {};
  const [accountId] = Array.isArray(ids) ? (ids as unknown[]) : [];
  if (isNamed(region) && isNamed(accountId)) return { accountId, region, regions: regionsOf(synth) };
  throw new Part11Error({
    code: "PLAN_FOREIGN",
    what: "account and region not known",
    where: `provider block of ${file}`,
    expected: "region and allowed_account_ids",
    got: JSON.stringify(provider ?? null),
    todo: "name both in the provider block of the stack",
  });
}

function isNamed(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
