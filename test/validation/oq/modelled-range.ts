// SPDX-License-Identifier: Apache-2.0
import type { Range } from "../../../validation/oq/range";
import { sha256 } from "../../../validation/oq/senders";
import { type Fault, IngestModel } from "./ingest-model";

const DEAD = "https://sqs/dead";
const ARRIVALS = "https://sqs/arrivals";
const RUN = "0a1b2c3d";
const PREFIX = "clinical/inbound/raw/oq-sender/st-101/";

/** What the commands of the challenges are given, each a part of it. */
interface Input {
  readonly Attributes: Readonly<Record<string, string>>;
  readonly Bucket: string;
  readonly Environment: { readonly Variables: Record<string, string> };
  readonly MessageBody: string;
  readonly Prefix: string;
  readonly QueueName: string;
  readonly QueueUrl: string;
  readonly VisibilityTimeout: number;
  readonly logGroupName: string;
}

type Answers = Readonly<Record<string, (input: Input) => object>>;

/** A range whose AWS is the model of queues, outages and alarms: each client answers by the name of its command. No installed code runs. */
export function modelledRange(fault?: Fault): Range {
  const model = new IngestModel(fault);
  const answers: Answers = { ...queues(model), ...others(model) };
  const send = async (command: { constructor: { name: string }; input: Input }) => {
    model.tick();
    const answer = answers[command.constructor.name];
    if (!answer) throw new Error(`the model knows no ${command.constructor.name}`);
    return { $metadata: { httpStatusCode: 200 }, ...answer(command.input) };
  };
  const client = () => ({ send, config: {} });
  const services = ["sqs", "sts", "sns", "cloudWatch", "logs", "dynamodb", "s3", "lambda"];
  const principal = { arn: "arn:deploy", ...Object.fromEntries(services.map((name) => [name, client])) };
  const session = {
    put: async (path: string, content: string) => void model.upload(`${PREFIX}${path.split("/").pop()}`, content),
    cutOff: async (path: string, part: string) => cutOff(model, `${PREFIX}${path.split("/").pop()}`, part),
    end: () => undefined,
  };
  const put = (key: string, content: string) => {
    const { versionId } = model.upload(key, content);
    return { bucket: "inbox", key, versionId, sha256: sha256(content) };
  };
  return {
    run: RUN,
    inbox: "inbox",
    raw: "raw",
    unlocked: "unlocked",
    target: { kind: "emulator", accountId: "111122223333", region: "eu-west-1" },
    zone: zone(),
    senders: {
      prefix: () => PREFIX,
      roleArn: () => "arn:vendor",
      key: async () => ({ private: "key", public: "key" }),
      login: async () => session,
      upload: async (_: string, name: string, content: string) => put(`${PREFIX}${name}`, content),
    },
    administrator: async () => principal,
    inspector: async () => principal,
    promotion: async () => ({ sent: put(`${PREFIX}OQ_${RUN}.csv`, "a,b\n") }),
    readable: async (_: unknown, record: { versionId: string; sha256: string }) => {
      const body = model.raw.find(({ versionId }) => versionId === record.versionId)?.body ?? "";
      return { ok: sha256(body) === record.sha256, seen: `SHA-256 ${sha256(body)}` };
    },
  } as unknown as Range;
}

function zone() {
  return {
    queueNamed: (ending: string) => (ending === "-ingest" ? "arrivals" : "dead"),
    alarmNamed: () => ({ name: "zone-ingest-dead-letters", topic: "arn:topic" }),
    topicNamed: () => "arn:deliveries",
    subscriptionFilter: () => "{}",
    logGroupOf: () => "ingest",
    sftpLogGroup: () => "sftp",
    tableNamed: () => "ledger",
    variableOf: () => "arn:aws:lambda:eu-west-1:111122223333:function:scanner",
  };
}

