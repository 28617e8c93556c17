// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import { type ReconciledEvent, readEntries, reconcile, type StoredVersion, verifyChains } from "../ledger";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { oneMore } from "./vendor-options";

const EXITS = `
Versions are listed live, with the credentials, region and endpoint of the environment: take entries that were exported
just before, or what came between the two shows as a difference.

exit 0  every version is in the ledger, and every version of the ledger is there
exit 1  some are not; or the ledger does not hold
exit 2  could not look
`;

interface Flags {
  readonly entries: string;
  readonly bucket: readonly string[];
  readonly json?: boolean;
}

/** Every version of a bucket. Tests give their own. */
export type ListVersions = (bucket: string) => AsyncIterable<Omit<StoredVersion, "bucket">>;

/** `part11 ledger reconcile`: what the buckets hold against what the ledger says. */
export async function reconcileLedger(argv: string[], io: Io, list: ListVersions = onAws): Promise<number> {
  const command = new Command("part11 ledger reconcile")
    .description("Compare the versions of buckets with the ledger: never recorded, or recorded and gone.")
    .requiredOption("--entries <path>", "whole chains: file of one entry or table row a line, or folder of entry files")
    .option("--bucket <name>", "bucket to list, once or more: inbox, raw, curated, unblinded (required)", oneMore, [])
    .option("--json", "the result as JSON on stdout")
    .addHelpText("after", EXITS);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  if (flags.bucket.length === 0) throw noBucket();
  const { entries, problems } = readEntries(path.resolve(io.cwd, flags.entries));
  const broken = [...problems, ...verifyChains(entries, undefined, []).problems];
  const versions: StoredVersion[] = [];
  for (const bucket of flags.bucket) {
    for await (const { key, versionId } of list(bucket)) versions.push({ bucket, key, versionId });
  }
  const events = entries.map(({ text }) => (JSON.parse(text) as { event: ReconciledEvent }).event);
  const { unledgered, missing } = reconcile(versions, events, new Set(flags.bucket));
  const exit = unledgered.length + missing.length + broken.length > 0 ? 1 : 0;
  if (flags.json) {
    io.stdout.write(`${JSON.stringify({ schemaVersion: 1, exit, problems: broken, unledgered, missing }, null, 2)}\n`);
    return exit;
  }
  const named = ({ bucket, key, versionId }: StoredVersion) => `${bucket}/${key}  ${versionId}`;
  const lines = [
    ...broken.map(({ chain, sequence, what }) => `ledger      ${chain} ${sequence ?? ""}: ${what}`),
    ...missing.map((version) => `MISSING     ${named(version)}`),
    ...unledgered.map((version) => `unledgered  ${named(version)}`),
    `versions: ${versions.length}, entries: ${entries.length}, problems of the ledger: ${broken.length}, missing: ${missing.length}, unledgered: ${unledgered.length}`,
  ];
  io.stdout.write(`${lines.map(visible).join("\n")}\n`);
  return exit;
}

/** Of no bucket nothing would be missing. */
function noBucket(): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 ledger reconcile",
    expected: "--bucket once or more",
    got: "none",
    todo: "see part11 ledger reconcile --help",
  });
}

async function* onAws(bucket: string): AsyncGenerator<Omit<StoredVersion, "bucket">> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const { STSClient } = await import("@aws-sdk/client-sts");
  const { S3Holds } = await import("../hold/s3-holds");
  yield* new S3Holds(new S3Client({}), new STSClient({})).versions(bucket, "");
}
