// SPDX-License-Identifier: Apache-2.0
import { Command, Option } from "commander";
import { canonicalJson } from "../json";
import { recordText, selfTest as runSelfTest, type SelfTestRecord } from "../self-test";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";

const NOTES = `
Each case is an input in order, which must be taken as such, or an input with one fault of a harness in it (a verdict inverted,
a step dropped, a clock set back …), which the code that qualifies must notice for what it is. Nothing but temporary files is
written, and no network is used. The record names tool, Node and policies with their digests: keep it with the tool adequacy record.
exit 0  every case as expected
exit 1  some case is not: what this installation judges cannot be relied on
exit 2  could not run
`;

interface Flags {
  readonly format: "text" | "json";
  readonly verbose?: boolean;
  readonly out?: string;
}

/** `part11 self-test`: whether the harness notices what it must. @throws USAGE, OUT_NOT_WRITABLE */
export async function selfTest(
  argv: string[],
  io: Io,
  run: () => Promise<SelfTestRecord> = runSelfTest,
): Promise<number> {
  const command = new Command("part11 self-test")
    .description("Try the harness itself with inputs in order and with seeded faults, and record what it says.")
    .addOption(new Option("--format <format>", "what stdout carries").choices(["text", "json"]).default("text"))
    .option("--verbose", "text: every case")
    .option("--out <file>", "also write the record as JSON to this file")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const out = flags.out === undefined ? undefined : outputFile(flags.out, io.cwd, { plan: "-" });
  const record = await run();
  const json = `${canonicalJson(record)}\n`;
  if (out !== undefined) writeOutput(out, json);
  io.stdout.write(flags.format === "json" ? json : recordText(record, flags.verbose));
  return record.verdict === "pass" ? 0 : 1;
}
