// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { Part11Error } from "../error";
import type { SaidTarget } from "../target/aws";

/** Options of `part11 qualify --target aws`, as they were given. */
export interface AwsFlags {
  readonly target: "emulator" | "aws";
  readonly readOnly?: boolean;
  readonly account?: string;
  readonly region?: string;
  readonly environment?: SaidTarget["environment"];
  readonly plan?: string;
  readonly state?: string;
  readonly settings?: string;
  readonly gateSettings?: string;
  readonly acceptCost?: boolean;
}

/** What a run on AWS is told on the command line. */
export interface AwsTold {
  readonly said: SaidTarget;
  readonly plan: string;
  readonly settings: string;
}

/** Options that are of AWS only. */
const OF_AWS = [
  "readOnly",
  "account",
  "region",
  "environment",
  "plan",
  "state",
  "settings",
  "gateSettings",
  "acceptCost",
] as const satisfies ReadonlyArray<keyof AwsFlags>;

/** Options that say which target is meant, and by what plan. */
export function addTargetOptions(command: Command): Command {
  return command
    .addOption(new Option("--target <target>", "where the run is").choices(["emulator", "aws"]).default("emulator"))
    .option("--read-only", "aws: read what is installed and send no call that writes; every other step is NOT RUN")
    .option("--account <id>", "aws: account that it must be, twelve digits", accountOption)
    .option("--region <region>", "aws: region that it must be", regionOption)
    .addOption(
      new Option(
        "--environment <environment>",
        "aws: environment that it must be (default: production with --read-only, else qualification); --dir: by whose rules the gate judges (default: qualification)",
      ).choices(["production", "qualification"]),
    )
    .option("--plan <dir>", "aws: folder of part11 plan, of the installed stack")
    .option(
      "--settings <file>",
      "aws: settings file of the stack, which the plan was made from; --dir: settings of the gate (part11.yaml)",
    );
}

export function addAwsOptions(command: Command): Command {
  return addTargetOptions(command)
    .option("--state <file>", "aws, --read-only: terraform show -json of the installed stack; no line of it is kept")
    .option("--gate-settings <file>", "aws, --read-only: settings of the gate (part11.yaml)")
    .option("--accept-cost", "aws, without --read-only: the cost note was read");
}

/** @throws USAGE for an option of AWS without `--target aws` */
export function assertNotOfAws(flags: AwsFlags, verb = "part11 qualify"): void {
  const given = OF_AWS.find((name) => flags[name] !== undefined);
  if (given !== undefined) throw wrong("--target aws", `${optionOf(given)} without it`, verb);
}

/** @throws USAGE for what is missing */
export function awsTold(flags: AwsFlags, cwd: string, verb = "part11 qualify"): AwsTold {
  const { account, region, plan, settings, readOnly } = flags;
  for (const name of ["account", "region", "plan", "settings"] as const) {
    if (flags[name] === undefined) throw wrong(`${optionOf(name)} beside --target aws`, "none", verb);
  }
  const environment = flags.environment ?? (readOnly ? "production" : "qualification");
  const said: SaidTarget = { accountId: account!, region: region!, environment };
  return { said, plan: path.resolve(cwd, plan!), settings: path.resolve(cwd, settings!) };
}

function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function accountOption(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError("expected twelve digits");
}

function regionOption(text: string): string {
  if (/^[a-z]{2,}(-[a-z]+)+-\d$/.test(text)) return text;
  throw new InvalidArgumentError("expected a region as eu-central-1");
}

export function wrong(expected: string, got: string, where = "part11 qualify"): Part11Error {
  const parts = { what: "wrong usage", where, expected, got };
  return new Part11Error({ code: "USAGE", ...parts, todo: `see ${where} --help` });
}
