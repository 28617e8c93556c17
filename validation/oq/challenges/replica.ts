// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Challenge, expectAnswer } from "../challenge";

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
      return expectAnswer(inspector, title, async () => {
        const put = await range.put(writer, range.raw, range.freshKey("replicated"));
        const source = await untilReplicated(() => range.head(inspector, put));
        if (source.ReplicationStatus !== "COMPLETED") return { ok: false, seen: `source ${source.ReplicationStatus}` };
        const copy = { ...put, bucket: range.zone.replicaOf(range.raw) };
        const region = range.zone.regionOf(copy.bucket);
        const replica = await range.head(inspector, copy, region);
        const sameLock =
          replica.ObjectLockMode === "COMPLIANCE" &&
          Number(replica.ObjectLockRetainUntilDate) === Number(source.ObjectLockRetainUntilDate);
        const ownKey =
          replica.SSEKMSKeyId === range.zone.keyOf(copy.bucket) && replica.SSEKMSKeyId !== source.SSEKMSKeyId;
        const read = await range.readable(inspector, copy, region);
        const {
          ReplicationStatus: status,
          SSEKMSKeyId: key,
          ObjectLockMode: mode,
          ObjectLockRetainUntilDate: until,
        } = replica;
        const seen = `${status} in ${region}, ${read.seen}, key ${key}, ${mode} until ${until?.toISOString()}`;
        return { ok: sameLock && ownKey && status === "REPLICA" && read.ok, seen };
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
