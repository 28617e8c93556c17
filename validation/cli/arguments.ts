// SPDX-License-Identifier: Apache-2.0
import { Command, CommanderError, Help, Option } from "commander";
import { Part11Error } from "../error";
import type { Io } from "./io";

/**
 * The options of one verb; undefined when only help was asked for, which is then printed.
 *
 * @throws USAGE for an unknown, missing, wrong or repeated option, for help beside anything else (its exit code 0 would
 * read as a result), and for an argument that the verb does not take
 */
export function parseArguments<Flags extends object>(command: Command, argv: string[], io: Io): Flags | undefined {
  let help = "";
  const writeOut = (text: string) => {
    help += text;
  };
  command.exitOverride().configureOutput({ writeOut, writeErr: () => undefined });
  command.configureHelp({ optionDescription });
  refuseRepeated(command);
  try {
    command.parse(argv, { from: "user" });
    return command.opts<Flags>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const told = MAY_BE_MISSPELT.includes(error.code) ? (unknownOption(command, argv) ?? error) : error;
    if (error.exitCode !== 0) throw usageError(command.name(), told.message, told);
    if (argv.length > 1) throw usageError(command.name(), "help asked for beside other arguments", error);
    io.stdout.write(help);
    return undefined;
  }
}

/** Help says of an option that it is required, which commander keeps to itself. */
function optionDescription(option: Option): string {
  const said = new Help().optionDescription(option);
  return option.mandatory ? `${said} (required)` : said;
}

/** What is missing commander says before it looks at what it does not know, and of `--nmae=x` it knows no likeness. */
const MAY_BE_MISSPELT: readonly string[] = [
  "commander.missingMandatoryOptionValue",
  "commander.missingArgument",
  "commander.unknownOption",
];

/** What commander says of an option that the command does not have, often one that is missing and misspelt. */
function unknownOption(command: Command, argv: readonly string[]): CommanderError | undefined {
  const lenient = new Command(command.name()).exitOverride().allowExcessArguments();
  lenient.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  for (const { flags } of command.options) lenient.addOption(new Option(flags));
  try {
    const apart = argv.flatMap((arg) => /^(--[^=]+)=(.*)$/s.exec(arg)?.slice(1) ?? [arg]);
    lenient.parse(apart, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.code === "commander.unknownOption") return error;
  }
  return undefined;
}

/**
 * Of an option given twice the last one would count, and nobody would see that the first one did not; an option whose
 * default is a list collects them.
 */
function refuseRepeated(command: Command): void {
  const given = new Set<string>();
  const single = command.options.filter(({ defaultValue }) => !Array.isArray(defaultValue));
  for (const { long, name } of single.map((option) => ({ long: option.long, name: option.name() }))) {
    command.on(`option:${name}`, () => {
      if (given.has(name)) throw usageError(command.name(), `option ${long} given twice`);
      given.add(name);
    });
  }
}

/** Wrong usage as one sentence of the CLI. */
function usageError(name: string, got: string, cause?: CommanderError): Part11Error {
  return new Part11Error(
    {
      code: "USAGE",
      what: "wrong usage",
      where: name,
      expected: `the options of ${name} --help`,
      got: got.replace(/^error: /, "").replace(/\s+/g, " "),
      todo: `see ${name} --help`,
    },
    { cause },
  );
}
