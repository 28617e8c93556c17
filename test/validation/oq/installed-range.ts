// SPDX-License-Identifier: Apache-2.0
import { announce } from "../../../modules/ingest/arrivals/announce";
import type { Delivery } from "../../../modules/ingest/arrivals/delivery";
import { canonical, type ObjectVersion, sequenceText } from "../../../modules/ledger/entry";
import { promote } from "../../../validation/oq/promotion";
import type { PutVersion, Range } from "../../../validation/oq/range";
import { TRIALS } from "../../../validation/oq/senders";
import { Bench, delivery, MINUTE, sessionAt, sha256Of } from "../../modules/ingest/bench";

export const RUN = "0a1b2c3d";
export const FOLDER = "clinical/inbound/raw/oq-sender/st-101/";
export const TRIAL_FOLDER = "clinical/inbound/test/oq-sender/";
const LARGEST_TRIAL_BYTES = 100;
const DAY_MS = 86_400_000;

const expected = (of: Partial<Delivery>): Delivery => ({
  ...{ ...delivery, vendor: "oq-sender", study: "st-101", finishedBy: "transfer", sizeBytes: { min: 1, max: 1000 } },
  ...of,
});

/** As stacks/settings has them for the vendors and systems of the qualification. */
const DELIVERIES = [
  expected({ name: "oq-results", files: "OQ_*.csv", sha256File: "required" }),
  expected({ name: "oq-volume", files: "VOLUME_*.csv" }),
  expected({ name: "oq-listed", files: "LISTED_*.csv", manifest: "required" }),
  expected({ name: "oq-push", vendor: "mes", files: "PUSH_*.csv", finishedBy: "object" }),
];

export interface InstalledRangeOptions {
  /** Name under which the server stores a file. @default - as it was sent */
  readonly stores?: (name: string) => string;
  /** Looks at each version that was taken, or tampers with what came of it. */
  readonly afterwards?: (bench: Bench, taken: ObjectVersion) => void;
  /** Days for which a version is locked. @default 1 */
  readonly lockedDays?: number;
  /** Nobody is told of anything. */
  readonly silent?: boolean;
}

/** A range in memory in which the code of the installed function takes what challenges send. */
export class InstalledRange {
  readonly bench = new Bench({}, undefined, undefined, undefined, LARGEST_TRIAL_BYTES);
  private readonly told = new Set<string>();
  private promoted: ReturnType<typeof promote> | undefined;

  constructor(private readonly options: InstalledRangeOptions = {}) {
    this.bench.deliveries = DELIVERIES;
  }

  get range(): Range {
    const { bench } = this;
    const client = () => this.client;
    const clients = { s3: client, dynamodb: client, sqs: client, sns: client };
    const principal = { arn: "arn:aws:iam::111122223333:role/r", ...clients };
    const self: Record<string, unknown> = {
      ...{ run: RUN, inbox: "inbox", raw: "raw", unblinded: "unblinded", unlocked: "u" },
      target: { region: "eu-central-1", accountId: "111122223333" },
      zone: {
        bucket: () => "audit",
        tableNamed: () => "ledger",
        topicNamed: () => "topic",
        subscriptionFilter: () => "{}",
        variableOf: () => String(LARGEST_TRIAL_BYTES),
      },
      ...{ administrator: async () => principal, inspector: async () => principal, pusher: async () => principal },
      put: async (_: unknown, bucket: string, key: string, { Body }: { Body: Buffer }) => ({
        ...(await this.taken(bucket, key, Body.toString())),
        sha256: sha256Of(Body.toString()),
      }),
      readable: async (_: unknown, version: PutVersion) => {
        const sha256 = await bench.objects.sha256(version);
        return { ok: sha256 === version.sha256, seen: `version ${version.versionId}, SHA-256 ${sha256}` };
      },
      head: async () => ({
        LastModified: new Date(bench.now),
        ObjectLockMode: "COMPLIANCE",
        ObjectLockRetainUntilDate: new Date(bench.now + (this.options.lockedDays ?? 1) * DAY_MS),
      }),
      senders: {
        roleArn: () => "arn:aws:iam::111122223333:role/vendor-oq-sender",
        prefix: (_: unknown, folder?: string) => folderOf(folder),
        key: async () => ({ private: "", public: "" }),
        login: async () => ({ put: (path: string, content: string) => this.sent(path, content), end: () => undefined }),
        upload: async (_: unknown, name: string, content: string, folder = "st-101") =>
          this.sent(`/${folder}/${name}`, content),
        uploaded: async (_: unknown, name: string, content: string, folder?: string) => {
          const [version] = [...bench.objects.all("inbox")].filter(({ key }) => key === `${folderOf(folder)}${name}`);
          return { ...version, sha256: sha256Of(content) };
        },
      },
    };
    self.promotion = () => {
      this.promoted ??= promote(self as unknown as Range, `OQ_${RUN}.csv`);
      return this.promoted;
    };
    return self as unknown as Range;
  }

