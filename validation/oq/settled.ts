// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { SILENCE_MS } from "./challenges/alarm";
import type { Range } from "./range";

const POLL_MS = 500;
const PATIENCE_MS = 5 * 60_000;

/**
 * Waits until the queue of ingest has been empty for a while, in flight as well: what earlier steps sent has been dealt with, and a
 * difference between buckets and ledger is none of theirs.
 *
 * @throws when it does not become empty within five minutes
 */
export async function ingestSettled(range: Range): Promise<void> {
  const sqs = (await range.administrator()).sqs();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: range.zone.queueNamed("-ingest") }));
  const waiting = async () => {
    const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] });
    const { Attributes } = await sqs.send(command);
    return names.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  };
  const deadline = Date.now() + PATIENCE_MS;
  for (let empty = Date.now(); Date.now() - empty < SILENCE_MS[range.target.kind]; await sleep(POLL_MS)) {
    if ((await waiting()) === 0) continue;
    if (Date.now() > deadline) throw new Error(`the queue of ingest did not become empty: ${await waiting()} messages`);
    empty = Date.now() + POLL_MS;
  }
}
