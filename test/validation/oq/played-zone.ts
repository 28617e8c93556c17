// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { eventId, type LedgerEvent, nextLink, recorded } from "../../../modules/ledger/entry";
import { canonicalJson } from "../../../validation/json";
import { RefusedBySftp } from "../../../validation/oq/call";
import type { Range } from "../../../validation/oq/range";

interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly body: string;
  readonly mode: string;
}

interface Line {
  readonly timestamp: number;
  readonly logStreamName: string;
  readonly eventId: string;
  readonly message: string;
}

interface Offered {
  readonly privateKey?: string;
  readonly from?: string;
}

type Item = Record<string, { S?: string; N?: string }>;
type Input = Record<string, never> & Record<string, unknown>;

export const SERVER_LOG = "/part11/acme/sftp";
const OWN_ADDRESS = "127.0.0.1";
const PROVIDER_LOG = "/part11/acme/identity-provider";
/**
 * An installed system in memory, as far as steps about ledger, logs and alarms ask it: by the calls of the SDK that they make.
 * What it does right is what the installed functions do; each fault leaves one thing out.
 */
export class PlayedZone {
  readonly items = new Map<string, Item>();
  readonly versions: Version[] = [];
  readonly groups = new Map<string, Line[]>([
    [SERVER_LOG, []],
    [PROVIDER_LOG, []],
    ["/part11/acme/reconciliation", []],
  ]);
  readonly rules = new Map<string, { ScheduleExpression?: string; State: string; Description?: string }>([
    ["acme-ingest-objects-1", { State: "ENABLED" }],
    ["acme-ingest-sweep", { ScheduleExpression: "rate(1 hour)", State: "ENABLED" }],
    ["acme-reconciliation", { ScheduleExpression: "rate(720 minutes)", State: "ENABLED" }],
    ["acme-log-archive", { ScheduleExpression: "rate(15 minutes)", State: "ENABLED" }],
  ]);
  private readonly alarms = new Map<string, number>();
  private readonly queue: string[] = [];
  private serial = 0;
  private swept = false;

  constructor(readonly fault = "none") {}

  is(fault: string): boolean {
    return this.fault === fault;
  }

  put(bucket: string, key: string, body: string, mode = "COMPLIANCE"): Version {
    this.serial += 1;
    const version = { bucket, key, body, versionId: `v${this.serial}`, mode };
    this.versions.push(version);
    return version;
  }

  /** Adds the receipt of a version to a chain, and its copy. */
  receive(vendor: string, { bucket, key, versionId }: Omit<Version, "body" | "mode">, mirrored = true): void {
    const draft = { type: "RECEIVED", vendor, bucket, key, versionId, bytes: 1, sha256: "a".repeat(64) } as const;
    const event: LedgerEvent = recorded({ ...draft, receivedAt: new Date().toISOString() }, new Date());
    const link = nextLink(this.tail(vendor), event.id, canonicalJson(event));
    const sequence = String(link.sequence).padStart(12, "0");
    this.add({
      ...{ pk: { S: `event#${event.id}` }, sk: { S: "event" }, vendor: { S: vendor } },
      ...{ sequence: { N: String(link.sequence) }, event: { S: canonicalJson(event) } },
    });
    this.add({ pk: { S: `chain#${vendor}` }, sk: { S: sequence }, link: { S: canonicalJson(link) } });
    if (mirrored) this.put("audit", `ledger/${vendor}/${sequence}.json`, canonicalJson({ event, link }));
  }

  /** The last links, as the installed sweep writes them. */
  writeRoot(date = new Date().toISOString().slice(0, 10), change: object = {}): void {
    const chains: Record<string, object> = {};
    for (const { vendor } of [...this.items.values()]) {
      const tail = vendor?.S === undefined ? undefined : this.tail(vendor.S);
      if (tail) chains[vendor!.S!] = { sequence: tail.sequence, hash: tail.hash };
    }
    const body = canonicalJson({ schemaVersion: 1, date, chains: { ...chains, ...change } });
    this.put("audit", `ledger-roots/${date}.json`, body, this.is("root not locked") ? "GOVERNANCE" : "COMPLIANCE");
  }

