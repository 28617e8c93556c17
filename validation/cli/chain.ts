// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { type ChainVerification, sequenceOf, verifyChain } from "../evidence";
import { visible } from "../gate/escape/terminal";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";

const EXIT_CODES = `
exit 0  every bundle intact and sealed by the key of --key, every link holds, and the last one is that of --last
exit 1  a bundle is altered, missing, doubled or slipped in, or the last one is another
exit 2  no such folder, or wrong usage
exit 3  whole as far as it can be seen: the signer or the last bundle is not pinned
`;

interface Flags {
  readonly key?: string;
  readonly last?: string;
  readonly json?: boolean;
}

/** `part11 chain`: the bundles of one system, each with the one before. */
export async function chain(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 chain")
    .description("Verify every bundle of a folder, and that each follows the one before (part11 qualify --after).")
    .argument("<folder>", "folder with the bundles of one system and nothing else")
    .option("--key <file>", "PEM public key that you got from the signer, not from a bundle")
    .option("--last <sha256>", "SHA-256 of the last bundle's manifest.json, kept elsewhere", sha256Of)
    .option("--json", "the result as JSON on stdout")
    .addHelpText("after", EXIT_CODES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const folder = command.args[0]!;
  const signer = pinnedSigner(flags.key, io);
  const result = verifyChain(path.resolve(io.cwd, folder), {
    ...(signer && { signer }),
    ...(flags.last !== undefined && { last: flags.last }),
  });
  io.stdout.write(
    flags.json ? `${JSON.stringify({ schemaVersion: 1, ...result }, null, 2)}\n` : asText(folder, flags, result),
  );
  return result.exit;
}

function asText(folder: string, flags: Flags, { bundles, last, problems }: ChainVerification): string {
  if (!last) {
    const lines = problems.map(({ code, path: at, what }) => `${code} ${at}: ${what}`);
    return `${[`${folder}: no whole chain`, ...lines].map(visible).join("\n")}\n`;
  }
  const open = [
    ...(flags.key === undefined ? ["signer not pinned: give --key with a key from the signer"] : []),
    ...(flags.last === undefined ? ["end not pinned: bundles cut off behind the last are not seen; give --last"] : []),
  ];
  const lines = [
    `${folder}: ${bundles} bundles, each intact and behind the one before`,
    ...open,
    `last ${last.run}, number ${sequenceOf(last)}, SHA-256 of its manifest.json ${last.manifestSha256}`,
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

function sha256Of(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 chain --last",
    expected: "SHA-256, 64 hex digits in lower case",
    got: text,
    todo: "give what part11 chain printed of the last bundle when it was sealed",
  });
}
