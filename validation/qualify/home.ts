// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { readJsonFile } from "../json";

const MAX_SYNTH_BYTES = 128 * 1024 * 1024;

interface Synth {
  readonly provider?: {
    readonly aws?: ReadonlyArray<{ alias?: string; region?: string; allowed_account_ids?: string[] }>;
  };
}

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
  const synth = readJsonFile(file, { maxBytes: MAX_SYNTH_BYTES }) as Synth;
  const provider = synth.provider?.aws?.find(({ alias }) => alias === undefined);
  const accountId = provider?.allowed_account_ids?.[0];
  const regions = (synth.provider?.aws ?? []).flatMap(({ region }) => region ?? []);
  if (provider?.region && accountId) return { accountId, region: provider.region, regions };
  throw new Part11Error({
    code: "PLAN_FOREIGN",
    what: "account and region not known",
    where: `provider block of ${file}`,
    expected: "region and allowed_account_ids",
    got: JSON.stringify(provider ?? null),
    todo: "name both in the provider block of the stack",
  });
}
