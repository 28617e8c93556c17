// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Part11Error, withCode } from "../error";
import { ENVIRONMENTS, type FactsFiles } from "../facts";
import {
  type Decisions,
  FORMATS,
  type Format,
  type JudgeOptions,
  judge,
  type Places,
  placesOf,
  render,
  SEVERITIES,
  type Severity,
  visible,
} from "../gate";
import { isDay, today } from "../gate/waivers";
import { parseArguments } from "./arguments";
import { askedIn, type GateOutput, oneMoreReport, openOutputs, writeRefusal } from "./gate-outputs";
import type { Io } from "./io";
import { writeOutput } from "./output";
import { columnsOf, hasColour } from "./terminal";

/** One byte less than the longest string that the JavaScript engine of Node 20 holds. */
const MAX_BYTES = 512 * 1024 * 1024 - 1;

interface Flags extends FactsFiles {
  readonly format: Format;
  readonly out?: string;
  readonly report: readonly GateOutput[];
  readonly failOn: Severity;
  readonly waivers?: string;
  readonly asOf?: string;
  readonly bundle?: string;
  readonly verbose?: boolean;
}

/** Exit code of a run that judged nothing. */
const COULD_NOT_JUDGE = 2;

/**
 * `part11 gate`: judges a plan. Exit code 0 pass, 1 findings, 2 could not judge. stdout carries the report in the
 * chosen format and nothing else, and each file of `--out` and `--report` its own; the error record included.
 *
 * @param folder folder of the compiled policies. `@default` the one of this package
 */
export async function gate(argv: string[], io: Io, folder?: string): Promise<number> {
  const asked = askedIn(argv);
  let outputs: readonly GateOutput[] | undefined;
  try {
    const flags = parseArguments<Flags>(gateCommand(), argv, io);
    if (!flags) return 0;
    const { ready, problem } = openOutputs(outputsOf(flags), io.cwd, flags);
    outputs = ready;
    if (problem) throw problem;
    const { failOn, bundle } = flags;
    const decisions = judge(flags, io.cwd, { failOn, policyFolder: folder, bundle, waivers: waiversOf(flags) });
    const places = placesWhenAsked(flags, decisions, io);
    for (const { format, file } of ready) writeOutput(file, render(format, decisions, { places }));
    const text = { colour: hasColour(io), columns: columnsOf(io), verbose: flags.verbose };
    io.stdout.write(render(flags.format, decisions, { places, text }));
    return decisions.verdict === "pass" ? 0 : 1;
  } catch (error) {
    const { code, message } = withCode(error, "part11 gate");
    const refusal = { schemaVersion: 1, verdict: "error", error: { code, message } } as const;
    io.stderr.write(`${code}: ${visible(message)}\n`);
    io.stdout.write(render(asked.format, refusal));
    writeRefusal(outputs ?? openOutputs(asked.outputs, io.cwd, asked.inputs).ready, refusal, io);
    return COULD_NOT_JUDGE;
  }
}

function outputsOf({ out, report }: Flags): readonly GateOutput[] {
  return out === undefined ? report : [{ format: "json", file: out }, ...report];
}

/** The synth is read again for its lines only where a view points at them. */
function placesWhenAsked(flags: Flags, decisions: Decisions, io: Io): Places {
  let places: Places | undefined;
  return (finding) => {
    places ??= placesOf(flags, decisions, io.cwd, repositoryOf(io));
    return places(finding);
  };
}

/** The repository's folder as CI names it when the current folder is in it: lines are shown in its files. */
function repositoryOf({ env, cwd }: Io): string {
  const named = env.GITHUB_WORKSPACE ?? env.CI_PROJECT_DIR;
  const inside = named !== undefined && !path.relative(named, cwd).startsWith("..");
  return inside ? named : cwd;
}

function gateCommand(): Command {
  return new Command("part11 gate")
    .description("Judge a Terraform plan. Exit code 0 pass, 1 findings, 2 could not judge.")
    .requiredOption("--plan <file>", "plan as `terraform show -json` prints it; - reads stdin")
    .option("--synth <file>", "cdk.tf.json the plan was made from; without it lifecycle settings are unknown")
    .option("--lock <file>", ".terraform.lock.hcl of the plan")
    .option("--settings <file>", "part11.yaml (default: built-in settings; no file is read by itself)")
    .addOption(environmentOption())
    .addOption(new Option("--format <format>", "what stdout carries").choices(FORMATS).default("text"))
    .option("--verbose", "text: every finding, and every control with what it judged")
    .option("--out <file>", "also write the decisions as JSON to this file")
    .addOption(reportOption())
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

function reportOption(): Option {
  return new Option("--report <format=file>", "also write this format to this file; may be given several times")
    .argParser(oneMoreReport)
    .default([], "none");
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