  log(group: string, line: object | string, at = Date.now(), stream = "s"): void {
    this.serial += 1;
    const message = typeof line === "string" ? line : JSON.stringify(line);
    const lines = this.groups.get(group)!;
    lines.push({ timestamp: at, logStreamName: stream, eventId: `e${this.serial}`, message });
  }

  ring(alarm: string): void {
    if (this.is("deaf alarm") || this.is(`deaf ${alarm}`)) return;
    this.alarms.set(alarm, Date.now());
    this.queue.push(JSON.stringify({ Message: JSON.stringify({ AlarmName: alarm }) }));
  }

  /** What the steps are given. */
  range(sftpPort = 0): Range {
    const principal = { arn: "arn:aws:iam::111122223333:role/played" };
    const client = () => ({ send: async (command: object) => this.answer(command) });
    const names = ["s3", "dynamodb", "eventBridge", "lambda", "logs", "cloudWatch", "sns", "sqs"];
    const by = async () => ({ ...principal, ...Object.fromEntries(names.map((name) => [name, client])) });
    return {
      ...{ run: "abcd", raw: "raw", inbox: "inbox", unlocked: "u", administrator: by, writer: by, inspector: by },
      transcript: { exchanges: [] },
      target: {
        kind: "emulator",
        region: "eu-central-1",
        accountId: "111122223333",
        sftp: { host: "127.0.0.1", port: sftpPort },
      },
      zone: {
        alarmOn: (metric: string) => metric,
        topicOf: () => "topic",
        bucket: () => "audit",
        tableNamed: () => "ledger",
        variableOf: () => "raw",
        functionNamed: (ending: string) => `acme${ending}`,
        logGroupOf: (ending: string) => `/part11/acme/${ending.slice(1)}`,
        sftpLogGroup: () => SERVER_LOG,
        ruleNamed: (ending: string) => `acme${ending}`,
        ruleOnObjects: () => "acme-ingest-objects-1",
      },
      senders: {
        prefix: (id: string) => `clinical/inbound/raw/${id}/st-101/`,
        key: async () => ({ private: "own", public: "own" }),
        strangeKey: () => ({ private: "strange", public: "strange" }),
        roleArn: (id: string) => `arn:aws:iam::111122223333:role/vendor-${id}`,
        visit: async (id: string, { privateKey = "none", from = OWN_ADDRESS }: Offered) =>
          this.login(id, privateKey, from),
      },
      freshKey: (label: string) => `clinical/inbound/raw/edc/st-101/${label}.csv`,
      put: async (_: unknown, bucket: string, key: string) => this.arrive(bucket, key),
      head: async (_: unknown, { versionId }: { versionId: string }) => ({
        ObjectLockMode: this.versions.find((one) => one.versionId === versionId)!.mode,
        ObjectLockRetainUntilDate: new Date(Date.now() + 86_400_000),
      }),
    } as unknown as Range;
  }

  private arrive(bucket: string, key: string) {
    const version = this.put(bucket, key, "x");
    const isTold = this.rules.get("acme-ingest-objects-1")!.State === "ENABLED";
    if (isTold || this.is("rule cannot be switched off")) this.receive("edc", version);
    return { bucket, key, versionId: version.versionId, sha256: "" };
  }

  private login(user: string, key: string, from: string) {
    const isListed = from === OWN_ADDRESS;
    const isLetIn = (key === "own" && isListed) || this.is("everybody let in");
    const about = { user, "source-ip": from };
    if (!this.is("server writes nothing")) {
      this.log(SERVER_LOG, { "activity-type": isLetIn ? "CONNECTED" : "AUTH_FAILURE", ...about });
      this.log(PROVIDER_LOG, { event: "login", user, ip: from, decision: isListed ? "allowed" : "denied" });
    }
    if (!isLetIn || this.is("rings at every login")) this.ring("sftp-auth-failure");
    if (!isListed || this.is("rings at every login")) this.ring("sftp-login-denied");
    if (this.is("refused otherwise") && !isLetIn) throw new RefusedBySftp(3, "PERMISSION_DENIED");
    if (!isLetIn) throw new RefusedBySftp(51, "AUTHENTICATION_FAILED");
    return { ok: true, seen: "accepted" };
  }

