// SPDX-License-Identifier: Apache-2.0
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectRetentionCommand,
  PutBucketVersioningCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { type Challenge, expectAnswer, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import { BY_LOCK, type ExpectedRefusal, refusalText } from "../refusal";
import { withoutPolicy } from "./lifted-policy";
import type { Site, SiteVersion } from "./site";
import type { RecordBucket } from "./subjects";

const DAY = 86_400_000;
/** A year of retention is 365 or 366 days, as S3 counts it. */
const DAYS_OF_YEAR = [365, 366] as const;
const SUSPENDING: ExpectedRefusal = { layer: "S3 Object Lock", status: 409, code: "InvalidBucketState" };
const BY = "deploy role, allowed every call, while the bucket has no policy";
const base = { controls: ["P11-10c-01", "P11-10c-02"], requirements: ["URS-009"], clauses: ["11.10(c)", "11.10(e)"] };

const daysFromNow = (days: number) => new Date(Date.now() + days * DAY);

type Attempt = (principal: Principal, version: SiteVersion) => Promise<object | undefined>;

interface LockStep {
  readonly id: string;
  readonly title: string;
  readonly action: string;
  readonly attempt: Attempt;
  /** The same attempt where no COMPLIANCE lock is. */
  readonly mutant: "unlocked bucket" | "governance version";
}

const deleting =
  (bypass: boolean): Attempt =>
  (principal, { bucket, region, key, versionId }) => {
    const input = {
      Bucket: bucket,
      Key: key,
      VersionId: versionId,
      ...(bypass ? { BypassGovernanceRetention: true } : {}),
    };
    return principal.s3({ region }).send(new DeleteObjectCommand(input));
  };

const retaining =
  (mode: "COMPLIANCE" | "GOVERNANCE", days: number, bypass: boolean): Attempt =>
  (principal, { bucket, region, key, versionId }) => {
    const Retention = { Mode: mode, RetainUntilDate: daysFromNow(days) };
    const input = { Bucket: bucket, Key: key, VersionId: versionId, Retention, BypassGovernanceRetention: bypass };
    return principal.s3({ region }).send(new PutObjectRetentionCommand(input));
  };

const STEPS: readonly LockStep[] = [
  {
    id: "delete-version",
    title: "A version cannot be deleted before its day",
    action: "DeleteObject with the version id of a version under default retention",
    attempt: deleting(false),
    mutant: "unlocked bucket",
  },
  {
    id: "delete-bypass",
    title: "The bypass header does not help against the lock",
    action: "DeleteObject with the version id and x-amz-bypass-governance-retention: true",
    attempt: deleting(true),
    mutant: "governance version",
  },
  {
    id: "shorten",
    title: "Retention cannot be shortened",
    action: "PutObjectRetention COMPLIANCE with a date one hour from now, bypass header set",
    attempt: retaining("COMPLIANCE", 1 / 24, true),
    mutant: "governance version",
  },
  {
    id: "change-mode",
    title: "The mode of retention cannot be changed",
    action: "PutObjectRetention GOVERNANCE with a date fifty years from now, bypass header set",
    attempt: retaining("GOVERNANCE", 50 * 365, true),
    mutant: "governance version",
  },
];

/** What the lock of one record bucket must do, whatever its policy says. */
export function lockSteps(bucket: RecordBucket): ReadonlyArray<Challenge<Site>> {
  return [
    defaultRetention(bucket),
    ...STEPS.map((step) => refusedByLock(bucket, step)),
    suspendVersioning(bucket),
    plainDelete(bucket),
    overwrite(bucket),
  ];
}

const stepId = ({ id }: RecordBucket, step: string) => `OQ-${id}-lock-${step}`;

function refusedByLock(chosen: RecordBucket, { id, title, action, attempt, mutant }: LockStep): Challenge<Site> {
  return {
    step: {
      ...base,
      id: stepId(chosen, id),
      title: `${title}: ${chosen.address} (${chosen.because})`,
      kind: "negative",
      principal: BY,
      layer: BY_LOCK.layer,
      action,
      expected: `${refusalText(BY_LOCK)}; the version is there afterwards with the same bytes and the same retention`,
      acceptance:
        "refused with a code of S3, version and retention unchanged, twin allowed, mutant goes through, policy put back",
      twin: "GetObject of the same version by the same principal",
      mutant: `the same call on a version in ${mutant === "unlocked bucket" ? "a bucket without a lock" : "GOVERNANCE mode"} goes through`,
    },
    async run(site) {
      const deployer = await site.deployer();
      const bucket = site.bucket(chosen.address);
      return withoutPolicy(site, bucket, async () => {
        const version = await site.put(deployer, bucket, site.freshKey(id));
        const before = await retentionOf(deployer, version);
        return expectRefusal(title, {
          principal: deployer,
          expected: BY_LOCK,
          call: () => attempt(deployer, version),
          twin: () => site.readable(deployer, version),
          unchanged: async () => {
            const after = await retentionOf(deployer, version);
            const read = await site.readable(deployer, version);
            return { ok: after === before && read.ok, seen: `${read.seen}, retention ${after}, before ${before}` };
          },
          mutant: async () =>
            attempt(
              deployer,
              mutant === "unlocked bucket" ? await site.unlockedVersion() : await site.governanceVersion(),
            ),
        });
      });
    },
  };
}

function defaultRetention(chosen: RecordBucket): Challenge<Site> {
  const title = "A new object is locked without being asked for";
  const { retention } = chosen;
  const planned =
    retention === null
      ? "at least one day from now: the plan shows no retention"
      : retention.years === null
        ? `${retention.days} days from now, as planned`
        : `${retention.years} years from now, as planned`;
  return {
    step: {
      ...base,
      controls: ["P11-10c-02", "P11-10c-03"],
      id: stepId(chosen, "default-retention"),
      title: `${title}: ${chosen.address} (${chosen.because})`,
      kind: "positive",
      principal: BY,
      action: "PutObject without lock headers; GetObjectRetention of the version",
      expected: `COMPLIANCE, retain-until ${planned}`,
      acceptance:
        "mode and date are as expected, the date within an hour, of years within the days that they may have; policy put back",
    },
    async run(site) {
      const deployer = await site.deployer();
      const bucket = site.bucket(chosen.address);
      return withoutPolicy(site, bucket, () =>
        expectAnswer(deployer, title, async () => {
          const version = await site.put(deployer, bucket, site.freshKey("default"));
          const seen = await retentionOf(deployer, version);
          const [mode, until] = seen.split(" ");
          const days = (Date.parse(String(until)) - Date.now()) / DAY;
          return { ok: mode === "COMPLIANCE" && isPlanned(days, retention), seen };
        }),
      );
    },
  };
}

function isPlanned(days: number, retention: RecordBucket["retention"]): boolean {
  const hour = 1 / 24;
  if (retention === null) return days >= 1 - hour;
  const [least, most] =
    retention.years === null ? [retention.days, retention.days] : DAYS_OF_YEAR.map((year) => year * retention.years!);
  return days >= least! - hour && days <= most! + hour;
}

function suspendVersioning(chosen: RecordBucket): Challenge<Site> {
  const title = "Versioning cannot be suspended";
  const set = (
    principal: Principal,
    { name, region }: { name: string; region: string },
    Status: "Enabled" | "Suspended",
  ) =>
    principal
      .s3({ region })
      .send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status } }));
  return {
    step: {
      ...base,
      controls: ["P11-10c-04"],
      id: stepId(chosen, "suspend-versioning"),
      title: `${title}: ${chosen.address} (${chosen.because})`,
      kind: "negative",
      principal: BY,
      layer: SUSPENDING.layer,
      action: "PutBucketVersioning with status Suspended",
      expected: `${refusalText(SUSPENDING)}; versioning is still enabled`,
      acceptance:
        "refused by the lock, versioning enabled afterwards, twin allowed, mutant goes through, policy put back",
      twin: "PutBucketVersioning with status Enabled by the same principal",
      mutant: "the same call on a bucket without a lock goes through",
    },
    async run(site) {
      const deployer = await site.deployer();
      const bucket = site.bucket(chosen.address);
      const { name: Bucket, region } = bucket;
      return withoutPolicy(site, bucket, () =>
        expectRefusal(title, {
          principal: deployer,
          expected: SUSPENDING,
          call: () => set(deployer, bucket, "Suspended"),
          unchanged: async () => {
            const { Status } = await deployer.s3({ region }).send(new GetBucketVersioningCommand({ Bucket }));
            return { ok: Status === "Enabled", seen: `versioning ${Status}` };
          },
          twin: () => set(deployer, bucket, "Enabled"),
          mutant: () => set(deployer, site.unlocked, "Suspended").then(() => set(deployer, site.unlocked, "Enabled")),
        }),
      );
    },
  };
}

