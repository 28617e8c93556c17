// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { import as importVerb } from "../../cli/import";
import { S3Destination } from "../../import/s3-destination";
import { type Challenge, type Checked, observe } from "../challenge";
import { type Findings, judged } from "../judged";
import { keptVersions } from "../kept-versions";
import type { Told } from "../ledger-events";
import type { Principal } from "../principal";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { STUDY, sha256 } from "../senders";

/** Vendor of the sender `share-import` of stacks/settings/qualification.yaml. */
const VENDOR = "share";
export const IMPORT_PREFIX = `clinical/inbound/raw/${VENDOR}/${STUDY}/`;

/** An existing folder that becomes records. */
export const pushImportChallenges: readonly Challenge[] = [imported()];

function imported(): Challenge {
  const title = "What part11 import takes from a shared folder becomes records that say whose hash, who and why";
  return {
    step: {
      id: "OQ-push-import",
      title,
      controls: [],
      requirements: ["URS-006", "URS-019", "URS-022"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "role of a person who imports; inspector role reads the records",
      action: `part11 import of a folder of two files into the inbox, with importer, reason and a record of its own; the installed rules, queue and function do the rest. The verb runs within this process, with a session of the importer's role in the place of the credentials of the environment`,
      expected:
        "exit 0; of each file RECEIVED with the SHA-256 of its source, and PROMOTED; each record has the bytes of the source, and id of the import, importer, reason and SHA-256 as metadata. The manifest of the import is received with the SHA-256 that the verb told, and promoted; it names the role's session, importer, reason and both files with their SHA-256",
      acceptance: "every one of them, within five minutes",
      twin: "a second import of the same folder is refused, file by file, exit 1: the keys are taken, and each has one version in the inbox",
    },
    async run(range) {
      const importer = await range.pusher("share-import");
      const work = fs.mkdtempSync(path.join(os.tmpdir(), "part11-oq-"));
      try {
        const files = sources(range, path.join(work, "share"));
        const said = await importFolder(range, importer, work, "first");
        const findings: Findings = [
          {
            ok: said.code === 0 && said.outcomes.length === files.length,
            seen: `exit ${said.code}, ${said.counts}`,
            reason: "the import did not put every file and its manifest",
          },
          ...(await Promise.all(
            files.map(async (file) => ({
              ...(await recordOf(range, said, file)),
              reason: "a file of the folder is no record that says whose hash, who and why",
            })),
          )),
          {
            ...(await manifestOf(range, importer, said, files)),
            reason: "the manifest of the import is no record, or does not say who imported what and why",
          },
        ];
        const twin = await observe(`${title}: twin`, async () => {
          const again = await importFolder(range, importer, work, "second");
          const administrator = await range.administrator();
          const kept = await keptVersions(range, range.inbox, IMPORT_PREFIX, administrator);
          const own = kept.filter(({ key }) => files.some(({ name }) => key === `${IMPORT_PREFIX}${name}`));
          return {
            ok: again.code === 1 && again.counts === `refused: ${files.length}` && own.length === files.length,
            seen: `exit ${again.code}, ${again.counts}; ${own.length} versions of ${files.length} files in the inbox`,
          };
        });
        const reason = "what is there already is written over, or the import does not say that it was refused";
        return judged(importer, findings, { twin: { observation: twin, reason } });
      } finally {
        fs.rmSync(work, { recursive: true });
      }
    },
  };
}

interface Source {
  readonly name: string;
  readonly content: string;
}

/** The folder as somebody left it on a share. */
function sources(range: Range, folder: string): readonly Source[] {
  const files = ["one", "and two"].map((label) => {
    const name = `IMPORT_${range.run} ${label}.csv`;
    return { name, content: `subject,value\n${label},${range.run}\n` };
  });
  fs.mkdirSync(folder);
  for (const { name, content } of files) fs.writeFileSync(path.join(folder, name), content);
  return files;
}

/** What the verb answers with `--json`. */
interface Said {
  readonly code: number;
  /** Outcomes by their number. */
  readonly counts: string;
  readonly importId: string;
  readonly outcomes: ReadonlyArray<{ readonly path: string; readonly key: string; readonly versionId: string }>;
  readonly manifest: {
    readonly manifestKey: string;
    readonly manifestVersionId: string;
    readonly manifestSha256: string;
  };
}

async function importFolder(range: Range, importer: Principal, work: string, record: string): Promise<Said> {
  const text: string[] = [];
  const stream = { write: (some: string) => text.push(some) };
  const where = ["--vendor", VENDOR, "--study", STUDY, "--bucket", range.inbox, "--record", `${record}.jsonl`];
  const why = ["--importer", importerOf(range), "--reason", reasonOf(range)];
  const io = { stdout: stream, stderr: stream, env: {}, cwd: work };
  const code = await importVerb(["share", ...where, ...why, "--json"], io, {
    destination: async () => new S3Destination(importer.s3(), importer.sts()),
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
  });
  const { counts, ...said } = JSON.parse(text.join(""));
  return {
    ...said,
    code,
    counts: Object.entries(counts)
      .map(([outcome, count]) => `${outcome}: ${count}`)
      .join(", "),
  };
}

function importerOf({ run }: Range): string {
  return `Jörg Müller, challenge ${run}`;
}

function reasonOf({ run }: Range): string {
  return `The share is taken down, challenge ${run}`;
}

interface Became {
  readonly types: string;
  readonly received: Told | undefined;
  readonly record: PutVersion | undefined;
}

async function became(range: Range, sent: PutVersion): Promise<Became> {
  const events = await eventUntil(range, sent, "PROMOTED");
  const record = events.find(({ type }) => type === "PROMOTED")?.destination;
  return {
    types: events
      .map(({ type }) => type)
      .sort()
      .join(", "),
    received: events.find(({ type }) => type === "RECEIVED"),
    record: record && { ...record, sha256: sent.sha256 },
  };
}

async function recordOf(range: Range, said: Said, { name, content }: Source): Promise<Checked> {
  const put = said.outcomes.find((one) => one.path === name);
  if (!put) return { ok: false, seen: `${name} not put` };
  const hash = sha256(content);
  const sent = { bucket: range.inbox, key: put.key, versionId: put.versionId, sha256: hash };
  const { types, received, record } = await became(range, sent);
  if (!record) return { ok: false, seen: `${name}: ${types || "no event"}` };
  const inspector = await range.inspector();
  const read = await range.readable(inspector, record);
  const { Metadata = {} } = await range.head(inspector, record);
  const [who, why] = [Metadata["part11-importer"] ?? "", Metadata["part11-reason"] ?? ""].map(decodeURIComponent);
  const about = [Metadata["part11-import-id"] === said.importId, who === importerOf(range), why === reasonOf(range)];
  return {
    ok:
      types === "PROMOTED, RECEIVED" &&
      received?.sha256 === hash &&
      Metadata["part11-sha256"] === hash &&
      about.every(Boolean) &&
      read.ok,
    seen: `${name}: ${types}; SHA-256 of the source ${hash}, in the ledger ${received?.sha256}, beside the record ${Metadata["part11-sha256"]}; importer, reason and import ${about.every(Boolean) ? "as given" : `NOT as given: ${who}, ${why}`}; ${read.seen}`,
  };
}

async function manifestOf(
  range: Range,
  importer: Principal,
  { manifest }: Said,
  files: readonly Source[],
): Promise<Checked> {
  const { manifestKey: key, manifestVersionId: versionId, manifestSha256: hash } = manifest;
  const { types, received, record } = await became(range, { bucket: range.inbox, key, versionId, sha256: hash });
  if (!record) return { ok: false, seen: `manifest ${key}: ${types || "no event"}` };
  const { Body } = await (await range.inspector())
    .s3()
    .send(new GetObjectCommand({ Bucket: record.bucket, Key: record.key, VersionId: record.versionId }));
  const text = await Body!.transformToString();
  const stated = JSON.parse(text) as {
    readonly importer: string;
    readonly reason: string;
    readonly caller: string;
    readonly files: ReadonlyArray<{ readonly path: string; readonly sha256: string }>;
  };
  const role = importer.arn.split("/").pop()!;
  const named = stated.caller.includes(`:assumed-role/${role}/`);
  const whoAndWhy = stated.importer === importerOf(range) && stated.reason === reasonOf(range);
  const whole =
    stated.files.length === files.length &&
    files.every(({ name, content }) => stated.files.some((one) => one.path === name && one.sha256 === sha256(content)));
  return {
    ok:
      types === "PROMOTED, RECEIVED" &&
      received?.sha256 === hash &&
      sha256(text) === hash &&
      named &&
      whoAndWhy &&
      whole,
    seen: `manifest: ${types}; SHA-256 told ${hash}, in the ledger ${received?.sha256}, of the record ${sha256(text)}; put by ${stated.caller}, importer and reason ${whoAndWhy ? "as given" : "NOT as given"}, ${stated.files.length} files ${whole ? "with the SHA-256 of their sources" : "NOT as in the folder"}`,
  };
}
