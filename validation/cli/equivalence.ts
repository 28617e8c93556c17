// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, Option } from "commander";
import { qualifiedRun } from "../comparison";
import { equivalenceOf, equivalenceText, loadParameters } from "../equivalence";
import { ENVIRONMENTS, type FactsFiles } from "../facts";
import { factsFor, loadPolicy } from "../gate";
import { canonicalJson, readJsonFile } from "../json";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";

const NOTES = `
Only the parameters of --parameters may differ (parts of names, the account, the duration of a lock, which production may make longer),
each with its justification; everything else that the facts or the synthesized stacks show must be equal.
exit 0  nothing else differs, the run was complete on AWS, and sealed by the key of --key
exit 1  production cannot be called qualified by this bundle: the reasons are listed
exit 2  could not compare: the bundle is not intact, a file is refused, or wrong usage
`;

const MAX_BYTES = 512 * 1024 * 1024 - 1;

interface Flags extends Omit<FactsFiles, "maxBytes" | "plan"> {
  readonly synth: string;
  readonly parameters?: string;
  readonly qualified?: string;
  readonly key?: string;
  readonly format: "text" | "json";
}

/** `part11 equivalence`: whether a production plan is what a bundle qualified. */
export async function equivalence(argv: string[], io: Io): Promise<number> {
  const command = equivalenceCommand();
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const [bundle, plan] = command.args as [string, string];
  const at = (file: string) => path.resolve(io.cwd, file);
  const { key, synth, parameters } = flags;
  const signer = pinnedSigner(key, io);
  const allowed = parameters === undefined ? undefined : loadParameters(at(parameters));
  const run = qualifiedRun(at(bundle), signer, {
    name: flags.qualified,
    fits: ({ apply, findings }) => apply && findings === 0,
  });
  const found = equivalenceOf({
    run,
    production: {
      facts: factsFor(loadPolicy(), { ...flags, plan, maxBytes: MAX_BYTES }, io.cwd),
      synth: readJsonFile(at(synth), { maxBytes: MAX_BYTES }),
    },
    ...(allowed ? { parameters: allowed } : {}),
  });
  io.stdout.write(flags.format === "json" ? `${canonicalJson(found)}\n` : equivalenceText(found));
  return found.mayBeCalledQualified ? 0 : 1;
}

function equivalenceCommand(): Command {
  return new Command("part11 equivalence")
    .description("Compare a production plan with the plan that a bundle qualified.")
    .argument("<bundle>", "folder of the bundle of the qualification")
    .argument("<plan>", "production plan as `terraform show -json` prints it")
    .requiredOption("--synth <file>", "cdk.tf.json the production plan was made from")
    .option("--lock <file>", ".terraform.lock.hcl of the production plan")
    .option("--settings <file>", "part11.yaml (default: built-in settings)")
    .addOption(
      new Option("--environment <environment>", "environment of the plan").choices(ENVIRONMENTS).default("production"),
    )
    .option("--parameters <file>", "equivalence.yaml: what may differ, and why (default: nothing may)")
    .option("--qualified <plan>", "plan of the bundle (default: the one applied without committed findings)")
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .addHelpText("after", NOTES);
}
