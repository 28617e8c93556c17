// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { clocksInWords, publicKeyFromPem, SEAL_MEANING, type Verification, verifyBundle } from "../evidence";
import { visible } from "../gate/escape/terminal";
import { readCapped } from "../json";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

const EXIT_CODES = `
exit 0  intact and sealed by the key of --key
exit 1  altered, incomplete or no longer parsing
exit 2  no such folder, no manifest.json in it, or wrong usage
exit 3  intact, but signer not pinned: no --key was given
`;

interface Flags {
  readonly key?: string;
  readonly json?: boolean;
}

const MAX_KEY_BYTES = 16_384;

/** `part11 verify`: exit code of the verification, the result on stdout. */
export async function verify(argv: string[], io: Io): Promise<number> {
  try {
    const command = verifyCommand();
    const values = parseArguments<Flags>(command, argv, io);
    if (!values) return 0;
    const folder = command.args[0]!;
    const signer = values.key === undefined ? undefined : readKey(path.resolve(io.cwd, values.key));
    const result = verifyBundle(path.resolve(io.cwd, folder), signer);
    io.stdout.write(values.json ? `${JSON.stringify(asJson(result), null, 2)}\n` : asText(folder, result));
    return result.exit;
  } catch (error) {
    if (!(error instanceof Part11Error)) throw error;
    io.stderr.write(`${visible(`${error.code}: ${error.message}`)}\n`);
    return 2;
  }
}

function verifyCommand(): Command {
  return new Command("part11 verify")
    .description("Check an evidence bundle offline: manifest, seal, journal, protocols, conclusion, report.")
    .argument("<bundle>", "folder of the bundle")
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .option("--json", "the result as JSON on stdout")
    .addHelpText("after", EXIT_CODES);
}

function readKey(file: string) {
  return publicKeyFromPem(readCapped(file, { maxBytes: MAX_KEY_BYTES }), file);
}

function asJson({ exit, problems, summary, keyId }: Verification) {
  const intact = summary && { bundle: summary.bundle, status: summary.status, conclusion: summary.conclusion };
  return { schemaVersion: 1, exit, keyId: keyId ?? null, ...intact, problems };
}

function asText(folder: string, { exit, problems, summary, keyId }: Verification): string {
  if (!summary) {
    const lines = problems.map(({ code, path: at, what }) => `${code} ${at}: ${what}`);
    const head = exit === 2 ? "no bundle" : `not intact, ${problems.length} problem${problems.length === 1 ? "" : "s"}`;
    return `${[`${folder}: ${head}`, ...lines].map(visible).join("\n")}\n`;
  }
  const pinned = exit === 0 ? "sealed by the given key" : "signer not pinned: give --key with a key from the signer";
  const lines = [
    `${folder}: intact, ${pinned}`,
    `bundle ${summary.bundle}, target ${summary.target.name} (${summary.target.kind}), status ${summary.status}`,
    summary.conclusion,
    `clock: ${clocksInWords(summary.clocks)}`,
    `key ${keyId} (${SEAL_MEANING})`,
  ];
  return `${lines.map(visible).join("\n")}\n`;
}
