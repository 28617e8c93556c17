#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { isNativeError } from "node:util/types";
import { Command } from "commander";
import { parseArguments } from "./cli/arguments";
import type { Io } from "./cli/io";
import { Part11Error, withCode } from "./error";
import { visible } from "./gate/escape/terminal";
import { packageRoot } from "./package-root";

/** Every verb with its line in the help. The file `cli/<verb>.ts` is loaded only when the verb is used. */
export const VERBS: Readonly<Record<string, string>> = {
  plan: "synthesize a stack and plan it with Terraform",
  facts: "print what the policies see of a plan",
  gate: "judge a plan",
  policy: "compile house rules for gate --bundle; compare two versions of the policies",
  control: "make folder, rule and test of a new control",
  controls: "list the controls",
  explain: "explain one control",
  qualify: "the main job: plan, gate, apply, IQ, OQ, evidence bundle",
  protocol: "write the IQ and OQ protocols to be approved, before any run",
  approve: "approve or reject a protocol or an executed report, with your own key or on paper",
  approvals: "who approved the executed reports of a bundle, and what is missing or wrong",
  verify: "verify an evidence bundle",
  chain: "verify the bundles of one system, each with the one before",
  timestamp: "request a time stamp over a bundle's seal, and keep the answer",
  trace: "the traceability matrix of an evidence bundle, with gaps, orphans and deviations",
  documents: "write protocols, reports and specifications of an evidence bundle",
  impact: "what a new plan changes of a qualified one, and what to execute again",
  review: "the periodic review of a qualified system: what is open, and what was not looked at",
  equivalence: "whether a production plan is what a bundle qualified, but for listed parameters",
  deposit: "put an evidence bundle into its locked bucket, read it back and verify it there",
  import: "import an existing folder, each file with its SHA-256",
  hold: "set, list and release legal holds as the custodian",
  arrivals: "what was expected for a study, and what came",
  vendor: "who may send files: add, rotate-key, offboard, disable, review, guide, second-component, list",
  prove: "prove one file: is it what was received",
  ledger: "verify the ledger of received versions, and compare it with the buckets",
  replay: "send the messages of a dead-letter queue again",
  "self-test": "try the harness itself: does it notice seeded faults",
  doctor: "say which tools are there and what to do about the rest",
};

type Verb = (argv: string[], io: Io) => Promise<number>;

/** Exit code of a run that could not do its work: usage, parse, engine, tool, interruption. */
const COULD_NOT_RUN = 2;

/**
 * Runs one verb and returns the exit code: the verb's own, or 2 with one sentence on stderr when it could not run.
 *
 * @param argv arguments without the interpreter and the script
 */
export async function main(argv: string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name.startsWith("-")) return withoutVerb(argv, io);
    return await (await loadVerb(name))(rest, io);
  } catch (error) {
    const { code, message } = withCode(error, ["part11", name].join(" "));
    io.stderr.write(`part11: ${code}: ${visible(message)}\n`);
    if (io.env.PART11_DEBUG && isNativeError(error)) io.stderr.write(`${error.stack}\n`);
    return COULD_NOT_RUN;
  }
}

async function loadVerb(name: string): Promise<Verb> {
  if (!Object.hasOwn(VERBS, name)) {
    throw new Part11Error({
      code: "USAGE",
      what: "unknown verb",
      where: "part11",
      expected: `one of ${Object.keys(VERBS).join(", ")}`,
      got: name,
      todo: "see part11 --help",
    });
  }
  const module = (await import(`./cli/${name}`)) as Record<string, Verb>;
  return module[name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())]!;
}

function withoutVerb(argv: string[], io: Io): number {
  const command = new Command("part11")
    .usage("<verb> [options]")
    .description("Gate and qualify 21 CFR Part 11 landing zones.")
    .version(packageVersion(), "--version")
    .addHelpText("after", verbLines());
  if (argv.length === 0) {
    io.stderr.write(command.helpInformation() + verbLines());
    return COULD_NOT_RUN;
  }
  parseArguments(command, argv, io);
  return 0;
}

function verbLines(): string {
  const lines = Object.entries(VERBS).map(([verb, line]) => `  ${verb.padEnd(11)} ${line}\n`);
  return `\nVerbs (part11 <verb> --help):\n${lines.join("")}`;
}

function packageVersion(): string {
  const manifest = fs.readFileSync(path.join(packageRoot(), "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

if (require.main === module) {
  const { stdout, stderr, env } = process;
  let told = true;
  // A reader that went away (`| head`) ends nothing half-way, an emulator least of all; but what was not told is no success.
  stdout.on("error", () => {
    told = false;
    process.exitCode = COULD_NOT_RUN;
  });
  stderr.on("error", () => undefined);
  main(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd() }).then((code) => {
    process.exitCode = told ? code : COULD_NOT_RUN;
  });
}
