// SPDX-License-Identifier: Apache-2.0
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectRetentionCommand,
  PutBucketVersioningCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { RefusedPerKey } from "../call";
import { type Challenge, expectAnswer, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import type { PutVersion, Range } from "../range";
import { BY_LOCK, BY_LOCK_PER_KEY, type ExpectedRefusal, refusalText } from "../refusal";

const SUSPENDING: ExpectedRefusal = { layer: "S3 Object Lock", status: 409, code: "InvalidBucketState" };
const base = { controls: ["P11-10c-01", "P11-10c-02"], requirements: ["URS-009"], clauses: ["11.10(c)", "11.10(e)"] };
const by = "challenger, allowed every S3 call on a bucket whose policy refuses nothing";
const DAY = 86_400_000;

const daysFromNow = (days: number) => new Date(Date.now() + days * DAY);

type Attempt = (principal: Principal, version: PutVersion) => Promise<object | undefined>;

interface LockStep {
  readonly id: string;
  readonly title: string;
  readonly action: string;
  readonly attempt: Attempt;
  /** @default BY_LOCK */
  readonly refusal?: ExpectedRefusal;
  /** The same attempt where no COMPLIANCE lock is: on the unlocked bucket, or on a GOVERNANCE version with the bypass right. */
  readonly mutant: "unlocked bucket" | "governance version";
}

const deleteVersion: Attempt = (principal, { bucket, key, versionId }) =>
  principal.s3().send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));

const deleteWithBypass: Attempt = (principal, { bucket, key, versionId }) => {
  const input = { Bucket: bucket, Key: key, VersionId: versionId, BypassGovernanceRetention: true };
  return principal.s3().send(new DeleteObjectCommand(input));
};

/** Allowed is only a batch that names the version under Deleted; an error beside it is no refusal. */
const deleteInBatch: Attempt = async (principal, { bucket, key, versionId }) => {
  const Delete = { Objects: [{ Key: key, VersionId: versionId }] };
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete, ChecksumAlgorithm: "SHA256" });
  const { Errors = [], Deleted = [], $metadata } = await principal.s3().send(command);
  const status = $metadata.httpStatusCode ?? 0;
  const [error] = Errors;
  if (error && Deleted.length === 0) throw new RefusedPerKey(status, error.Code ?? "", error.Message ?? "");
  const deleted = Deleted.map((one) => `version ${one.VersionId}`).join(", ");
  const ok = !error && Deleted.length === 1 && Deleted[0]!.VersionId === versionId;
  return { ok, seen: `HTTP ${status}, under Deleted: ${deleted || "nothing"}, ${Errors.length} errors` };
};

const retain =
  (mode: "COMPLIANCE" | "GOVERNANCE", days: number, bypass: boolean): Attempt =>
  (principal, { bucket, key, versionId }) => {
    const Retention = { Mode: mode, RetainUntilDate: daysFromNow(days) };
    const input = { Bucket: bucket, Key: key, VersionId: versionId, Retention, BypassGovernanceRetention: bypass };
    return principal.s3().send(new PutObjectRetentionCommand(input));
  };

const steps: readonly LockStep[] = [
  {
    id: "OQ-lock-delete-version",
    title: "A locked version cannot be deleted",
    action: "DeleteObject with the version id of a version under default retention",
    attempt: deleteVersion,
    mutant: "unlocked bucket",
  },
  {
    id: "OQ-lock-delete-bypass",
    title: "The bypass header does not help against COMPLIANCE",
    action: "DeleteObject with the version id and x-amz-bypass-governance-retention: true",
    attempt: deleteWithBypass,
    mutant: "governance version",
  },
  {
    id: "OQ-lock-delete-batch",
    title: "A batch cannot delete a locked version either",
    action: "DeleteObjects with the version id",
    attempt: deleteInBatch,
    refusal: BY_LOCK_PER_KEY,
    mutant: "unlocked bucket",
  },
  {
    id: "OQ-lock-shorten",
    title: "Retention cannot be shortened",
    action: "PutObjectRetention COMPLIANCE with a date one hour from now, bypass header set",
    attempt: retain("COMPLIANCE", 1 / 24, true),
    mutant: "governance version",
  },
  {
    id: "OQ-lock-downgrade",
    title: "COMPLIANCE cannot become GOVERNANCE",
    action: "PutObjectRetention GOVERNANCE with a date two days from now, bypass header set",
    attempt: retain("GOVERNANCE", 2, true),
    mutant: "governance version",
  },
];

