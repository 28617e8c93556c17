// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Part11Error } from "../error";
import { SEVERITIES } from "../gate";
import { controlFiles, type NewControl } from "../gate/new-control";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

/**
 * `part11 control new ID`: folder, rule, METADATA and test of a control, in `policies` of the current folder.
 *
 * @throws USAGE, also where the current folder is no checkout; OUT_NOT_EMPTY when the control is there already
 */
export async function control(argv: string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  const command = new Command("part11 control new")
    .description("Make folder, rule, METADATA and test of a new control in ./policies. Then see CONTRIBUTING.md.")
    .argument("<id>", "META-nn or P11-<section>-nn", matching(/^(META-[0-9]{2}|P11-[0-9]+[a-z]?-[0-9]{2})$/))
    .requiredOption("--title <text>", "what holds when it passes, in a few words", matching(/^[^\p{C}]+$/u))
    .addOption(new Option("--severity <severity>", "how grave a finding is").choices(SEVERITIES).makeOptionMandatory())
    .requiredOption("--clause <clause>", "such as 11.10(c)", matching(/^11\.[0-9]+(\([a-z]\))?(\([0-9]\))?$/))
    .requiredOption("--resource <type>", "resource type it judges", matching(/^aws_[a-z0-9_]+$/))
    .requiredOption("--attribute <name>", "top-level argument it reads", matching(/^[a-z][a-z0-9_]*$/))
    .requiredOption("--expected <text>", "value that passes", matching(/^[\w .:/-]+$/));
  if (name !== "new" && name !== "--help") throw wrongVerb(name ?? "nothing");
  const flags = parseArguments<Omit<NewControl, "id">>(command, name === "new" ? rest : argv, io);
  if (!flags) return 0;
  refuseElsewhere(path.join(io.cwd, "policies", "part11"));
  const files = controlFiles({ ...flags, id: command.args[0]! });
  for (const [file, text] of Object.entries(files)) write(path.join(io.cwd, "policies", file), text);
  const critical = flags.severity === "critical" ? "; add it to critical_controls of policies/data.json" : "";
  io.stdout.write(
    `${Object.keys(files).join(", ")} in policies${critical}; next: CONTRIBUTING.md, Add a control, step 2\n`,
  );
  return 0;
}

function matching(pattern: RegExp): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new InvalidArgumentError(`expected ${pattern.source}`);
    return text;
  };
}

function refuseElsewhere(folder: string): void {
  if (fs.existsSync(folder)) return;
  throw new Part11Error({
    code: "USAGE",
    what: "no controls here",
    where: folder,
    expected: "the folder of the controls",
    got: "none",
    todo: "run it in a checkout of cdktf-part11; for rules of your own see part11 policy build --help",
  });
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
  } catch (cause) {
    const parts = { what: "control not made", where: file, expected: "no such file", got: (cause as Error).message };
    throw new Part11Error(
      { code: "OUT_NOT_EMPTY", ...parts, todo: "choose another id, or remove that folder" },
      { cause },
    );
  }
}

function wrongVerb(got: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 control",
    expected: "new",
    got,
    todo: "see part11 control --help; part11 explain tells of one that is there",
  });
}
