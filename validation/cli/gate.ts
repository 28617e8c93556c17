// SPDX-License-Identifier: Apache-2.0
import { Command, InvalidArgumentError, Option } from "commander";
import { Part11Error, withCode } from "../error";
import { ENVIRONMENTS, type FactsFiles } from "../facts";
import { decisionBytes, decisionText, type JudgeOptions, judge, SEVERITIES, type Severity, visible } from "../gate";
import { isDay, today } from "../gate/waivers";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { clearOutput, outputFile, writeOutput } from "./output";
import { columnsOf, hasColour } from "./terminal";

/** One byte less than the longest string that the JavaScript engine of Node 20 holds. */
const MAX_BYTES = 512 * 1024 * 1024 - 1;

interface Flags extends FactsFiles {
  readonly format: "text" | "json";
  readonly out?: string;
  readonly failOn: Severity;
  readonly waivers?: string;
  readonly asOf?: string;
  readonly bundle?: string;
}

/**
 * `part11 gate`: judges a plan. Exit code 0 pass, 1 findings, 2 could not judge. stdout carries the report in the
 * chosen format and nothing else, the error record included.
 *
 * @param folder folder of the compiled policies. `@default` the one of this package
 */
export async function gate(argv: string[], io: Io, folder?: string): Promise<number> {
  let format: Flags["format"] = asksForJson(argv) ? "json" : "text";
  let out: string | undefined;
  try {
    const flags = parseArguments<Flags>(gateCommand(), argv, io);
    if (!flags) return 0;
    format = flags.format;
    if (flags.out !== undefined) {
      out = outputFile(flags.out, io.cwd, flags);
      // A record of an earlier run must not outlive a run that judged nothing.
      clearOutput(out);
    }
    const { failOn, bundle } = flags;
    const decisions = judge(flags, io.cwd, { failOn, policyFolder: folder, bundle, waivers: waiversOf(flags) });
    if (out !== undefined) writeOutput(out, decisionBytes(decisions));
    const text = () => decisionText(decisions, { colour: hasColour(io), columns: columnsOf(io) });
    io.stdout.write(format === "json" ? decisionBytes(decisions) : text());
    return decisions.verdict === "pass" ? 0 : 1;
  } catch (error) {
    return reportError(withCode(error, "part11 gate"), format, out, io);
  }
}

function gateCommand(): Command {
  return new Command("part11 gate")
    .description("Judge a Terraform plan. Exit code 0 pass, 1 findings, 2 could not judge.")
    .requiredOption("--plan <file>", "plan as `terraform show -json` prints it; - reads stdin")
    .option("--synth <file>", "cdk.tf.json the plan was made from; without it lifecycle settings are unknown")
    .option("--lock <file>", ".terraform.lock.hcl of the plan")
    .option("--settings <file>", "part11.yaml (default: built-in settings; no file is read by itself)")
    .addOption(environmentOption())
    .addOption(new Option("--format <format>", "what stdout carries").choices(["text", "json"]).default("text"))
    .option("--out <file>", "also write the decisions as JSON to this file")
    .addOption(failOnOption())
    .option("--bundle <path>", "house rules beside the controls: folder, .tar.gz or .wasm of part11 policy build")
    .option("--waivers <file>", "waivers.yaml: findings that named people answer for until a day")
    .option("--as-of <day>", "UTC day for which the waivers are judged, YYYY-MM-DD (default: today)", day)
    .option("--max-bytes <n>", "largest input file in bytes", byteCount, MAX_BYTES);
}

function environmentOption(): Option {
  return new Option("--environment <environment>", "environment to judge for")
    .choices(ENVIRONMENTS)
    .makeOptionMandatory();
}

function failOnOption(): Option {
  return new Option("--fail-on <severity>", "least severity of a failed control that fails the gate")
    .choices(SEVERITIES)
    .default("low");
}

function waiversOf({ waivers: file, asOf }: Flags): JudgeOptions["waivers"] {
  if (file !== undefined) return { file, asOf: asOf ?? today() };
  if (asOf === undefined) return undefined;
  throw new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 gate",
    expected: "--as-of beside --waivers",
    got: "no --waivers",
    todo: "leave --as-of out: nothing else depends on the day",
  });
}

function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError("expected a day of the calendar, YYYY-MM-DD");
  return text;
}

function byteCount(text: string): number {
  const count = Number(text);
  if (!/^[1-9][0-9]*$/.test(text) || count > MAX_BYTES) {
    throw new InvalidArgumentError(`expected a whole number of bytes from 1 to ${MAX_BYTES}`);
  }
  return count;
}

function reportError(error: Part11Error, format: Flags["format"], out: string | undefined, io: Io): number {
  const { code } = error;
  const record = { schemaVersion: 1, verdict: "error", error: { code, message: error.message } };
  const text = `${JSON.stringify(record)}\n`;
  io.stderr.write(`${code}: ${visible(error.message)}\n`);
  io.stdout.write(format === "json" ? text : `part11 gate  error ${code}  could not judge\n`);
  if (out !== undefined && code !== "OUT_NOT_WRITABLE") writeErrorRecord(out, text, io);
  return 2;
}

function writeErrorRecord(out: string, text: string, io: Io): void {
  try {
    writeOutput(out, text);
  } catch (error) {
    const { code, message } = withCode(error, "part11 gate");
    io.stderr.write(`${code}: ${visible(message)}\n`);
  }
}

// Wanted even when the rest of the command line is refused.
function asksForJson(argv: readonly string[]): boolean {
  return argv.some((arg, i) => arg === "--format=json" || (arg === "json" && argv[i - 1] === "--format"));
}