function queues(model: IngestModel): Answers {
  return {
    GetQueueUrlCommand: ({ QueueName }) => ({ QueueUrl: QueueName === "dead" ? DEAD : ARRIVALS }),
    CreateQueueCommand: () => ({ QueueUrl: "https://sqs/subscriber" }),
    DeleteQueueCommand: () => ({}),
    GetQueueAttributesCommand: () => ({
      Attributes: { VisibilityTimeout: model.visibilitySeconds, QueueArn: "arn:q" },
    }),
    SetQueueAttributesCommand: ({ Attributes }) => {
      const VisibilityTimeout = Attributes.VisibilityTimeout!;
      if (!(model.has("timeout stays") && VisibilityTimeout === "5400")) model.visibilitySeconds = VisibilityTimeout;
      return {};
    },
    SendMessageCommand: ({ MessageBody }) => ({ MessageId: model.send(MessageBody) }),
    ReceiveMessageCommand: ({ QueueUrl, VisibilityTimeout }) =>
      QueueUrl === DEAD ? letters(model, VisibilityTimeout) : heard(model),
    DeleteMessageCommand: () => ({}),
    ListDeadLetterSourceQueuesCommand: () => {
      if (model.has("no source of dead letters")) return { queueUrls: [] };
      return { queueUrls: [model.has("another source of dead letters") ? "https://sqs/other" : ARRIVALS] };
    },
  };
}

/** A look that hides nothing leaves the letters; one that hides them takes them out of the model, as its reader will. */
function letters(model: IngestModel, hiddenSeconds: number): object {
  const found = hiddenSeconds === 0 ? model.deadLetters : model.deadLetters.splice(0);
  return { Messages: found.map(({ id, body }) => ({ MessageId: id, Body: body, ReceiptHandle: id })) };
}

function heard(model: IngestModel): object {
  return {
    Messages: model.received.splice(0).map(({ text, attributes }) => {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, Value]) => [name, { Value }]),
      );
      return { Body: JSON.stringify({ Message: text, MessageAttributes }) };
    }),
  };
}

function others(model: IngestModel): Answers {
  const configuration = () => ({
    LastUpdateStatus: "Successful",
    State: "Active",
    Environment: { Variables: model.scanner },
  });
  return {
    GetCallerIdentityCommand: () => ({ Arn: "arn:deploy" }),
    SubscribeCommand: () => ({ SubscriptionArn: "arn:subscription" }),
    UnsubscribeCommand: () => ({}),
    DescribeAlarmsCommand: () => ({ MetricAlarms: [{ StateValue: model.alarm }] }),
    FilterLogEventsCommand: ({ logGroupName }) => ({
      events: model.lines
        .filter(({ group }) => group === logGroupName)
        .map(({ line }) => ({ message: JSON.stringify(line) })),
    }),
    ScanCommand: () => ({ Items: model.ledger.map((event) => ({ event: { S: JSON.stringify(event) } })) }),
    ListObjectVersionsCommand: ({ Bucket, Prefix }) => ({
      Versions: (Bucket === "raw" ? model.raw : model.inbox)
        .filter(({ key }) => key.startsWith(Prefix))
        .map(({ key, versionId, body }) => ({ Key: key, VersionId: versionId, Size: Buffer.byteLength(body) })),
    }),
    GetFunctionConfigurationCommand: configuration,
    GetFunctionCommand: () => ({ Configuration: configuration() }),
    UpdateFunctionConfigurationCommand: ({ Environment }) => {
      const { Variables } = Environment;
      const mended = Object.keys(Variables).length === 0;
      if (!(mended && model.has("scanner stays broken"))) model.scanner = Variables;
      return {};
    },
  };
}

/** What becomes of a part: stored and received, and the server's own word that the upload failed. */
function cutOff(model: IngestModel, key: string, part: string): void {
  const version = model.store(key, part);
  model.record("RECEIVED", version, { sha256: sha256(part) });
  if (model.has("a part is promoted")) model.promote(version);
  const line = { "activity-type": "PARTIAL_CLOSE", path: `/inbox/${key}` };
  if (!model.has("no log of the server")) model.lines.push({ group: "sftp", line });
  if (model.has("failures are not recorded")) return;
  const failure = { key, versionId: "transfer/session/start" };
  const user = model.has("another user") ? "oq-neighbour" : "oq-sender";
  const transfer = { user, clientIp: "127.0.0.1", session: "session", bytes: Buffer.byteLength(part) };
  const reason = model.has("no reason of a failure") ? "FAILED" : "PARTIAL_UPLOAD";
  model.record("TRANSFER_FAILED", failure, { transfer, reason });
  if (model.has("failures are not told")) return;
  const attributes = { vendor: "oq-sender", study: "st-101", status: "TRANSFER_FAILED" };
  model.received.push({ text: JSON.stringify({ version: failure.versionId }), attributes });
}
