// SPDX-License-Identifier: Apache-2.0
import type { ProofFacts, StoredVersion } from "../facts";
import { placeOf } from "../subject";
import { fails, holds, type Link, link, unseen } from "./link";
import { weakerLock } from "./lock-period";

/** That the version is there, is a record, and that every other version of its key is accounted for. */
export function versionLink({ subject, versions, object, ledger }: ProofFacts): Link {
  if (placeOf(subject.key).lane === "test") {
    return fails("version", "it lies in the lane for trying out, of which nothing is a record or stands in the ledger");
  }
  if ("unseen" in versions) return unseen("version", versions.unseen);
  const { versionId } = subject;
  const at = versionId === undefined ? 0 : versions.seen.findIndex((one) => one.versionId === versionId);
  const own = versions.seen[at];
  if (!own) return fails("version", versionId === undefined ? "nothing of this key is there" : "no such version");
  if (own.deleteMarker) {
    const hidden = versions.seen.filter(({ deleteMarker }) => !deleteMarker).length;
    const beside = `to prove one of the ${hidden} versions beside it, name it`;
    return fails("version", `it is a delete marker, put at ${own.lastModified}, and has no bytes; ${beside}`);
  }
  if ("unseen" in object) return unseen("version", object.unseen);
  if (object.seen === null) return fails("version", "it is listed, and S3 does not give it");
  const others = versions.seen.filter((one) => one !== own && !one.deleteMarker);
  if (others.length > 0) {
    if ("unseen" in ledger)
      return unseen("version", `it has ${others.length + 1} versions, and the ledger is not seen`);
    const stray = others.filter((one) => !ledger.seen.receivedVersions.includes(one.versionId));
    if (stray.length > 0) {
      return fails("version", `the ledger does not know another version of its key: ${stray[0]!.versionId}`);
    }
  }
  const marker = versions.seen.slice(0, at).some(({ deleteMarker }) => deleteMarker);
  const rank = at === 0 ? "the newest" : "not the newest";
  const count = others.length === 0 ? "the only version of its key" : `${rank} of ${others.length + 1} versions`;
  return holds(
    "version",
    `${count}${marker ? "; a delete marker hides it from plain reads, and leaves it as it is" : ""}`,
  );
}

/** That nobody can delete or overwrite it, for at least as long as its bucket promises. */
export function lockLink({ object, defaultLock, asOf }: ProofFacts): Link {
  if ("unseen" in object) return unseen("lock", object.unseen);
  if (object.seen === null) return unseen("lock", "there is no version to look at");
  const { lock, legalHold, lastModified } = object.seen;
  if ("unseen" in lock) return unseen("lock", lock.unseen);
  if ("unseen" in legalHold) return unseen("lock", legalHold.unseen);
  if ("unseen" in defaultLock) return unseen("lock", defaultLock.unseen);
  if (defaultLock.seen === null) return fails("lock", "its bucket gives no lock");
  const weaker = weakerLock(lock.seen, { given: defaultLock.seen, lastModified, asOf, held: legalHold.seen });
  if (weaker !== undefined) return fails("lock", weaker);
  const { mode, retainUntil } = lock.seen!;
  return holds("lock", `${mode} until ${retainUntil}, legal hold ${legalHold.seen ? "on" : "off"}`);
}

/** That its bytes, read now, are those that were hashed when it was received. */
export function bytesLink({ object, ledger }: ProofFacts): Link {
  if ("unseen" in object) return unseen("bytes", object.unseen);
  if (object.seen === null) return unseen("bytes", "there is no version to read");
  const { sha256, bytes } = object.seen;
  if ("unseen" in sha256) return unseen("bytes", `not recomputed: ${sha256.unseen}`);
  if ("unseen" in ledger) return unseen("bytes", `recomputed as ${sha256.seen}, and the ledger is not seen`);
  const receipt = ledger.seen.own.find(({ event }) => event.type === "RECEIVED")?.event;
  if (!receipt) return fails("bytes", `recomputed as ${sha256.seen}, and the ledger has no hash of its receipt`);
  if (receipt.sha256 !== sha256.seen) {
    return fails("bytes", `recomputed as ${sha256.seen}, and the ledger has ${receipt.sha256}`);
  }
  if (receipt.bytes !== bytes) return fails("bytes", `it has ${bytes} bytes, and the ledger counted ${receipt.bytes}`);
  return holds("bytes", `SHA-256 recomputed from its ${bytes} bytes: ${sha256.seen}`);
}

/** That the second copy, in another region, is the same and as well locked. */
export function replicaLink({ object, replica }: ProofFacts): Link {
  if (replica === "none") return link("replica", "not-applicable", "versions of the inbox are not replicated");
  if ("unseen" in replica) return unseen("replica", replica.unseen);
  if ("unseen" in object) return unseen("replica", object.unseen);
  if (object.seen === null) return unseen("replica", "there is no version to compare with");
  const { bucket, version } = replica.seen;
  if (version === null) {
    const status = object.seen.replication ?? "nothing";
    return fails("replica", `${bucket} has no such version; S3 says of its replication: ${status}`);
  }
  return compare(object.seen, version, bucket);
}

function compare(own: StoredVersion, copy: StoredVersion, bucket: string): Link {
  if (copy.bytes !== own.bytes) return fails("replica", `it has ${own.bytes} bytes, and ${copy.bytes} in ${bucket}`);
  if ("unseen" in own.sha256) return unseen("replica", `not compared: ${own.sha256.unseen}`);
  if ("unseen" in copy.sha256) return unseen("replica", `not recomputed: ${copy.sha256.unseen}`);
  if (copy.sha256.seen !== own.sha256.seen) return fails("replica", `${bucket} has SHA-256 ${copy.sha256.seen}`);
  if ("unseen" in copy.lock) return unseen("replica", copy.lock.unseen);
  if ("unseen" in own.lock) return unseen("replica", own.lock.unseen);
  if (copy.lock.seen === null) return fails("replica", `${bucket} has no lock on it`);
  const { mode, retainUntil } = copy.lock.seen;
  if (mode !== "COMPLIANCE" && mode !== own.lock.seen?.mode)
    return fails("replica", `${bucket} has it in ${mode} only`);
  if (own.lock.seen && !(Date.parse(retainUntil) >= Date.parse(own.lock.seen.retainUntil))) {
    return fails("replica", `${bucket} has it locked until ${retainUntil} only`);
  }
  return holds("replica", `the same bytes in ${bucket}, ${mode} until ${retainUntil}`);
}
