// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { qualifiedPlan } from "../comparison";
import { loadDispositions } from "../deviations";
import { reviewFiles } from "../documents";
import { readSealedRun } from "../evidence";
import { ENVIRONMENTS, type FactsFiles } from "../facts";
import { factsFor, loadPolicy } from "../gate";
import { loadCrosswalk } from "../gate/crosswalk";
import { loadWaivers, today } from "../gate/waivers";
import { assertSchema, canonicalJson, parseStrict, readCapped, readJsonFile, sha256Hex } from "../json";
import { loadRequirements } from "../requirements";
import { RequirementLinks } from "../requirements/links";
import { type Given, installedTools, loadIncidents, type PeriodicReview, reviewOf, reviewText } from "../review";
import { executedRun, matrixOf } from "../traceability";
import type { AccessReview } from "../vendors/review-views";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";
import { emptyFolder } from "./output";
import { day, oneMore } from "./vendor-options";

const NOTES = `
Ten questions, each in order, open or not looked at: qualification, time before the period, changes, drift, deviations, incidents, waivers
and attestations, tools, digests, access. What no input shows is not looked at, and that is never fine.
exit 0  still qualified: every question was looked at and none is open; a person reviews and approves the record
exit 1  something is open, or was not looked at
exit 2  no review: the bundle is not intact, the plan is of another stack, a file is refused, or wrong usage
`;

const MAX_BYTES = 512 * 1024 * 1024 - 1;
const MAX_RECORD_BYTES = 64_000_000;

interface Flags extends Omit<FactsFiles, "maxBytes"> {
  readonly since: string;
  readonly asOf: string;
  readonly deployed?: string;
  readonly waivers?: string;
  readonly deviations?: string;
  readonly retest: readonly string[];
  readonly incidents?: string;
  readonly accessReview?: string;
  readonly previous?: string;
  readonly qualified?: string;
  readonly key?: string;
  readonly format: "text" | "json";
  readonly out?: string;
}

/**
 * `part11 review`: the periodic review of a qualified system.
 *
 * @throws BUNDLE_ALTERED, RUN_FOREIGN, OUT_NOT_WRITABLE, OUT_NOT_EMPTY, USAGE, and what reading the files throws
 */
export async function review(argv: string[], io: Io): Promise<number> {
  const command = reviewCommand();
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const out = flags.out === undefined ? undefined : emptyFolder(flags.out, io.cwd, "no review made");
  const { record, found } = await reviewed(command.args[0]!, flags, io);
  if (out !== undefined) {
    const files = await reviewFiles(record, found);
    fs.mkdirSync(out, { recursive: true });
    for (const { name, bytes } of files) fs.writeFileSync(path.join(out, name), bytes, { flag: "wx" });
  }
  io.stdout.write(flags.format === "json" ? `${canonicalJson(found)}\n` : reviewText(found));
  return found.stillQualified ? 0 : 1;
}

async function reviewed(bundle: string, flags: Flags, io: Io) {
  const at = (file: string) => path.resolve(io.cwd, file);
  const { environment, key, since, asOf: until } = flags;
  const policy = loadPolicy();
  const signer = pinnedSigner(key, io);
  const [first, ...retests] = [bundle, ...flags.retest].map((folder) => readSealedRun(at(folder), signer));
  const run = qualifiedPlan(first!, at(bundle), {
    name: flags.qualified,
    fits: ({ facts, findings }) => findings === 0 && facts.settings.environment === environment,
  });
  const { synth, lock, settings } = flags;
  const told = { ...(lock ? { lock } : {}), ...(settings ? { settings } : {}), environment, maxBytes: MAX_BYTES };
  const facts = factsFor(policy, { ...told, plan: flags.plan, ...(synth ? { synth } : {}) }, io.cwd);
  const { outside } = loadCrosswalk();
  const dispositions = given(flags.deviations, (file) => loadDispositions(at(file), new Date()));
  const found = reviewOf({
    run,
    facts,
    synth: synth === undefined ? undefined : readJsonFile(at(synth), { maxBytes: MAX_BYTES }),
    policy,
    outside,
    links: new RequirementLinks(loadRequirements(), [...policy.sidecar.controls, ...outside]),
    period: { since, until },
    deviations: matrixOf([first!, ...retests].map(executedRun), dispositions).deviations,
    installed: await installedTools(policy, facts, { env: io.env, cwd: io.cwd }),
    ...named(
      "deployed",
      given(flags.deployed, (plan) => factsFor(policy, { ...told, plan }, io.cwd)),
    ),
    ...named(
      "waivers",
      given(flags.waivers, (file) => loadWaivers(at(file), until, policy.sidecar.controls)),
    ),
    ...named("dispositions", dispositions),
    ...named(
      "incidents",
      given(flags.incidents, (file) => loadIncidents(at(file), today())),
    ),
    ...named(
      "access",
      given(flags.accessReview, (file) => recordIn<AccessReview>(at(file), "access-review")),
    ),
    ...named(
      "previous",
      given(flags.previous, (file) => recordIn<PeriodicReview>(at(file), "review")),
    ),
  });
  return { record: run.record, found };
}

function given<T>(file: string | undefined, read: (file: string) => T): T | undefined {
  return file === undefined ? undefined : read(file);
}

function named<N extends string, T>(name: N, value: T | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: T };
}

/** A record that another command of part11 wrote as JSON. */
function recordIn<T>(file: string, schema: string): Given<T> {
  const bytes = readCapped(file, { maxBytes: MAX_RECORD_BYTES });
  const content = parseStrict(bytes, file);
  assertSchema(schema, content, file);
  return { file: path.basename(file), sha256: sha256Hex(bytes), content: content as T };
}

function reviewCommand(): Command {
  return new Command("part11 review")
    .description("Review a qualified system after a time of use: what changed, ended, drifted or happened since.")
    .argument("<bundle>", "folder of the bundle of the qualified state")
    .requiredOption("--since <day>", "first UTC day of the period, YYYY-MM-DD", day)
    .option("--as-of <day>", "last UTC day of the period", pastDay, today())
    .requiredOption("--plan <file>", "plan of now as `terraform show -json` prints it, made as the bundle's was")
    .option("--synth <file>", "cdk.tf.json the plan was made from; without it everything counts as changed")
    .option("--lock <file>", ".terraform.lock.hcl of the plan")
    .option("--settings <file>", "part11.yaml (default: built-in settings)")
    .addOption(
      new Option("--environment <environment>", "environment of the plan").choices(ENVIRONMENTS).makeOptionMandatory(),
    )
    .option("--deployed <file>", "refreshed plan against the deployed state, in JSON: shows drift")
    .option("--waivers <file>", "waivers.yaml of now")
    .option("--deviations <file>", "deviations.yaml: how named people dealt with what went wrong")
    .option("--retest <bundle>", "bundle of a later execution; several, in their order", oneMore, [])
    .option("--incidents <file>", "incidents.yaml: what went wrong in use")
    .option("--access-review <file>", "what part11 vendor review --format json wrote in the period")
    .option("--previous <file>", "record of the review before, in JSON")
    .option(
      "--qualified <plan>",
      "plan of the bundle (default: the one of that environment without committed findings)",
    )
    .option("--key <file>", "PEM public key that you got from the signer, not from the bundle")
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .option("--out <dir>", "folder for the record as PDF/A-3, HTML and JSON, empty or not there yet")
    .addHelpText("after", NOTES);
}

/** A day that has begun: nobody can review what is still to come. */
function pastDay(text: string): string {
  if (day(text) > today()) throw new InvalidArgumentError("expected a day that is not to come");
  return text;
}