  private tail(vendor: string) {
    const links = [...this.items.values()].filter(({ pk }) => pk!.S === `chain#${vendor}`);
    const last = links.sort((a, b) => (a.sk!.S! < b.sk!.S! ? 1 : -1))[0];
    return last ? JSON.parse(last.link!.S!) : undefined;
  }

  private add(item: Item): void {
    this.items.set(`${item.pk!.S} ${item.sk!.S}`, item);
  }

  private received(): ReadonlyArray<LedgerEvent> {
    return [...this.items.values()].flatMap(({ event }) => (event?.S ? [JSON.parse(event.S) as LedgerEvent] : []));
  }

  /** As the installed function compares, of the raw bucket alone. */
  private compare(): void {
    const group = "/part11/acme/reconciliation";
    const stored = this.versions.filter(({ bucket }) => bucket === "raw");
    const events = this.received();
    const ids = new Set(events.map(({ id }) => id));
    const told: object[] = stored.flatMap(({ bucket, key, versionId }) =>
      ids.has(eventId({ type: "RECEIVED", bucket, key, versionId }))
        ? []
        : [{ unledgered: { bucket, key, versionId } }],
    );
    for (const { bucket, key, versionId } of events)
      if (!stored.some((one) => one.key === key && one.versionId === versionId))
        told.push({ missing: { bucket, key, versionId } });
    if (this.is("told with something else"))
      told.push(...told.slice(0, 1).map(() => ({ missing: { bucket: "raw", key: "other", versionId: "v" } })));
    if (this.is("always told") || (this.is("told for ever") && this.swept))
      told.push({ unledgered: { bucket: "raw", key: "old", versionId: "v" } });
    const said = this.is("blind comparison") ? [] : told;
    for (const one of said) this.log(group, `PART11_RECONCILIATION ${JSON.stringify(one)}\n`);
    this.log(group, `{"versions":${stored.length},"received":${ids.size},"chains":2}\n`);
    if (said.length > 0) this.ring("reconciliation-found");
  }

  private sweep(): void {
    if (this.is("idle sweep")) return;
    const ids = new Set(this.received().map(({ id }) => id));
    for (const version of this.versions.filter(({ bucket }) => bucket === "raw"))
      if (!ids.has(eventId({ type: "RECEIVED", bucket: "raw", key: version.key, versionId: version.versionId })))
        this.receive("edc", version);
    this.swept = true;
    if (!this.versions.some(({ key }) => key.startsWith("ledger-roots/"))) this.writeRoot();
  }

  /** As the installed function copies; every event of a group that is within the span. */
  private copyLogs(from: number, to: number): void {
    for (const group of [SERVER_LOG, PROVIDER_LOG]) {
      const events = this.groups.get(group)!.filter(({ timestamp }) => timestamp >= from && timestamp < to);
      const kept = this.is("a line is left out") ? events.slice(1) : events;
      if (kept.length === 0) continue;
      const lines = kept.map(({ logStreamName, ...line }) => `${JSON.stringify({ ...line, stream: logStreamName })}\n`);
      const day = new Date(from).toISOString().slice(0, 10).replaceAll("-", "/");
      const key = `mirror/logs${group}/${day}/${createHash("sha256").update(lines.join("")).digest("hex")}.jsonl`;
      if (this.versions.some((one) => one.key === key) && !this.is("written once more")) continue;
      this.put("audit", key, lines.join(""), this.is("copy not locked") ? "GOVERNANCE" : "COMPLIANCE");
    }
  }

  private runByClock(name: string): void {
    if (this.is("stopped clock")) return;
    if (name === "acme-ingest-sweep") this.sweep();
    if (name === "acme-reconciliation") this.compare();
    if (name === "acme-log-archive") this.copyLogs(Date.now() - 6 * 3_600_000, Date.now() - 15 * 60_000);
  }

