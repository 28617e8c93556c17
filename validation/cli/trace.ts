// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, Option } from "commander";
import { loadDispositions } from "../deviations";
import { readSealedRun } from "../evidence";
import { canonicalJson } from "../json";
import { executedRun, matrixCsv, matrixOf, matrixText, type TraceMatrix } from "../traceability";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";
import { columnsOf } from "./terminal";

const EXIT_CODES = `
exit 0  nothing keeps a report over these runs from being FINAL
exit 1  something does: the blockers name it
exit 2  a bundle is not intact, a file is refused, or wrong usage
`;

const FORMATS = ["text", "csv", "json"] as const;

interface Flags {
  readonly format: (typeof FORMATS)[number];
  readonly deviations?: string;
  readonly retest: readonly string[];
  readonly key?: string;
}

/** `part11 trace`: the traceability matrix of an evidence bundle on stdout. */
export async function trace(argv: string[], io: Io): Promise<number> {
  const command = traceCommand();
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const at = (file: string) => path.resolve(io.cwd, file);
  const { key, deviations, retest, format } = flags;
  const signer = pinnedSigner(key, io);
  const runs = [command.args[0]!, ...retest].map((folder) => executedRun(readSealedRun(at(folder), signer)));
  const matrix = matrixOf(runs, deviations === undefined ? undefined : loadDispositions(at(deviations), new Date()));
  io.stdout.write(rendered(matrix, format, io));
  return matrix.blockers.length === 0 ? 0 : 1;
}

function traceCommand(): Command {
  return new Command("part11 trace")
    .description("Join requirements, controls, steps, results, evidence and deviations of an evidence bundle.")
    .argument("<bundle>", "folder of the bundle")
    .addOption(new Option("--format <format>", "form of the matrix").choices(FORMATS).default("text"))
    .option("--deviations <file>", "deviations.yaml: how named people dealt with what went wrong")
    .option(
      "--retest <bundle>",
      "bundle of a later execution; several, in their order",
      (one, before: string[]) => [...before, one],
      [],
    )
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .addHelpText("after", EXIT_CODES);
}

function rendered(matrix: TraceMatrix, format: Flags["format"], io: Io): string {
  if (format === "csv") return matrixCsv(matrix);
  return format === "json" ? `${canonicalJson(matrix)}\n` : matrixText(matrix, columnsOf(io));
}
