// SPDX-License-Identifier: Apache-2.0
import type { ObjectVersion, ProofFacts, TrailEvent, TrailFacts } from "../facts";
import { eventOf } from "./ledger-links";
import { fails, holds, type Link, link, unseen } from "./link";

const WRITES: readonly string[] = ["PutObject", "CopyObject", "CompleteMultipartUpload"];
/** CloudTrail and S3 both tell seconds, each by its own clock. */
const SAME_TIME_MS = 10_000;

/** That the delivered trail names who wrote the version, and the one that it was promoted from. */
export function trailLink({ object, trail, ledger, subject }: ProofFacts): Link {
  if ("unseen" in trail) return unseen("trail", trail.unseen);
  if ("unseen" in object) return unseen("trail", object.unseen);
  if ("unseen" in ledger) return unseen("trail", `which versions to look for: ${ledger.unseen}`);
  if (object.seen === null) return unseen("trail", "there is no version to look up");
  const { bucket, key } = subject;
  const promotion = eventOf(ledger.seen.source, "PROMOTED");
  const written = [
    { bucket, key, versionId: object.seen.versionId, at: object.seen.lastModified },
    ...(promotion ? [{ ...promotion, at: eventOf(ledger.seen.source, "RECEIVED")?.receivedAt ?? "" }] : []),
  ];
  const says: string[] = [];
  for (const version of written) {
    const write = writeOf(version, trail.seen);
    if (typeof write === "string") return fails("trail", write);
    const known = write.versionId === null ? " (told by its time: the record names no version)" : "";
    says.push(`${write.name} in ${version.bucket} by ${write.who} at ${write.at}${known}`);
  }
  return holds("trail", says.reverse().join(", then "));
}

/** The record of the write that made a version; a text says why there is none. */
function writeOf(version: ObjectVersion & { readonly at: string }, trail: TrailFacts): TrailEvent | string {
  const { bucket, key, versionId, at } = version;
  const writes = trail.events.filter(
    (one) => one.bucket === bucket && one.key === key && one.errorCode === null && WRITES.includes(one.name),
  );
  const named = writes.filter((one) => one.versionId === versionId);
  // Without a version id, only time can tell, and only where there is no second candidate.
  const near = ({ name, at: when }: TrailEvent) =>
    name === "CompleteMultipartUpload" || Math.abs(Date.parse(when) - Date.parse(at)) <= SAME_TIME_MS;
  const found = named.length > 0 ? named : writes.filter((one) => one.versionId === null && near(one));
  if (found.length === 1) return found[0]!;
  const where = `between ${trail.from} and ${trail.until} in ${trail.source}`;
  const what = `version ${versionId} in ${bucket}`;
  if (found.length === 0) return `no record names the write of ${what} ${where}; files come up to 15 minutes late`;
  return `${found.length} records could be the write of ${what} ${where}`;
}

/** That the transfer server's own log tells of the same session, user, address, path and size. */
export function transferLink({ ledger, transfer }: ProofFacts): Link {
  if ("unseen" in ledger) return unseen("transfer", ledger.unseen);
  const attributed = eventOf([...ledger.seen.source, ...ledger.seen.own], "ATTRIBUTED");
  if (!attributed?.transfer) return link("transfer", "not-applicable", "no transfer session brought it");
  if (transfer === undefined) return unseen("transfer", "the log of its session was not looked at");
  if ("unseen" in transfer) return unseen("transfer", transfer.unseen);
  const { session, user, clientIp, bytes } = attributed.transfer;
  const { lines, logGroup } = transfer.seen;
  const path = `/${attributed.bucket}/${attributed.key}`;
  const connected = lines.find(({ activity }) => activity === "CONNECTED");
  if (!connected) return fails("transfer", `${logGroup} has no connection of session ${session}`);
  if (connected.user !== user || connected.sourceIp !== clientIp) {
    const logged = `${connected.user} from ${connected.sourceIp}`;
    return fails(
      "transfer",
      `session ${session} was ${logged} for the log, and ${user} from ${clientIp} for the ledger`,
    );
  }
  const closed = lines.filter((line) => line.activity === "CLOSE" && line.path === path);
  if (closed.length === 0)
    return fails("transfer", `${logGroup} has no completed upload of ${path} in session ${session}`);
  if (!closed.some(({ bytesIn }) => bytesIn === bytes)) {
    return fails("transfer", `the log counted ${closed.map(({ bytesIn }) => bytesIn).join(", ")} bytes, not ${bytes}`);
  }
  return holds("transfer", `session ${session} of ${user} from ${clientIp}, ${bytes} bytes`);
}
