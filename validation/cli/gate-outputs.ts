// SPDX-License-Identifier: Apache-2.0
import { InvalidArgumentError } from "commander";
import { Part11Error, withCode } from "../error";
import { FORMATS, type Format, type Outcome, render, visible } from "../gate";
import type { Io } from "./io";
import { clearOutput, type InputFiles, outputFile, writeOutput } from "./output";

/** A file that is to hold one view of what the gate decided. */
export interface GateOutput {
  readonly format: Format;
  /** As the user named it; absolute once it was checked. */
  readonly file: string;
}

/** Reads one `--report <format>=<file>` beside those before it. */
export function oneMoreReport(text: string, before: readonly GateOutput[]): readonly GateOutput[] {
  const report = reportIn(text);
  if (report) return [...before, report];
  throw new InvalidArgumentError(`expected <format>=<file> with a format of ${FORMATS.join(", ")}`);
}

function reportIn(text: string): GateOutput | undefined {
  const [, format = "", file = ""] = /^([a-z]+)=(.+)$/s.exec(text) ?? [];
  return isFormat(format) ? { format, file } : undefined;
}

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

/**
 * Checks files before the work and removes what an earlier run wrote there: a record must not outlive a run that judged
 * nothing, also where another file is the problem.
 *
 * @returns the files that can be written, and the first problem of the others: USAGE or OUT_NOT_WRITABLE
 */
export function openOutputs(
  wanted: readonly GateOutput[],
  cwd: string,
  inputs: InputFiles,
): { readonly ready: readonly GateOutput[]; readonly problem: Part11Error | undefined } {
  const ready: GateOutput[] = [];
  let problem: Part11Error | undefined;
  for (const { format, file: named } of wanted) {
    try {
      const file = outputFile(named, cwd, inputs);
      if (ready.some((other) => other.file === file)) throw namedTwice(file);
      clearOutput(file);
      ready.push({ format, file });
    } catch (error) {
      problem ??= withCode(error, "part11 gate");
    }
  }
  return { ready, problem };
}

/** Writes one outcome to every file; a file that fails is told on stderr and stops no other. */
export function writeRefusal(outputs: readonly GateOutput[], outcome: Outcome, io: Io): void {
  for (const { format, file } of outputs) {
    try {
      writeOutput(file, render(format, outcome));
    } catch (error) {
      const { code, message } = withCode(error, "part11 gate");
      io.stderr.write(`${code}: ${visible(message)}\n`);
    }
  }
}

/** What a command line asks for, as far as that can be told when the rest of it is refused. */
export function askedIn(argv: readonly string[]): {
  readonly format: Format;
  readonly outputs: readonly GateOutput[];
  readonly inputs: InputFiles;
} {
  const values = (option: string) =>
    argv.flatMap((arg, i) => {
      if (arg.startsWith(`${option}=`)) return [arg.slice(option.length + 1)];
      const next = argv[i + 1];
      return arg === option && next !== undefined ? [next] : [];
    });
  return {
    format: values("--format").find(isFormat) ?? "text",
    outputs: [
      ...values("--out").map((file) => ({ format: "json" as const, file })),
      ...values("--report").flatMap((text) => reportIn(text) ?? []),
    ],
    inputs: {
      plan: values("--plan")[0] ?? "-",
      synth: values("--synth")[0],
      lock: values("--lock")[0],
      settings: values("--settings")[0],
      waivers: values("--waivers")[0],
      bundle: values("--bundle")[0],
    },
  };
}

function namedTwice(file: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "outputs refused",
    where: file,
    expected: "a file for each of --out and --report",
    got: "one file named twice",
    todo: "name another file",
  });
}
