// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import {
  clocksInWords,
  readAndVerify,
  readArchiveAndVerify,
  SEAL_MEANING,
  type StampedTime,
  type Verification,
  type VerifiedFiles,
} from "../evidence";
import { visible } from "../gate/escape/terminal";
import { readCapped } from "../json";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";

const EXIT_CODES = `
exit 0  intact and sealed by the key of --key
exit 1  altered, incomplete or no longer parsing; with --tsa, without a time stamp that holds
exit 2  no such folder or archive, no manifest.json in it, or wrong usage
exit 3  intact, but signer not pinned: no --key was given
`;

interface Flags {
  readonly key?: string;
  readonly tsa?: string;
  readonly json?: boolean;
}

/** How the name of an archive ends; anything else is a folder. */
const ARCHIVE = /\.zip$/i;

const MAX_CERTIFICATES_BYTES = 1_048_576;

/** `part11 verify`: exit code of the verification, the result on stdout. */
export async function verify(argv: string[], io: Io): Promise<number> {
  try {
    const command = verifyCommand();
    const values = parseArguments<Flags>(command, argv, io);
    if (!values) return 0;
    const folder = command.args[0]!;
    const signer = pinnedSigner(values.key, io);
    const at = path.resolve(io.cwd, folder);
    const verified = ARCHIVE.test(at) ? await readArchiveAndVerify(at, signer) : readAndVerify(at, signer);
    const result = values.tsa === undefined ? verified.result : await stamped(verified, values.tsa, io);
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
    .argument("<bundle>", "folder of the bundle, or a .zip of it, which is not unpacked")
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .option("--tsa <file>", "PEM root certificates that you got from the time-stamp authority, not from the bundle")
    .option("--json", "the result as JSON on stdout")
    .addHelpText("after", EXIT_CODES);
}

async function stamped(verified: VerifiedFiles, tsa: string, io: Io): Promise<Verification> {
  const { authoritiesFromPem, verifyStamped } = await import("../time-stamp");
  const file = path.resolve(io.cwd, tsa);
  const authorities = authoritiesFromPem(readCapped(file, { maxBytes: MAX_CERTIFICATES_BYTES }), file);
  return verifyStamped(verified, authorities);
}

function asJson({ exit, problems, summary, keyId, timeStamp }: Verification) {
  const intact = summary && { bundle: summary.bundle, status: summary.status, conclusion: summary.conclusion };
  return { schemaVersion: 1, exit, keyId: keyId ?? null, timeStamp: timeStamp ?? null, ...intact, problems };
}

function asText(folder: string, { exit, problems, summary, keyId, timeStamp }: Verification): string {
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
    ...(timeStamp ? [timeStampInWords(timeStamp)] : []),
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

function timeStampInWords({ time, authority }: StampedTime): string {
  if (authority === null)
    return `time stamp present, its authority not pinned: it says ${time}, and its signature was not checked; give --tsa`;
  return `time stamp ${time}, its signature checked: by ${authority}, below a certificate of --tsa`;
}
