// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import { type Queues, ReplayRecord, type ReplayResult, replay as replayAll } from "../replay";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

const EXITS = `
Events are sent again as they are: one that ingest knows already changes nothing. Mend first what made them fail.
AWS credentials, region and endpoint come from the environment.

exit 0  every message was moved, and the dead-letter queue shows no more
exit 1  some message was not moved, or more are waiting than --max
exit 2  could not begin
`;

interface Flags {
  readonly queue: string;
  readonly to?: string;
  readonly by: string;
  readonly reason: string;
  readonly record: string;
  readonly max: number;
}

/** What a test replaces: AWS and the clock. */
export interface ReplayPorts {
  readonly queues: (queue: string, to: string | undefined) => Promise<Queues>;
  readonly now: () => Date;
}

/** `part11 replay`: messages of a dead-letter queue go back to the queue that they came from. @throws USAGE, TRANSPORT */
export async function replay(argv: string[], io: Io, ports: ReplayPorts = onAws): Promise<number> {
  const command = new Command("part11 replay")
    .description("Send the messages of a dead-letter queue again, and record who did it and why.")
    .requiredOption("--queue <queue>", "dead-letter queue, name or URL")
    .option("--to <queue>", "queue that they came from (default: the one whose dead letters it keeps)")
    .requiredOption("--by <person>", "who does it")
    .requiredOption("--reason <text>", "why, in a sentence: what was wrong, and that it is mended")
    .requiredOption("--record <file>", "record of replays, JSON lines; kept by you, added to and never rewritten")
    .addOption(new Option("--max <count>", "most messages, 1-10000").argParser(count).default(100))
    .addHelpText("after", EXITS);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  assertUsable(flags);
  const queues = await opened(ports, flags);
  const record = ReplayRecord.open(path.resolve(io.cwd, flags.record));
  try {
    return told(await replayAll(queues, record, { ...flags, most: flags.max }, ports.now), io);
  } finally {
    record.close();
  }
}

function told({ outcomes, emptied }: ReplayResult, io: Io): number {
  const failed = outcomes.filter(({ why }) => why !== undefined).length;
  for (const { messageId, about, why } of outcomes) {
    const because = why === undefined ? "" : `: ${why}`;
    io.stdout.write(`${visible(`${why === undefined ? "moved " : "FAILED"}  ${messageId}  ${about}${because}`)}\n`);
  }
  const rest = emptied ? "no more are seen" : "more are waiting";
  io.stdout.write(`messages: ${outcomes.length}, failed: ${failed}; ${rest}\n`);
  return failed === 0 && emptied ? 0 : 1;
}

async function opened(ports: ReplayPorts, { queue, to }: Flags): Promise<Queues> {
  try {
    return await ports.queues(queue, to);
  } catch (error) {
    if (error instanceof Part11Error) throw error;
    const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const todo = "check name, region and rights";
    const parts = { what: "queue not found", where: queue, expected: "a queue that may be read", got, todo };
    throw new Part11Error({ code: "TRANSPORT", ...parts }, { cause: error });
  }
}

function assertUsable({ by, reason }: Flags): void {
  const refuse = (expected: string, got: string) => {
    const where = "part11 replay";
    return new Part11Error({ code: "USAGE", what: "wrong usage", where, expected, got, todo: `see ${where} --help` });
  };
  if (reason.trim().length < 10 || reason.length > 2000) throw refuse("--reason of 10 to 2000 characters", reason);
  if (!/^[A-Za-z][A-Za-z0-9 ._@+'-]{2,99}$/.test(by)) throw refuse("--by with a login or an e-mail address", by);
}

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > 10_000) throw new InvalidArgumentError("expected 1 to 10000");
  return Number(text);
}

const onAws: ReplayPorts = {
  queues: async (queue, to) => {
    const { SQSClient } = await import("@aws-sdk/client-sqs");
    const { STSClient } = await import("@aws-sdk/client-sts");
    const { sqsQueues } = await import("../replay/sqs-queues");
    return sqsQueues(new SQSClient({}), new STSClient({}), queue, to);
  },
  now: () => new Date(),
};