  private async sent(path: string, content: string): Promise<PutVersion> {
    const [, folder, ...rest] = path.split("/");
    const name = rest.join("/");
    const key = `${folderOf(folder)}${this.options.stores?.(name) ?? name}`;
    const version = await this.taken("inbox", key, content);
    const transfer = sessionAt(this.bench.now, content);
    await this.bench.arrivals.take({ kind: "upload-completed", bucket: "inbox", key, transfer });
    await this.settled(version);
    return { ...version, sha256: sha256Of(content) };
  }

  private async taken(bucket: string, key: string, content: string): Promise<ObjectVersion> {
    this.bench.now += MINUTE;
    const version = this.bench.objects.put(bucket, key, content, this.bench.now);
    await this.bench.arrivals.take({ kind: "object", version });
    await this.settled(version);
    return version;
  }

  /** What S3 tells of records reaches the function as well. */
  private async settled(version: ObjectVersion): Promise<void> {
    for (const record of [...this.bench.objects.all("raw")])
      await this.bench.arrivals.take({ kind: "object", version: record });
    this.options.afterwards?.(this.bench, version);
  }

  private readonly client = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }): Promise<unknown> => {
      const { Bucket, Prefix = "", Key } = command.input as Record<string, string>;
      const { ledger, objects } = this.bench;
      switch (command.constructor.name) {
        case "ListObjectVersionsCommand": {
          const versions = [...objects.all(Bucket!)].filter(({ key }) => key.startsWith(Prefix));
          const Versions = versions.map(({ key, versionId }) => ({
            Key: encodeURIComponent(key).replaceAll("%20", "+"),
            VersionId: versionId,
          }));
          return { EncodingType: "url", Versions };
        }
        case "GetObjectLockConfigurationCommand":
          return { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 1 } } } };
        case "CreateQueueCommand":
          return { QueueUrl: "queue" };
        case "GetQueueAttributesCommand":
          return { Attributes: { QueueArn: "arn" } };
        case "SubscribeCommand":
        case "UnsubscribeCommand":
        case "DeleteQueueCommand":
        case "DeleteMessageCommand":
          return {};
        case "ReceiveMessageCommand":
          return { Messages: await this.notices() };
        case "ScanCommand":
          return { Items: this.rows() };
        case "ListObjectsV2Command":
          return { Contents: [...ledger.mirrored.keys()].map((name) => ({ Key: name })) };
        case "GetObjectCommand": {
          const text = ledger.mirrored.get(Key!)!;
          return { Body: { transformToByteArray: async () => Buffer.from(text) } };
        }
        default:
          throw new Error(`${command.constructor.name} is not expected`);
      }
    },
  };

  /** What the installed function tells of every event that nobody has been told of, as SNS puts it into a queue. */
  private async notices(): Promise<Array<{ readonly Body: string }>> {
    const { ledger, deliveries } = this.bench;
    const bodies: Array<{ readonly Body: string }> = [];
    if (this.options.silent) return bodies;
    for (const [key, text] of ledger.mirrored) {
      if (this.told.has(key)) continue;
      this.told.add(key);
      await announce(
        {
          inbox: "inbox",
          unblinded: "unblinded",
          deliveries: async (vendor) => deliveries.filter((one) => one.vendor === vendor),
          event: async () => JSON.parse(text).event,
          tell: async ({ status, vendor, study, facts }) => {
            const Value = (value: string) => ({ Value: value });
            const MessageAttributes = { status: Value(status), vendor: Value(vendor), study: Value(study) };
            bodies.push({ Body: JSON.stringify({ Message: JSON.stringify(facts), MessageAttributes }) });
          },
        },
        { bucket: "audit", key, versionId: "v" },
      );
    }
    return bodies;
  }

  private rows() {
    const { events, chains } = this.bench.ledger;
    const rows: Array<Record<string, { S: string }>> = [];
    for (const [id, { text }] of events)
      rows.push({ pk: { S: `event#${id}` }, sk: { S: "event" }, event: { S: text } });
    for (const [vendor, links] of chains)
      for (const [sequence, link] of links)
        rows.push({
          pk: { S: `chain#${vendor}` },
          sk: { S: sequenceText(sequence) },
          link: { S: canonical(link) },
        });
    return rows;
  }
}

function folderOf(folder: string | undefined): string {
  return folder === TRIALS ? TRIAL_FOLDER : FOLDER;
}
