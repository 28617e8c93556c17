// SPDX-License-Identifier: Apache-2.0
import { Command, InvalidArgumentError, Option } from "commander";
import { ENVIRONMENTS, type FactsFiles } from "../facts";
import { factsFor, loadSidecar } from "../gate";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";

const DEFAULT_MAX_BYTES = 512 * 1024 * 1024 - 1;

interface Flags extends FactsFiles {
  readonly out?: string;
}

/**
 * `part11 facts`: prints the facts document of a plan, the very input of the policies. Exit code 0.
 *
 * @param folder folder of the compiled policies, whose controls say what is kept. `@default` the one of this package
 * @throws USAGE, OUT_NOT_WRITABLE before the plan is read; FILE_NOT_FOUND and what else reading can find
 */
export async function facts(argv: string[], io: Io, folder?: string): Promise<number> {
  const command = new Command("part11 facts")
    .description("Print the facts document of a plan: what the policies see of it.")
    .requiredOption("--plan <file>", "plan as `terraform show -json` prints it; - reads stdin")
    .option("--synth <file>", "cdk.tf.json the plan was made from; without it lifecycle settings are unknown")
    .option("--lock <file>", ".terraform.lock.hcl of the plan")
    .option("--settings <file>", "part11.yaml (default: built-in settings; no file is read by itself)")
    .addOption(
      new Option("--environment <environment>", "environment to judge for").choices(ENVIRONMENTS).makeOptionMandatory(),
    )
    .option("--out <file>", "write to this file instead of stdout")
    .option("--max-bytes <n>", "largest input file in bytes", byteCount, DEFAULT_MAX_BYTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const out = flags.out === undefined ? undefined : outputFile(flags.out, io.cwd, flags);
  const document = factsFor(loadSidecar(folder), flags, io.cwd);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (out === undefined) io.stdout.write(text);
  else writeOutput(out, text);
  return 0;
}

function byteCount(text: string): number {
  const count = Number(text);
  if (!/^[1-9][0-9]*$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError("expected a whole number of bytes above zero");
  }
  return count;
}
