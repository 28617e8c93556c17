// SPDX-License-Identifier: Apache-2.0
import { Command, Option } from "commander";
import { ENVIRONMENTS, type Environment, makePlan, type PlanTarget, planSummary, TARGETS } from "../plan";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFolder } from "./output";

interface Flags {
  readonly stack: string;
  readonly environment: Environment;
  readonly target: PlanTarget;
  readonly settings?: string;
  readonly out: string;
  readonly emulatorEndpoint?: string;
}

/** `part11 plan`: synthesizes a stack of the CDKTF project in the current folder and plans it. Exit code 0. */
export async function plan(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 plan")
    .description("Synthesize a stack of the CDKTF project in this folder and plan it with Terraform.")
    .requiredOption("--stack <name>", "stack in the app of cdktf.json")
    .addOption(environmentOption())
    .addOption(new Option("--target <target>", "where the plan is for").choices(TARGETS).default("offline"))
    .option("--settings <file>", "settings file for the app (default: the app's own example for the environment)")
    .requiredOption("--out <dir>", "folder for plan.bin, plan.json, cdk.tf.json, .terraform.lock.hcl and digests.json")
    .option("--emulator-endpoint <url>", "URL of the emulator on this machine, for --target emulator");
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const artifacts = await makePlan({
    ...flags,
    out: outputFolder(flags.out, io.cwd),
    cwd: io.cwd,
    env: io.env,
    targetEnv: flags.target === "emulator" ? awsSettings(io.env) : undefined,
    onProgress: (line) => io.stderr.write(`${line}\n`),
  });
  io.stdout.write(`${planSummary(artifacts).join("\n")}\n`);
  return 0;
}

function environmentOption(): Option {
  return new Option("--environment <environment>", "environment of the stack")
    .choices(ENVIRONMENTS)
    .makeOptionMandatory();
}

function awsSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("AWS_")));
}
