// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { writeProtocols } from "../documents";
import { protocolHash } from "../evidence";
import { issueProtocols, issueReadOnlyProtocols, SUBJECT, sourceRevision } from "../qualify";
import { parseArguments } from "./arguments";
import { arrivalsOf } from "./arrivals-option";
import type { Io } from "./io";
import { emptyFolder } from "./output";
import { type AwsFlags, addTargetOptions, assertNotOfAws, awsTold, wrong } from "./qualify-aws";
import { textOption, versionOption } from "./text-options";

interface Flags extends AwsFlags {
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
  const command = addTargetOptions(new Command("part11 protocol"))
    .description(
      "Write the IQ and OQ protocols to be approved before a run; plans on the embedded AWS, or takes the plan of a read-only run on AWS; applies nothing.",
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
  const { protocols, commitments, environment } = isOfAws(flags)
    ? readOnly(flags, io)
    : {
        ...(await issueProtocols({ cwd, env, arrivals, version, reason, onProgress })),
        environment: SUBJECT.environment,
      };
  const subject = { system: SUBJECT.system, environment, source: sourceRevision(cwd) };
  const files = await writeProtocols({ protocols, commitments, ...subject }, out);
  for (const one of protocols) {
    io.stdout.write(`${one.id.padEnd(4)} version ${version}  ${one.steps.length} steps  sha256 ${protocolHash(one)}\n`);
  }
  io.stdout.write(`${files.length} files and SHA256SUMS in ${path.relative(cwd, out) || "."}\n`);
  return 0;
}

/** @throws USAGE for a run on AWS that writes, for which there is no protocol, and for options of AWS without it */
function isOfAws(flags: Flags): boolean {
  if (flags.target === "emulator") {
    assertNotOfAws(flags, "part11 protocol");
    return false;
  }
  if (!flags.readOnly) throw wrong("--read-only beside --target aws", "none", "part11 protocol");
  if (flags.arrivals !== undefined) throw wrong("no --arrivals beside --read-only", "--arrivals", "part11 protocol");
  return true;
}

function readOnly(flags: Flags, { cwd, env }: Io) {
  const told = awsTold(flags, cwd, "part11 protocol");
  const { revision: version, reason } = flags;
  return { ...issueReadOnlyProtocols({ env, ...told, version, reason }), environment: told.said.environment };
}
