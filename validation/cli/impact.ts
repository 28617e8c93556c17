// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, Option } from "commander";
import { qualifiedRun } from "../comparison";
import { ENVIRONMENTS, type FactsFiles } from "../facts";
import { factsFor, loadPolicy } from "../gate";
import { loadCrosswalk } from "../gate/crosswalk";
import { impactOf, impactText, isSame } from "../impact";
import { canonicalJson, readJsonFile } from "../json";
import { loadRequirements } from "../requirements";
import { RequirementLinks } from "../requirements/links";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";

const NOTES = `
Compared are the facts that the gate keeps of both plans and, with --synth, every other attribute as it was synthesized. Make the new
plan as the bundle's was made (same tools, policies, target), or more differs than was changed. What is not understood touches everything.
exit 0  nothing differs: every result stands
exit 1  something does: the steps to execute again are listed
exit 2  could not compare: the bundle is not intact, a file is refused, or wrong usage
`;

const MAX_BYTES = 512 * 1024 * 1024 - 1;

interface Flags extends Omit<FactsFiles, "maxBytes"> {
  readonly from: string;
  readonly qualified?: string;
  readonly key?: string;
  readonly format: "text" | "json";
}

/** `part11 impact`: what a new plan changes of a qualified one, and what is to be executed again. */
export async function impact(argv: string[], io: Io): Promise<number> {
  const flags = parseArguments<Flags>(impactCommand(), argv, io);
  if (!flags) return 0;
  const at = (file: string) => path.resolve(io.cwd, file);
  const { environment, key, synth } = flags;
  const policy = loadPolicy();
  const signer = pinnedSigner(key, io);
  const run = qualifiedRun(at(flags.from), signer, {
    name: flags.qualified,
    fits: ({ facts, findings }) => findings === 0 && facts.settings.environment === environment,
  });
  const { outside } = loadCrosswalk();
  const found = impactOf({
    run,
    facts: factsFor(policy, { ...flags, maxBytes: MAX_BYTES }, io.cwd),
    synth: synth === undefined ? undefined : readJsonFile(at(synth), { maxBytes: MAX_BYTES }),
    policy,
    outside,
    links: new RequirementLinks(loadRequirements(), [...policy.sidecar.controls, ...outside]),
  });
  io.stdout.write(flags.format === "json" ? `${canonicalJson(found)}\n` : impactText(found));
  return isSame(found) ? 0 : 1;
}

function impactCommand(): Command {
  return new Command("part11 impact")
    .description("Say what a new plan changes of a qualified one, and which protocol steps to execute again at least.")
    .requiredOption("--from <bundle>", "folder of the bundle of the qualified state")
    .requiredOption("--plan <file>", "new plan as `terraform show -json` prints it")
    .option("--synth <file>", "cdk.tf.json the new plan was made from; without it everything is touched")
    .option("--lock <file>", ".terraform.lock.hcl of the new plan")
    .option("--settings <file>", "part11.yaml (default: built-in settings)")
    .addOption(
      new Option("--environment <environment>", "environment of the new plan")
        .choices(ENVIRONMENTS)
        .makeOptionMandatory(),
    )
    .option(
      "--qualified <plan>",
      "plan of the bundle (default: the one of that environment without committed findings)",
    )
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .addHelpText("after", NOTES);
}
