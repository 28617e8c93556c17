// SPDX-License-Identifier: Apache-2.0
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { message, type Queue } from "./queue";
import { compare, outcome, type Scenario, until } from "./scenario";
import { signedCall } from "./signed-call";
import { allow, type Stage } from "./stage";
import { zipOf } from "./zip";

/** What each message asks for: `ok`, `fail` (named as failed), `badly` (named by an empty identifier), `throw`. */
const WORKER = `exports.handler = async ({ Records }) => {
  const asks = (what) => Records.filter(({ body }) => body === what);
  if (asks("throw").length > 0) throw new Error("asked to");
  const named = asks("fail").map(({ messageId }) => ({ itemIdentifier: messageId }));
  return { batchItemFailures: [...named, ...asks("badly").map(() => ({ itemIdentifier: "" }))] };
};`;

/** Creates a function from its source and gives its ARN. */
export async function createFunction(
  stage: Stage,
  purpose: string,
  source: string,
  roleArn: string,
  variables: Readonly<Record<string, string>> = {},
  timeoutSeconds = 30,
): Promise<{ name: string; arn: string }> {
  const FunctionName = stage.name(purpose);
  await signedCall(stage, {
    service: "lambda",
    operation: "CreateFunction",
    path: "/2015-03-31/functions",
    body: {
      FunctionName,
      Role: roleArn,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Timeout: timeoutSeconds,
      Code: { ZipFile: zipOf("index.js", source).toString("base64") },
      Environment: { Variables: variables },
    },
  });
  const { accountId, region } = stage.emulator;
  return { name: FunctionName, arn: `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}` };
}

async function redriven(stage: Stage, visibilitySeconds: number): Promise<{ source: Queue; dead: Queue }> {
  const made = async (Attributes: Record<string, string>): Promise<Queue> => {
    const QueueName = stage.name("queue");
    const { QueueUrl } = await stage.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return { url: QueueUrl!, arn: `arn:aws:sqs:${stage.emulator.region}:${stage.emulator.accountId}:${QueueName}` };
  };
  const dead = await made({});
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  return { dead, source: await made({ VisibilityTimeout: `${visibilitySeconds}`, RedrivePolicy }) };
}

interface WorkerOptions {
  readonly rights?: readonly string[];
  readonly responseTypes?: readonly string[];
  readonly timeoutSeconds?: number;
  readonly visibilitySeconds?: number;
}

/** For a message that has to succeed: the first call of a function takes seconds on a machine with much to do. */
const UNHURRIED: WorkerOptions = { timeoutSeconds: 30, visibilitySeconds: 60 };

const READ = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/** A function that consumes one message at a time from a queue of its own. */
async function worker(stage: Stage, options: WorkerOptions = {}): Promise<{ source: Queue; dead: Queue }> {
  const queues = await redriven(stage, options.visibilitySeconds ?? 2);
  const rights = [allow([...(options.rights ?? READ)], queues.source.arn)];
  const role = await stage.role("worker", rights, "lambda.amazonaws.com");
  const made = await createFunction(stage, "worker", WORKER, role.arn, {}, options.timeoutSeconds ?? 2);
  await signedCall(stage, {
    service: "lambda",
    operation: "CreateEventSourceMapping",
    path: "/2015-03-31/event-source-mappings",
    body: {
      EventSourceArn: queues.source.arn,
      FunctionName: made.name,
      BatchSize: 10,
      FunctionResponseTypes: options.responseTypes ?? ["ReportBatchItemFailures"],
    },
  });
  return queues;
}

/** What ends in the dead-letter queue after this message was sent. */
async function deadAfter(stage: Stage, queues: { source: Queue; dead: Queue }, body: string): Promise<string> {
  await stage.sqs.send(new SendMessageCommand({ QueueUrl: queues.source.url, MessageBody: body }));
  return (await message(stage, queues.dead)) ?? "nothing";
}

async function left(stage: Stage, { url }: Queue): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
  const { Attributes } = await stage.sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }));
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

/** How many of these messages are still in the queue when a first one has been taken off it. */
async function leftAfter(stage: Stage, { source }: { source: Queue }, ...bodies: readonly string[]): Promise<number> {
  for (const MessageBody of bodies) await stage.sqs.send(new SendMessageCommand({ QueueUrl: source.url, MessageBody }));
  const fewer = async () => {
    const count = await left(stage, source);
    return count < bodies.length ? count : undefined;
  };
  return (await until(fewer, stage.patienceSeconds)) ?? bodies.length;
}

const failures: Scenario = {
  name: "a message that a function fails on comes again and ends in the dead-letter queue, and holds no other up",
  controls: ["P11-10a-09", "P11-10a-10"],
  async run(stage) {
    const [named, badly, thrown, beside, unreported] = await Promise.all([
      worker(stage),
      worker(stage),
      worker(stage),
      worker(stage, UNHURRIED),
      worker(stage, { ...UNHURRIED, responseTypes: [] }),
    ]);
    const [fail, ill, error, failed, lost] = await Promise.all([
      deadAfter(stage, named, "fail"),
      deadAfter(stage, badly, "badly"),
      deadAfter(stage, thrown, "throw"),
      leftAfter(stage, beside, "fail", "ok"),
      leftAfter(stage, unreported, "fail"),
    ]);
    return [
      compare("named as failed", "fail", fail),
      compare("named badly: the whole batch fails", "badly", ill),
      compare("function that throws", "throw", error),
      compare("twin: of one that fails and one that succeeds the failed one is left", 1, failed),
      compare("mutant: mapping that reports no items: none is left", 0, lost),
    ];
  },
};

const rights: Scenario = {
  name: "a function reads a queue only with its role's rights, and within the queue's visibility timeout",
  controls: ["P11-10a-09", "P11-10d-15"],
  async run(stage) {
    const REFUSED = "400 InvalidParameterValueException";
    const said = async (options: WorkerOptions) => {
      const answered = await outcome(worker(stage, options));
      return /400/.test(answered) && /InvalidParameterValueException/.test(answered) ? REFUSED : answered;
    };
    return [
      compare("role without rights on the queue", REFUSED, await said({ rights: ["sqs:SendMessage"] })),
      compare("role that may not delete", REFUSED, await said({ rights: READ.slice(0, 1) })),
      compare("function slower than the visibility timeout", REFUSED, await said({ timeoutSeconds: 5 })),
      compare("twin: role that may read", "ok", await said({})),
    ];
  },
};

export const functionScenarios: readonly Scenario[] = [failures, rights];
