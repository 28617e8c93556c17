// SPDX-License-Identifier: Apache-2.0
import { type Command, InvalidArgumentError } from "commander";
import { isDay, today } from "../gate/waivers";

/** Where the vendors stand unless the command says otherwise. */
export const VENDORS_FILE = "vendors.yaml";

/** The options of a change: who answers for it, when and why. */
export function withReason(command: Command): Command {
  return withFile(command)
    .requiredOption("--by <person>", "who makes the change")
    .requiredOption("--approver <person>", "who approved it: somebody else")
    .requiredOption("--reason <text>", "why, in a sentence")
    .option("--on <day>", "UTC day of the change, YYYY-MM-DD", day, today())
    .option("--dry-run", "show what would change and write nothing");
}

export function withFile(command: Command): Command {
  return command.option("--file <file>", "the vendors", VENDORS_FILE);
}

/** Reads a day of the calendar. */
export function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError("expected a day of the calendar, YYYY-MM-DD");
  return text;
}

/** Collects an option that may be given several times. */
export function oneMore(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