/** The lock refuses: on a bucket whose policy refuses nothing, by a role that is allowed every call. */
export const lockChallenges: readonly Challenge[] = [
  ...steps.map(refusedByLock),
  suspendVersioning(),
  extend(),
  plainDelete(),
  overwrite(),
];

function refusedByLock({ id, title, action, attempt, mutant, refusal = BY_LOCK }: LockStep): Challenge {
  return {
    step: {
      ...base,
      id,
      title,
      kind: "negative",
      principal: by,
      layer: refusal.layer,
      action,
      expected: `${refusalText(refusal)}; the version is there afterwards with the same bytes and the same retention`,
      acceptance: "refused with a code of S3, version and retention unchanged, twin allowed, mutant goes through",
      twin: "GetObject of the same version by the same principal",
      mutant: `the same call on a version in ${mutant === "unlocked bucket" ? "a bucket without a lock" : "GOVERNANCE mode"} goes through`,
    },
    async run(range) {
      const challenger = await range.challenger();
      const version = await range.put(challenger, range.challenged, range.freshKey("locked"));
      const before = await retentionOf(challenger, version);
      return expectRefusal(title, {
        principal: challenger,
        expected: refusal,
        call: () => attempt(challenger, version),
        twin: () => range.readable(challenger, version),
        unchanged: async () => {
          const after = await retentionOf(challenger, version);
          const read = await range.readable(challenger, version);
          return { ok: after === before && read.ok, seen: `${read.seen}, retention ${after}, before ${before}` };
        },
        mutant: async () => {
          const weak =
            mutant === "unlocked bucket" ? await unlockedVersion(range) : await governanceVersion(range, challenger);
          return attempt(challenger, weak);
        },
      });
    },
  };
}

function suspendVersioning(): Challenge {
  const title = "Versioning of a locked bucket cannot be suspended";
  const suspend = (principal: Principal, Bucket: string) =>
    principal.s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
  return {
    step: {
      ...base,
      controls: ["P11-10c-04"],
      id: "OQ-lock-suspend-versioning",
      title,
      kind: "negative",
      principal: by,
      layer: SUSPENDING.layer,
      action: "PutBucketVersioning with status Suspended",
      expected: `${refusalText(SUSPENDING)}; versioning is still enabled`,
      acceptance: "refused by the lock, versioning enabled afterwards, twin allowed, mutant goes through",
      twin: "PutBucketVersioning with status Enabled by the same principal",
      mutant: "the same call on a bucket without a lock goes through",
    },
    async run(range) {
      const challenger = await range.challenger();
      const enable = { Bucket: range.challenged, VersioningConfiguration: { Status: "Enabled" } } as const;
      return expectRefusal(title, {
        principal: challenger,
        expected: SUSPENDING,
        call: () => suspend(challenger, range.challenged),
        unchanged: async () => {
          const { Status } = await challenger.s3().send(new GetBucketVersioningCommand({ Bucket: range.challenged }));
          return { ok: Status === "Enabled", seen: `versioning ${Status}` };
        },
        twin: () => challenger.s3().send(new PutBucketVersioningCommand(enable)),
        mutant: async () => suspend(await range.administrator(), range.unlocked),
      });
    },
  };
}