function plainDelete(chosen: RecordBucket): Challenge<Site> {
  const title = "A delete without version id leaves the version readable";
  return {
    step: {
      ...base,
      id: stepId(chosen, "plain-delete"),
      title: `${title}: ${chosen.address} (${chosen.because})`,
      kind: "positive",
      principal: BY,
      action: "DeleteObject without a version id",
      expected: "a delete marker; the version is readable with the same bytes",
      acceptance: "delete marker returned, GET of the version gives the same SHA-256, policy put back",
    },
    async run(site) {
      const deployer = await site.deployer();
      const bucket = site.bucket(chosen.address);
      return withoutPolicy(site, bucket, async () => {
        const version = await site.put(deployer, bucket, site.freshKey("deleted"));
        return expectAnswer(deployer, title, async () => {
          const command = new DeleteObjectCommand({ Bucket: version.bucket, Key: version.key });
          const { DeleteMarker } = await deployer.s3({ region: version.region }).send(command);
          const read = await site.readable(deployer, version);
          return { ok: DeleteMarker === true && read.ok, seen: `delete marker ${DeleteMarker}; ${read.seen}` };
        });
      });
    },
  };
}

function overwrite(chosen: RecordBucket): Challenge<Site> {
  const title = "An overwrite makes a new version and leaves the first";
  return {
    step: {
      ...base,
      controls: ["P11-10c-04"],
      id: stepId(chosen, "overwrite"),
      title: `${title}: ${chosen.address} (${chosen.because})`,
      kind: "positive",
      principal: BY,
      action: "PutObject twice with the same key",
      expected: "two version ids; both readable with their own bytes",
      acceptance: "version ids differ, GET of each gives its own SHA-256, policy put back",
    },
    async run(site) {
      const deployer = await site.deployer();
      const bucket = site.bucket(chosen.address);
      return withoutPolicy(site, bucket, async () => {
        const key = site.freshKey("overwritten");
        const first = await site.put(deployer, bucket, key, { Body: "first" });
        return expectAnswer(deployer, title, async () => {
          const second = await site.put(deployer, bucket, key, { Body: "second" });
          const both = [await site.readable(deployer, first), await site.readable(deployer, second)];
          const ok = both.every((read) => read.ok) && first.versionId !== second.versionId;
          return { ok, seen: both.map(({ seen }) => seen).join("; ") };
        });
      });
    },
  };
}

/** Mode and date as one comparable string. `none` where the version has no retention: S3 then answers with an error. */
async function retentionOf(principal: Principal, { bucket, region, key, versionId }: SiteVersion): Promise<string> {
  const command = new GetObjectRetentionCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  try {
    const { Retention } = await principal.s3({ region }).send(command);
    return `${Retention?.Mode} ${Retention?.RetainUntilDate?.toISOString()}`;
  } catch (error) {
    const { name } = error as Error;
    // S3 API, GetObjectRetention: the first where the object has no lock, the second where the bucket has none.
    if (name === "NoSuchObjectLockConfiguration" || name === "InvalidRequest") return "none";
    throw error;
  }
}
