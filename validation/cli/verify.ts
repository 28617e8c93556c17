// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { parseArgs } from "node:util";
import { Part11Error } from "../error";
import { publicKeyFromPem, SEAL_MEANING, type Verification, verifyBundle } from "../evidence";
import { visible } from "../gate/escape/terminal";
import { readCapped } from "../json";
import type { Io } from "./io";

const USAGE = `usage: part11 verify <bundle> [--key F] [--json]

Checks an evidence bundle offline: manifest, seal, journal, protocols,
conclusion, report.

  --key F   PEM public key that you got from the signer, not from the bundle
  --json    the result as JSON on stdout

exit 0  intact and sealed by the key of --key
exit 1  altered, incomplete or no longer parsing
exit 2  no such folder, no manifest.json in it, or wrong usage
exit 3  intact, but signer not pinned: no --key was given
`;

const MAX_KEY_BYTES = 16_384;

/** `part11 verify`: exit code of the verification, the result on stdout. */
export async function verify(argv: string[], io: Io): Promise<number> {
  try {
    const { positionals, values } = parse(argv);
    if (values.help) {
      io.stdout.write(USAGE);
      return 0;
    }
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) throw usage(`${positionals.length} folders`);
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

function parse(argv: string[]) {
  try {
    const options = {
      key: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    } as const;
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (cause) {
    throw usage((cause as Error).message);
  }
}

function readKey(file: string) {
  return publicKeyFromPem(readCapped(file, { maxBytes: MAX_KEY_BYTES }), file);
}

function usage(got: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "command not understood",
    where: "part11 verify",
    expected: "one bundle folder and at most --key F and --json",
    got,
    todo: "see part11 verify --help",
  });
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
    `key ${keyId} (${SEAL_MEANING})`,
  ];
  return `${lines.map(visible).join("\n")}\n`;
}