function extend(): Challenge {
  const title = "Retention can be lengthened";
  return {
    step: {
      ...base,
      controls: ["P11-10c-03"],
      requirements: ["URS-010"],
      id: "OQ-lock-extend",
      title,
      kind: "positive",
      principal: by,
      action: "PutObjectRetention COMPLIANCE with a date two days from now",
      expected: "allowed; retention is two days",
      acceptance: "COMPLIANCE, and retain-until is two days from now within a minute, which is later than before",
    },
    async run(range) {
      const challenger = await range.challenger();
      const version = await range.put(challenger, range.challenged, range.freshKey("extended"));
      const before = await retentionOf(challenger, version);
      return expectAnswer(challenger, title, async () => {
        await retain("COMPLIANCE", 2, false)(challenger, version);
        const after = await retentionOf(challenger, version);
        const [was, until] = [before, after].map((said) => Date.parse(said.split(" ")[1]!));
        const twoDays = Math.abs(until! - Number(daysFromNow(2))) < 60_000;
        const lengthened = [before, after].every((said) => said.startsWith("COMPLIANCE ")) && was! < until!;
        return { ok: lengthened && twoDays, seen: `${before}, then ${after}` };
      });
    },
  };
}

function plainDelete(): Challenge {
  const title = "A delete without version id leaves the version readable";
  return {
    step: {
      ...base,
      id: "OQ-lock-plain-delete",
      title,
      kind: "positive",
      principal: by,
      action: "DeleteObject without a version id",
      expected: "a delete marker; the version is readable with the same bytes",
      acceptance: "delete marker returned, GET of the version gives the same SHA-256",
    },
    async run(range) {
      const challenger = await range.challenger();
      const version = await range.put(challenger, range.challenged, range.freshKey("deleted"));
      return expectAnswer(challenger, title, async () => {
        const input = { Bucket: version.bucket, Key: version.key };
        const { DeleteMarker } = await challenger.s3().send(new DeleteObjectCommand(input));
        const read = await range.readable(challenger, version);
        return { ok: DeleteMarker === true && read.ok, seen: `delete marker ${DeleteMarker}; ${read.seen}` };
      });
    },
  };
}

function overwrite(): Challenge {
  const title = "An overwrite makes a new version and leaves the first";
  return {
    step: {
      ...base,
      controls: ["P11-10c-04"],
      id: "OQ-lock-overwrite",
      title,
      kind: "positive",
      principal: by,
      action: "PutObject twice with the same key",
      expected: "two version ids; both readable with their own bytes",
      acceptance: "version ids differ, GET of each gives its own SHA-256",
    },
    async run(range) {
      const challenger = await range.challenger();
      const key = range.freshKey("overwritten");
      const first = await range.put(challenger, range.challenged, key, { Body: "first" });
      return expectAnswer(challenger, title, async () => {
        const second = await range.put(challenger, range.challenged, key, { Body: "second" });
        const both = [await range.readable(challenger, first), await range.readable(challenger, second)];
        const ok = both.every((read) => read.ok) && first.versionId !== second.versionId;
        return { ok, seen: both.map(({ seen }) => seen).join("; ") };
      });
    },
  };
}

/** Mode and date, between them a space. */
async function retentionOf(principal: Principal, { bucket, key, versionId }: PutVersion): Promise<string> {
  const { Retention } = await principal
    .s3()
    .send(new GetObjectRetentionCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  return `${Retention?.Mode} ${Retention?.RetainUntilDate?.toISOString()}`;
}

async function unlockedVersion(range: Range): Promise<PutVersion> {
  return range.put(await range.administrator(), range.unlocked, range.freshKey("unlocked"));
}

function governanceVersion(range: Range, challenger: Principal): Promise<PutVersion> {
  return range.put(challenger, range.challenged, range.freshKey("governance"), {
    ObjectLockMode: "GOVERNANCE",
    ObjectLockRetainUntilDate: daysFromNow(1),
  });
}
