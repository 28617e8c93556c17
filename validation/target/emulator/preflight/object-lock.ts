// SPDX-License-Identifier: Apache-2.0
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { compare, type Probe, probe, REFUSED, type Scenario } from "./scenario";
import { allow, denyAll, type Stage } from "./stage";

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);

async function put(stage: Stage, Bucket: string, extra: object = {}): Promise<{ Key: string; VersionId?: string }> {
  const Key = stage.name("record");
  const { VersionId } = await stage.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key, ...extra }));
  return { Key, VersionId };
}

const deletion: Scenario = {
  name: "a version under COMPLIANCE retention cannot be deleted",
  controls: ["P11-10c-01", "P11-10c-02", "P11-10c-12", "P11-10e-06", "P11-10k-01"],
  async run(stage) {
    const Bucket = await stage.bucket("lock", { locked: true });
    const weak = await stage.bucket("unlocked", { versioned: true });
    const record = { Bucket, ...(await put(stage, Bucket)) };
    const twin = { Bucket: weak, ...(await put(stage, weak)) };
    const governed = {
      Bucket,
      ...(await put(stage, Bucket, { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(2) })),
    };
    const batch = await stage.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: record.Key, VersionId: record.VersionId }] } }),
    );
    const bypass = { BypassGovernanceRetention: true };
    return [
      await probe("delete the version", REFUSED, stage.s3.send(new DeleteObjectCommand(record))),
      await probe("delete it with bypass", REFUSED, stage.s3.send(new DeleteObjectCommand({ ...record, ...bypass }))),
      compare("delete it in a batch", "AccessDenied", batch.Errors?.[0]?.Code),
      await probe("twin: the version is still there", "ok", stage.s3.send(new HeadObjectCommand(record))),
      await probe("mutant: no lock", "ok", stage.s3.send(new DeleteObjectCommand(twin))),
      await probe("mutant: GOVERNANCE without bypass", REFUSED, stage.s3.send(new DeleteObjectCommand(governed))),
      await probe(
        "mutant: GOVERNANCE with bypass",
        "ok",
        stage.s3.send(new DeleteObjectCommand({ ...governed, ...bypass })),
      ),
    ];
  },
};

const change: Scenario = {
  name: "COMPLIANCE retention cannot be shortened or downgraded, only extended",
  controls: ["P11-10c-02", "P11-10c-03", "P11-10c-12"],
  async run(stage) {
    const Bucket = await stage.bucket("retention", { lockable: true });
    const lock = { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: inDays(5) };
    const record = { Bucket, ...(await put(stage, Bucket, lock)) };
    const retain = (Mode: "COMPLIANCE" | "GOVERNANCE", days: number, extra: object = {}) =>
      stage.s3.send(
        new PutObjectRetentionCommand({ ...record, Retention: { Mode, RetainUntilDate: inDays(days) }, ...extra }),
      );
    return [
      await probe("shorten", REFUSED, retain("COMPLIANCE", 2)),
      await probe("downgrade", REFUSED, retain("GOVERNANCE", 6, { BypassGovernanceRetention: true })),
      await probe("twin: extend", "ok", retain("COMPLIANCE", 6)),
      await probe("a date in the past", "InvalidArgument 400", retain("COMPLIANCE", -1)),
    ];
  },
};

