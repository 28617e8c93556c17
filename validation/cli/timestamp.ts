// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { TIME_STAMP_FILE } from "../evidence";
import { readCapped } from "../json";
import { keepAnswer, MAX_ANSWER_BYTES, requestFor } from "../time-stamp";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";

const NOTES = `
An authority is asked with a tool of your choice, since part11 uses no network here:
  part11 timestamp <bundle> --request out.tsq
  curl -H "Content-Type: application/timestamp-query" --data-binary @out.tsq https://<authority> > in.tsr
  part11 timestamp <bundle> --request out.tsq --response in.tsr
The answer lies in the bundle as ${TIME_STAMP_FILE}, beside the seal that it is over. part11 verify --tsa <file> checks who signed it.
Do it before part11 deposit: a bundle is deposited once.
`;

interface Flags {
  readonly request: string;
  readonly response?: string;
}

/** `part11 timestamp`: requests a time stamp over the seal of a bundle (RFC 3161), and keeps the answer. */
export async function timestamp(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 timestamp")
    .description("Request a time stamp over the seal of a bundle (RFC 3161), and keep the authority's answer with it.")
    .argument("<bundle>", "folder of the bundle")
    .requiredOption("--request <file>", "the request: written, or read where --response stands beside it")
    .option("--response <file>", "the authority's answer to that request")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const folder = path.resolve(io.cwd, command.args[0]!);
  if (flags.response === undefined) {
    const out = outputFile(outside(folder, path.resolve(io.cwd, flags.request)), io.cwd, { plan: "-" });
    writeOutput(out, requestFor(folder));
    io.stdout.write(`${path.relative(io.cwd, out)}: request for a time stamp over the seal; keep it for --response\n`);
    return 0;
  }
  const [request, response] = [flags.request, flags.response].map((file) =>
    readCapped(path.resolve(io.cwd, file), { maxBytes: MAX_ANSWER_BYTES }),
  );
  const { time } = keepAnswer(folder, request!, response!);
  io.stdout.write(
    `${TIME_STAMP_FILE}: time stamp ${time}, granted for this request; part11 verify --tsa <file> checks its authority\n`,
  );
  return 0;
}

/** A request in the bundle would be a file that nobody sealed. @throws USAGE */
function outside(folder: string, file: string): string {
  const real = (of: string) => (fs.existsSync(of) ? fs.realpathSync(of) : of);
  if (path.relative(real(folder), real(path.dirname(file))).startsWith("..")) return file;
  throw new Part11Error({
    code: "USAGE",
    what: "output refused",
    where: `--request ${file}`,
    expected: "a file outside the bundle",
    got: "one in it",
    todo: "name another file",
  });
}
