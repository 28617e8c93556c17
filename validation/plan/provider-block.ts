// SPDX-License-Identifier: Apache-2.0

/** Account of an offline plan whose provider block names none. */
const UNKNOWN_ACCOUNT = "000000000000";

type ProviderBlock = Readonly<Record<string, unknown>>;

/** The blocks of the AWS provider in a synthesized stack. */
export function awsProviderBlocks(synth: unknown): readonly ProviderBlock[] {
  const blocks = (synth as { provider?: { aws?: unknown } } | null)?.provider?.aws;
  return Array.isArray(blocks) ? (blocks as ProviderBlock[]) : blocks ? [blocks as ProviderBlock] : [];
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
 * Whether the provider blocks mark the stack as synthesized offline: every AWS block skips the check of credentials and none names an
 * endpoint, so that only a plan can be made with it. A stack without AWS provider has no mark.
 */
export function isOfflineSynth(synth: unknown): boolean {
  const blocks = awsProviderBlocks(synth);
  return blocks.length > 0 && blocks.some((block) => block.skip_credentials_validation === true && !hasEndpoint(block));
}

/** Whether an AWS block carries a mark that none for AWS itself has: an endpoint, or a skipped check of credentials or account. */
export function isMarkedSynth(synth: unknown): boolean {
  return awsProviderBlocks(synth).some((block) => hasEndpoint(block) || CHECKS.some((skip) => isSkipped(block[skip])));
}

const CHECKS = ["skip_credentials_validation", "skip_requesting_account_id"];

/** What is not plainly off may turn out on. */
function isSkipped(value: unknown): boolean {
  return value !== undefined && value !== false;
}

function hasEndpoint({ endpoints }: ProviderBlock): boolean {
  return Array.isArray(endpoints) && endpoints.some((group) => Object.keys(group ?? {}).length > 0);
}
