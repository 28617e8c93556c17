// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer } from "../challenge";
import { both, logged } from "../logged";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { PUSH_PREFIX } from "./push-promoted";

/** Larger ones are expected of nobody (`oq-push` of stacks/settings/qualification.yaml). */
const LARGEST_EXPECTED = 1_000_000;

/** What is too large for the function is the task's. */
export const largeTaskChallenges: readonly Challenge[] = [taken()];

function taken(): Challenge {
  const title = "A file above the function's limit becomes a record by the task on Fargate";
  return {
    step: {
      id: "OQ-large-task",
      title,
      controls: [],
      requirements: ["URS-019", "URS-025"],
      clauses: ["11.10(a)"],
      kind: "positive",
      requires: "aws",
      principal: "role of a system that pushes by SDK",
      action:
        "PutObject of one byte more than the installed function takes (largeFiles.aboveBytes of the settings, at most 900,000 for this step), below the own prefix of the inbox; the installed queue, scaling and task do the rest",
      expected:
        "RECEIVED with the SHA-256 of its bytes and PROMOTED in the ledger; the log group of the task has the line of PROMOTED for this version",
      acceptance:
        "every one of them, within half an hour: AWS may take a quarter of it to say that a queue is no longer empty",
    },
    async run(range) {
      const pusher = await range.pusher();
      const since = new Date();
      const sent = await range.put(pusher, range.inbox, `${PUSH_PREFIX}PUSH_${range.run}_large.csv`, {
        Body: "1".repeat(limitOf(range) + 1),
      });
      return expectAnswer(pusher, title, async () =>
        both(await promoted(range, sent), await byTask(range, sent, since)),
      );
    },
  };
}

function limitOf({ zone }: Range): number {
  const limits = zone.ofType("aws_lambda_function").flatMap(({ values }) => {
    const [environment] = values.environment as Array<{ variables?: Record<string, string> }>;
    const { LARGE_QUEUE_URL, LARGEST_BYTES } = environment?.variables ?? {};
    return LARGE_QUEUE_URL ? [Number(LARGEST_BYTES)] : [];
  });
  const limit = zone.only(limits, "function that hands over to a task");
  if (limit >= LARGEST_EXPECTED) throw new Error(`largeFiles.aboveBytes is ${limit}, too much for this step`);
  return limit;
}

async function promoted(range: Range, sent: PutVersion): Promise<Checked> {
  let events = await eventUntil(range, sent, "PROMOTED");
  for (let wait = 0; wait < 5 && !events.some(({ type }) => type === "PROMOTED"); wait += 1) {
    events = await eventUntil(range, sent, "PROMOTED");
  }
  const types = events.map(({ type }) => type).sort();
  const received = events.find(({ type }) => type === "RECEIVED");
  const ok = types.join() === "PROMOTED,RECEIVED" && received?.sha256 === sent.sha256;
  return { ok, seen: `${types.join(", ") || "no event"}; SHA-256 computed ${received?.sha256}` };
}

async function byTask(range: Range, { versionId }: PutVersion, since: Date): Promise<Checked> {
  const groups = range.zone.ofType("aws_cloudwatch_log_group").map(({ values }) => String(values.name));
  const group = range.zone.only(
    groups.filter((name) => name.endsWith("/ingest-large")),
    "log group of the task",
  );
  return logged(range, group, { type: "PROMOTED", versionId }, since);
}
