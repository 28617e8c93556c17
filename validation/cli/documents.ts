// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { loadDispositions } from "../deviations";
import { writeDocuments } from "../documents";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { emptyFolder } from "./output";
import { assertOutside } from "./outside-bundle";

const NOTES = `
Requirements, protocols, executed reports, traceability matrix (as CSV too), deviation log, summary report, configuration
specification and tool adequacy record, each as PDF/A-3, HTML and JSON; the run as JUnit, OSCAL assessment-plan and
assessment-results and in-toto Statement; SHA256SUMS over all of them. The bundle is verified first and stays as it is. The same bundle gives the same bytes.
exit 0  documents written, whatever they say of the run
exit 2  nothing written: the bundle is not intact, the folder cannot be written, or wrong usage
`;

interface Flags {
  readonly out: string;
  readonly deviations?: string;
}

/**
 * `part11 documents`: writes the documents of a sealed run into a folder of their own.
 *
 * @throws BUNDLE_ALTERED, OUT_NOT_WRITABLE, OUT_NOT_EMPTY, USAGE, and what reading a file of dispositions throws
 */
export async function documents(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 documents")
    .description("Write protocols, reports and specifications of an evidence bundle as PDF/A-3, HTML and JSON.")
    .argument("<bundle>", "folder of the bundle")
    .requiredOption("--out <dir>", "folder for the documents, empty or not there yet, outside the bundle")
    .option("--deviations <file>", "deviations.yaml: how named people dealt with what went wrong")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const folder = path.resolve(io.cwd, command.args[0]!);
  const out = emptyFolder(flags.out, io.cwd, "no documents written");
  assertOutside(out, folder);
  const { deviations } = flags;
  const dispositions =
    deviations === undefined ? undefined : loadDispositions(path.resolve(io.cwd, deviations), new Date());
  const { heads, files } = await writeDocuments(folder, out, dispositions);
  const shown = path.relative(io.cwd, out) || ".";
  for (const { status, id, title } of heads) io.stdout.write(`${status.padEnd(12)} ${id}  ${title}\n`);
  io.stdout.write(`${files} files and SHA256SUMS in ${shown}\n`);
  return 0;
}
