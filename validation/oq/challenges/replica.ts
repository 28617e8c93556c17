// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import type { Challenge } from "../challenge";
import { positive } from "./lock";

const POLL_MS = 250;
/** S3 Replication Time Control: fifteen minutes. */
const PATIENCE_MS = 15 * 60_000;

/** The copy in the second region. */
export const replicaChallenges: readonly Challenge[] = [replicaArrives()];

function replicaArrives(): Challenge {
  const title = "A replica arrives with the same bytes, its own key and the lock";
  return {
    step: {
      id: "OQ-replica-arrives",
      title,
      controls: ["P11-10c-07", "P11-10c-08", "P11-10c-09", "P11-10c-11", "P11-30-04"],
      requirements: ["URS-014"],
      clauses: ["11.10(c)"],
      kind: "positive",
      principal: "writer role writes, inspector role reads in the second region",
      action:
        "PutObject into the raw bucket; wait for replication status COMPLETED; read the same version in the second region",
      expected:
        "status REPLICA, the same version id and SHA-256, the replica bucket's own key, COMPLIANCE until the same time",
      acceptance: "every one of them, within fifteen minutes",
    },
    async run(range) {
      const [writer, inspector] = [await range.writer(), await range.inspector()];
      return positive(inspector, title, async () => {
        const put = await range.put(writer, range.raw, range.freshKey("replicated"));
        const source = await untilReplicated(() => range.head(inspector, put));
        const copy = { ...put, bucket: range.zone.replicaOf(range.raw) };
        const region = range.zone.regionOf(copy.bucket);
        const replica = await range.head(inspector, copy, region);
        const sameLock =
          replica.ObjectLockMode === "COMPLIANCE" &&
          Number(replica.ObjectLockRetainUntilDate) === Number(source.ObjectLockRetainUntilDate);
        const ownKey =
          replica.SSEKMSKeyId === range.zone.keyOf(copy.bucket) && replica.SSEKMSKeyId !== source.SSEKMSKeyId;
        return sameLock && ownKey && replica.ReplicationStatus === "REPLICA" && range.readable(inspector, copy, region);
      });
    },
  };
}

async function untilReplicated<Head extends { ReplicationStatus?: string }>(head: () => Promise<Head>): Promise<Head> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await head();
    if (seen.ReplicationStatus !== "PENDING" || Date.now() > deadline) return seen;
    await sleep(POLL_MS);
  }
}
