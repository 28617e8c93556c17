// SPDX-License-Identifier: Apache-2.0
import { type Command, CommanderError } from "commander";
import { Part11Error } from "../error";
import type { Io } from "./io";

/**
 * The options of one verb; undefined when only help was asked for, which is then printed.
 *
 * @throws USAGE for an unknown, missing or wrong option, and for an argument that the verb does not take
 */
export function parseArguments<Flags extends object>(command: Command, argv: string[], io: Io): Flags | undefined {
  command.exitOverride().configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => undefined });
  try {
    command.parse(argv, { from: "user" });
    return command.opts<Flags>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw usageError(command.name(), error);
  }
}

/** A commander error as one sentence of the CLI. */
function usageError(name: string, error: CommanderError): Part11Error {
  return new Part11Error(
    {
      code: "USAGE",
      what: "wrong usage",
      where: name,
      expected: `the options of ${name} --help`,
      got: error.message.replace(/^error: /, "").replace(/\s+/g, " "),
      todo: `see ${name} --help`,
    },
    { cause: error },
  );
}
