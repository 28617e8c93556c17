// SPDX-License-Identifier: Apache-2.0
import { setTimeout as wait } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { installedArrivals, variable } from "../../ingest/arrivals/installed";
import type { Message } from "../../ingest/arrivals/message";
import { AwsLargeQueue, HELD_SECONDS } from "./aws-queue";
import { type Ended, LARGE_FAILED, work } from "./work";

/** Asked to stop, and what it had in hand is given back. */
const EXIT_STOPPED = 0;
/** Cannot go on: ECS starts another, and an event rule tells people. */
const EXIT_FAILED = 1;
/** Could not begin: the environment is not the one that the task needs. */
const EXIT_USAGE = 2;

/** What ends the task without an error of it: ECS sends SIGTERM, and SIGKILL half a minute later. */
const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** Takes versions that are too large for the function, one after the other, with the code of the function and no limit. */
async function run(begin: () => Promise<Ended>): Promise<number> {
  try {
    return (await begin()) === "STOPPED" ? EXIT_STOPPED : EXIT_FAILED;
  } catch (error) {
    log(`${LARGE_FAILED} ${JSON.stringify({ ended: String(error) })}`);
    return EXIT_FAILED;
  }
}

function prepared(stop: AbortSignal): () => Promise<Ended> {
  const queue = new AwsLargeQueue(new SQSClient({ maxAttempts: 5 }), variable("LARGE_QUEUE_URL"));
  const { arrivals } = installedArrivals(Number.POSITIVE_INFINITY, log);
  const take = async (message: Message) => {
    if (message.kind !== "object") throw new Error(`the queue of large versions has a message of kind ${message.kind}`);
    await arrivals.object(message.version);
  };
  // A fifth of the time: the rest is left to the SDK's attempts.
  const untilHold = (over: AbortSignal) => wait((HELD_SECONDS * 1000) / 5, undefined, { signal: over });
  return () => work({ queue, take, untilHold, log }, stop);
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const signal of SIGNALS) process.once(signal, () => stop.abort());
  let begin: () => Promise<Ended>;
  try {
    begin = prepared(stop.signal);
  } catch (error) {
    log(`${LARGE_FAILED} ${JSON.stringify({ unusable: String(error) })}`);
    return EXIT_USAGE;
  }
  return run(begin);
}

// What is abandoned in hand keeps sockets open: the process ends without it.
void main().then((code) => process.exit(code));