  private answer(command: object): object {
    const input = (command as { input: Input }).input;
    const name = command.constructor.name as keyof typeof this.answers;
    const answer = this.answers[name];
    // Every call takes its time: what was said before it is not said after it.
    jest.setSystemTime(Date.now() + 1);
    if (!answer) throw new Error(`nobody plays ${String(name)}`);
    return answer(input as never);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the inputs of every command of the SDK that a step sends
  private readonly answers: Readonly<Record<string, (input: any) => object>> = {
    InvokeCommand: ({ FunctionName, Payload }) => {
      const asked = JSON.parse(Buffer.from(Payload).toString("utf8"));
      if (this.is("failing functions")) return { FunctionError: "Unhandled", Payload: Buffer.from("AccessDenied") };
      if (this.is("speechless functions")) return {};
      if (FunctionName === "acme-reconciliation") this.compare();
      else this.copyLogs(Date.parse(asked.from), Date.parse(asked.to));
      return {};
    },
    DescribeRuleCommand: ({ Name }) => ({ ...this.rules.get(Name)! }),
    PutRuleCommand: ({ Name, ...rule }) => {
      const isShortened = rule.ScheduleExpression === "rate(1 minute)";
      if (isShortened || !this.is("clock not put back")) this.rules.set(Name, rule);
      if (isShortened) this.runByClock(Name);
      return {};
    },
    DisableRuleCommand: ({ Name }) => {
      this.rules.get(Name)!.State = "DISABLED";
      return {};
    },
    EnableRuleCommand: ({ Name }) => {
      if (!this.is("rule stays off")) this.rules.get(Name)!.State = "ENABLED";
      return {};
    },
    DescribeAlarmsCommand: ({ AlarmNames: [name] }) => {
      const isRecent = Date.now() - (this.alarms.get(name) ?? 0) < 60_000;
      return { MetricAlarms: [{ StateValue: isRecent ? "ALARM" : "OK" }] };
    },
    FilterLogEventsCommand: ({ logGroupName, startTime, endTime = Number.MAX_SAFE_INTEGER }) => ({
      events: this.groups.get(logGroupName)!.filter(({ timestamp: at }) => at >= startTime && at <= endTime),
    }),
    CreateLogStreamCommand: () => ({}),
    PutLogEventsCommand: ({ logGroupName, logStreamName, logEvents: [{ timestamp, message }] }) => {
      if (!this.is("no later line")) this.log(logGroupName, message, timestamp, logStreamName);
      return {};
    },
    CreateQueueCommand: () => ({ QueueUrl: "queue" }),
    GetQueueAttributesCommand: () => ({ Attributes: { QueueArn: "arn" } }),
    DeleteMessageCommand: () => ({}),
    DeleteQueueCommand: () => ({}),
    SubscribeCommand: () => ({ SubscriptionArn: "subscription" }),
    UnsubscribeCommand: () => ({}),
    ReceiveMessageCommand: () => ({ Messages: this.queue.splice(0).map((Body) => ({ Body })) }),
    ScanCommand: () => ({ Items: [...this.items.values()] }),
    QueryCommand: ({ ExpressionAttributeValues }) => {
      const own = [...this.items.values()].filter(({ pk }) => pk!.S === ExpressionAttributeValues[":chain"].S);
      return { Items: own.sort((a, b) => (a.sk!.S! < b.sk!.S! ? 1 : -1)).slice(0, 1) };
    },
    TransactWriteItemsCommand: ({ TransactItems }) => {
      for (const { Put, Delete } of TransactItems) {
        if (Put) this.add(Put.Item);
        else if (!this.is("entry stays")) this.items.delete(`${Delete.Key.pk.S} ${Delete.Key.sk.S}`);
      }
      return {};
    },
    ListObjectVersionsCommand: ({ Bucket, Prefix }) => ({ Versions: this.listed(Bucket, Prefix) }),
    ListObjectsV2Command: ({ Bucket, Prefix }) => ({ Contents: this.listed(Bucket, Prefix) }),
    GetObjectCommand: ({ Bucket, Key, VersionId }) => {
      const found = this.versions.find(
        (one) => one.bucket === Bucket && one.key === Key && (VersionId === undefined || one.versionId === VersionId),
      )!;
      return {
        Body: { transformToByteArray: async () => Buffer.from(found.body), transformToString: async () => found.body },
      };
    },
  };

  private listed(bucket: string, prefix = "") {
    const found = this.versions.filter((one) => one.bucket === bucket && one.key.startsWith(prefix));
    return found.map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
  }
}