async function multipart(stage: Stage, Bucket: string): Promise<{ Key: string; VersionId?: string }> {
  const Key = stage.name("parts");
  const { UploadId } = await stage.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const part = { Bucket, Key, UploadId, PartNumber: 1 };
  const { ETag } = await stage.s3.send(new UploadPartCommand({ ...part, Body: "part" }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  const done = await stage.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
  return { Key, VersionId: done.VersionId };
}

const everyWrite: Scenario = {
  name: "every write takes the bucket's default retention",
  controls: ["P11-10c-01", "P11-10c-03", "P11-10a-11"],
  async run(stage) {
    const Bucket = await stage.bucket("default", { locked: true });
    const weak = await stage.bucket("no-default", { versioned: true });
    const single = await put(stage, Bucket);
    const copyOf = async (name: string) => {
      const Key = stage.name("copy");
      await stage.s3.send(new CopyObjectCommand({ Bucket: name, Key, CopySource: `${Bucket}/${single.Key}` }));
      return Key;
    };
    const mode = async (name: string, Key: string) =>
      (await stage.s3.send(new HeadObjectCommand({ Bucket: name, Key }))).ObjectLockMode;
    const parts = await multipart(stage, Bucket);
    return [
      compare("PUT", "COMPLIANCE", await mode(Bucket, single.Key)),
      compare("multipart upload", "COMPLIANCE", await mode(Bucket, parts.Key)),
      compare("copy", "COMPLIANCE", await mode(Bucket, await copyOf(Bucket))),
      await probe("delete the uploaded version", REFUSED, stage.s3.send(new DeleteObjectCommand({ Bucket, ...parts }))),
      compare(
        "mutant: copy into a bucket without lock",
        "no lock",
        (await mode(weak, await copyOf(weak))) ?? "no lock",
      ),
    ];
  },
};

const conditionalCopy: Scenario = {
  name: "a copy on a condition is refused when the destination is otherwise",
  controls: ["P11-10a-09"],
  async run(stage) {
    const Bucket = await stage.bucket("copies", { locked: true });
    const source = await put(stage, Bucket);
    const Key = stage.name("copy");
    const copy = (condition: { IfMatch?: string; IfNoneMatch?: string }, to = Key) =>
      stage.s3.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${source.Key}`, ...condition }));
    const first = await probe("twin: copy to a key that is not there", "ok", copy({ IfNoneMatch: "*" }));
    const { ETag } = await stage.s3.send(new HeadObjectCommand({ Bucket, Key }));
    return [
      first,
      await probe("the same copy again", "PreconditionFailed 412", copy({ IfNoneMatch: "*" })),
      await probe("copy over another content", "PreconditionFailed 412", copy({ IfMatch: `"${"0".repeat(32)}"` })),
      await probe("copy over a key that is not there", "NoSuchKey 404", copy({ IfMatch: ETag! }, stage.name("none"))),
      await probe("twin: copy over this content", "ok", copy({ IfMatch: ETag! })),
      await probe("mutant: no condition", "ok", copy({})),
    ];
  },
};

const shortRetention: Scenario = {
  name: "a retention shorter than the policy's minimum is refused",
  controls: ["P11-10c-03", "P11-10c-13"],
  async run(stage) {
    const limit = { NumericLessThan: { "s3:object-lock-remaining-retention-days": "5" } };
    const Bucket = await stage.bucket("short", {
      lockable: true,
      policy: (arn) => [denyAll(["s3:PutObject", "s3:PutObjectRetention"], `${arn}/*`, limit)],
    });
    const weak = await stage.bucket("short-weak", { lockable: true });
    const write = (bucket: string, days: number) =>
      put(stage, bucket, { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: inDays(days) });
    const record = { Bucket, ...(await write(Bucket, 20)) };
    const retain = (days: number): Promise<unknown> =>
      stage.s3.send(
        new PutObjectRetentionCommand({ ...record, Retention: { Mode: "COMPLIANCE", RetainUntilDate: inDays(days) } }),
      );
    return [
      await probe("PUT with two days", REFUSED, write(Bucket, 2)),
      await probe("twin: PUT with ten days", "ok", write(Bucket, 10)),
      await probe("PutObjectRetention with two days", REFUSED, retain(2)),
      await probe("twin: PutObjectRetention with thirty days", "ok", retain(30)),
      await probe("mutant: no such policy", "ok", write(weak, 2)),
    ];
  },
};

const versioning: Scenario = {
  name: "versioning of a locked bucket cannot be suspended",
  controls: ["P11-10c-04"],
  async run(stage) {
    const suspend = (Bucket: string) =>
      stage.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    const locked = await stage.bucket("versioning", { locked: true });
    const enable = new PutBucketVersioningCommand({ Bucket: locked, VersioningConfiguration: { Status: "Enabled" } });
    return [
      await probe("suspend", "InvalidBucketState 409", suspend(locked)),
      await probe("twin: enable", "ok", stage.s3.send(enable)),
      await probe("mutant: no lock", "ok", suspend(await stage.bucket("unversioning", { versioned: true }))),
    ];
  },
};

const legalHold: Scenario = {
  name: "legal hold holds, and only who may set it can lift it",
  controls: ["P11-10c-14"],
  async run(stage) {
    const Bucket = await stage.bucket("hold", { lockable: true });
    const record = { Bucket, ...(await put(stage, Bucket, { ObjectLockLegalHoldStatus: "ON" })) };
    const clerk = stage.s3As(await stage.session("clerk", [allow(["s3:PutObject", "s3:DeleteObjectVersion"])]));
    const lift = new PutObjectLegalHoldCommand({ ...record, LegalHold: { Status: "OFF" } });
    const held = new PutObjectCommand({ Bucket, Key: "held", Body: "x", ObjectLockLegalHoldStatus: "ON" });
    const probes: Probe[] = [
      await probe("delete the held version", REFUSED, stage.s3.send(new DeleteObjectCommand(record))),
      await probe("lift without the right", REFUSED, clerk.send(lift)),
      await probe("set in a PUT without the right", REFUSED, clerk.send(held)),
      await probe("twin: lift with the right", "ok", stage.s3.send(lift)),
    ];
    return [...probes, await probe("mutant: no hold", "ok", stage.s3.send(new DeleteObjectCommand(record)))];
  },
};

export const objectLockScenarios: readonly Scenario[] = [
  deletion,
  change,
  everyWrite,
  conditionalCopy,
  shortRetention,
  versioning,
  legalHold,
];
