// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { type Archive, type Deposit, deposit as depositBundle, parsePeriod } from "../deposit";
import { visible } from "../gate/escape/terminal";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";

const NOTES = `
AWS credentials, region and endpoint come from the environment. A provisional bundle, and one of an emulator, goes into a bucket
tagged Environment development; any other into one tagged production, under COMPLIANCE for --keep at least.

exit 0  every file lies in the bucket, was read back, and verifies there
exit 2  nothing or not all of it does: the message says which; or wrong usage
`;

interface Flags {
  readonly bucket: string;
  readonly keep: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** What a test replaces: AWS and the clock. */
export interface DepositPorts {
  readonly archive: () => Promise<Archive>;
  readonly now: () => Date;
}

/** `part11 deposit`: an evidence bundle into its bucket, read back and verified there. */
export async function deposit(argv: string[], io: Io, ports: DepositPorts = onAws): Promise<number> {
  const command = new Command("part11 deposit")
    .description("Put an evidence bundle into its locked bucket, read it back, and verify what was read.")
    .argument("<bundle>", "folder of the bundle")
    .requiredOption("--bucket <name>", "the evidence bucket")
    .requiredOption(
      "--keep <period>",
      "longest retention of the records that the evidence supports, such as `25 years`",
    )
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .option("--json", "the record of the deposit as JSON on stdout")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const at = (file: string) => path.resolve(io.cwd, file);
  const { key, bucket } = flags;
  const signer = pinnedSigner(key, io);
  const request = { folder: at(command.args[0]!), bucket, keep: parsePeriod(flags.keep), signer };
  const done = await depositBundle(request, await ports.archive(), ports.now);
  io.stdout.write(flags.json ? `${JSON.stringify(done, null, 2)}\n` : asText(done));
  return 0;
}

function asText({ bundle, standing, bucket, prefix, files, depositedBy, isPinned, keyId }: Deposit): string {
  const ends = files.map(({ retainUntil }) => retainUntil ?? "no date").sort();
  const lines = [
    `${bundle}: ${files.length} files in ${bucket}/${prefix}, read back and verified`,
    `${standing} evidence, locked until ${ends[0]} at least, deposited by ${depositedBy}`,
    `key ${keyId}, ${isPinned ? "the given key" : "signer not pinned: give --key with a key from the signer"}`,
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

const onAws: DepositPorts = {
  archive: async () => {
    const { S3Client } = await import("@aws-sdk/client-s3");
    const { STSClient } = await import("@aws-sdk/client-sts");
    const { S3Archive } = await import("../deposit/s3-archive");
    return new S3Archive(new S3Client({}), new STSClient({}));
  },
  now: () => new Date(),
};
