// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from "node:crypto";
import * as path from "node:path";
import { Command, Option } from "commander";
import { visible } from "../gate/escape/terminal";
import {
  checkedRequest,
  type Destination,
  ImportRecord,
  type ImportRequest,
  importFolder,
  type Outcome,
  S3_SIZES,
  tryImport,
} from "../import";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

const EXITS = `
Each file is read once for its SHA-256 and put under a free key with that hash; a link, an empty file, a name that ingest does
not take and a key that is taken are refused. A file that changes while it is read fails. Put last is a manifest of all of it.
Run again with the same --record, a broken-off import goes on, and puts nothing twice. AWS credentials, region and endpoint
come from the environment: those of a writer of PushAccess.

exit 0  every file is there, with its SHA-256, and the manifest; with --dry-run: would be
exit 1  some file was refused or failed: see the lines that say so
exit 2  nothing to import, the record not usable, AWS does not answer, or wrong usage
`;

/** What a test replaces: AWS, the clock and the choice of an id. */
export interface ImportPorts {
  readonly destination: () => Promise<Destination>;
  readonly now: () => Date;
  readonly newId: () => string;
}

interface Flags extends Omit<ImportRequest, "folder"> {
  readonly record: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `part11 import <folder>`: an existing folder becomes objects, each with the hash of its source, who imported it and why. */
async function importVerb(argv: string[], io: Io, ports: ImportPorts = onAws): Promise<number> {
  const command = new Command("part11 import")
    .description("Import an existing folder, each file with its SHA-256, the importer and the reason.")
    .argument("<folder>", "folder to import, with all that is below it")
    .requiredOption("--vendor <id>", "vendor whose data it is")
    .requiredOption("--study <id>", "study that it belongs to")
    .requiredOption("--bucket <name>", "bucket to put it into")
    .requiredOption("--importer <person>", "who imports it")
    .requiredOption("--reason <text>", "why")
    .requiredOption("--record <file>", "record of this import, JSON lines; kept by you, added to and never rewritten")
    .addOption(new Option("--landing <bucket>", "which bucket it is").choices(["inbox", "raw"]).default("inbox"))
    .option("--dry-run", "read and hash everything, put nothing and write nothing")
    .option("--json", "the result as JSON on stdout")
    .addHelpText("after", EXITS);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const { vendor, study, bucket, landing, importer, reason, dryRun = false, json = false } = flags;
  const recordFile = path.resolve(io.cwd, flags.record);
  const folder = path.resolve(io.cwd, command.args[0]!);
  const request = checkedRequest({ folder, vendor, study, bucket, landing, importer, reason }, recordFile);
  const record = ImportRecord.open(recordFile);
  const outcomes: Outcome[] = [];
  const onOutcome = (outcome: Outcome) => {
    outcomes.push(outcome);
    if (!json) io.stdout.write(`${visible(line(outcome))}\n`);
  };
  const options = { sizes: S3_SIZES, now: ports.now, newId: ports.newId, onOutcome };
  const finished = dryRun
    ? await tryImport(record, request, options)
    : await importFolder(await ports.destination(), record, request, options);
  const counts = countsOf(outcomes);
  if (json) {
    const { importId = null } = record.started ?? {};
    const result = { schemaVersion: 1, importId, dryRun, outcomes, counts, manifest: finished ?? null };
    io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    io.stdout.write(
      `${Object.entries(counts)
        .map(([outcome, count]) => `${outcome}: ${count}`)
        .join(", ")}\n`,
    );
    if (finished) io.stdout.write(`manifest: ${visible(finished.manifestKey)}  ${finished.manifestSha256}\n`);
  }
  return outcomes.some(({ outcome }) => outcome === "refused" || outcome === "failed") ? 1 : 0;
}

export { importVerb as import };

function line(outcome: Outcome): string {
  if ("reason" in outcome) return `${outcome.outcome}  ${outcome.path}: ${outcome.reason}`;
  const { path: name, key, versionId, sha256 } = outcome;
  return `${outcome.outcome}  ${name}  ${key}  ${versionId ?? "-"}  ${sha256}`;
}

function countsOf(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

const onAws: ImportPorts = {
  destination: async () => {
    const { S3Client } = await import("@aws-sdk/client-s3");
    const { STSClient } = await import("@aws-sdk/client-sts");
    const { S3Destination, SILENT } = await import("../import/s3-destination");
    return new S3Destination(new S3Client({ logger: SILENT }), new STSClient({}));
  },
  now: () => new Date(),
  newId: randomUUID,
};
