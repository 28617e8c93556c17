// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { writeProtocols } from "../documents";
import { protocolHash } from "../evidence";
import { issueProtocols, SUBJECT, sourceRevision } from "../qualify";
import { parseArguments } from "./arguments";
import { arrivalsOf } from "./arrivals-option";
import type { Io } from "./io";
import { emptyFolder } from "./output";
import { textOption, versionOption } from "./text-options";

interface Flags {
  readonly out: string;
  readonly arrivals?: number;
  readonly revision: string;
  readonly reason: string;
}

const NEXT = `
Read documents/, then approve protocols/<id>.json, each of its four roles another person with a key of their own:
  part11 approve <dir>/protocols/IQ.json --signers allowed_signers --role author --meaning authorship --key ~/.ssh/id_ed25519
and execute exactly these bytes: part11 qualify --protocols <dir> --signers allowed_signers`;

/** `part11 protocol`: writes the protocols that a run would execute, before any run. Exit code 0. */
export async function protocol(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 protocol")
    .description(
      "Write the IQ and OQ protocols to be approved before a run; plans on the embedded AWS, applies nothing.",
    )
    .requiredOption("--out <dir>", "folder for protocols/ and documents/, empty or not there yet")
    .option("--arrivals <n>", "files that the challenge of many arrivals will send (default: 500)", arrivalsOf)
    .option("--revision <version>", "version of the protocols", versionOption, "1")
    .option("--reason <text>", "why there is this version", textOption, "First issue.")
    .addHelpText("after", NEXT);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const out = emptyFolder(flags.out, io.cwd, "no protocols written");
  const { cwd, env } = io;
  const { revision: version, reason, arrivals } = flags;
  const onProgress = (line: string) => io.stderr.write(`${line}\n`);
  const { protocols, commitments } = await issueProtocols({ cwd, env, arrivals, version, reason, onProgress });
  const files = await writeProtocols({ protocols, commitments, ...SUBJECT, source: sourceRevision(cwd) }, out);
  for (const one of protocols) {
    io.stdout.write(`${one.id.padEnd(4)} version ${version}  ${one.steps.length} steps  sha256 ${protocolHash(one)}\n`);
  }
  io.stdout.write(`${files.length} files and SHA256SUMS in ${path.relative(cwd, out) || "."}\n`);
  return 0;
}
