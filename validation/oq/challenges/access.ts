// SPDX-License-Identifier: Apache-2.0
import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
} from "@aws-sdk/client-s3";
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3-control";
import { sha256Hex } from "../../json";
import { type Call, type Challenge, type Checked, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import type { PutVersion, Range } from "../range";
import { BY_BUCKET_POLICY, BY_IDENTITY_POLICY, refusalText } from "../refusal";
import { changedFor, type Setting } from "../restore";

/** Who may read, hold, open or weaken. */
export const accessChallenges: readonly Challenge[] = [
  publicPolicy(),
  weakenLock(),
  deleteMarker(),
  inspectorWrites(),
  legalHold(),
];

function publicPolicy(): Challenge {
  const title = "A public bucket policy is refused";
  const refused = { layer: "public access block", status: 403, code: "AccessDenied" } as const;
  const open = (principal: Principal, Bucket: string) => {
    const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [everybody] });
    return principal.s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
  };
  return {
    step: {
      id: "OQ-access-public-policy",
      title,
      controls: ["P11-10d-01"],
      requirements: ["URS-009"],
      clauses: ["11.10(d)"],
      kind: "negative",
      principal: "deploy role, which may change the policy",
      layer: refused.layer,
      action: "PutBucketPolicy that lets everybody read the raw bucket",
      expected: `${refusalText(refused)}; the policy is unchanged`,
      acceptance: "refused, policy unchanged, twin allowed, mutant goes through",
      twin: "PutBucketPolicy with the policy that is there",
      mutant:
        "the same public policy on a bucket without a public access block, while the account's is lifted for the call; it is put back and read again",
    },
    async run(range) {
      const administrator = await range.administrator();
      const policy = async () =>
        (await administrator.s3().send(new GetBucketPolicyCommand({ Bucket: range.raw }))).Policy!;
      const before = await policy();
      return expectRefusal(title, {
        principal: administrator,
        expected: refused,
        call: () => open(administrator, range.raw),
        unchanged: async () => {
          const after = await policy();
          const same = after === before ? "the same as before" : `before ${sha256Hex(before)}`;
          return { ok: after === before, seen: `policy of ${range.raw} with SHA-256 ${sha256Hex(after)}, ${same}` };
        },
        twin: () => administrator.s3().send(new PutBucketPolicyCommand({ Bucket: range.raw, Policy: before })),
        mutant: () => withoutAccountBlock(range, administrator, () => open(administrator, range.unlocked)),
      });
    },
  };
}

/** Lifts the account-wide block for one call and puts it back as it was. */
function withoutAccountBlock(range: Range, administrator: Principal, call: Call): Promise<Checked> {
  const account = { AccountId: range.target.accountId };
  const s3Control = administrator.s3Control();
  const block: Setting = {
    name: "the account's public access block",
    read: async () => {
      const answer = await s3Control.send(new GetPublicAccessBlockCommand(account));
      return JSON.stringify(answer.PublicAccessBlockConfiguration);
    },
    change: () => s3Control.send(new DeletePublicAccessBlockCommand(account)),
    restore: (before) =>
      s3Control.send(
        new PutPublicAccessBlockCommand({ ...account, PublicAccessBlockConfiguration: JSON.parse(before) }),
      ),
  };
  return changedFor(block, call);
}

function weakenLock(): Challenge {
  const title = "The default retention cannot be removed, even with every S3 right";
  const refused = BY_BUCKET_POLICY;
  const current = async (principal: Principal, Bucket: string) =>
    (await principal.s3().send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration!;
  const remove = (principal: Principal, Bucket: string) => {
    const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" } as const;
    return principal.s3().send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  };
  return {
    step: {
      id: "OQ-access-weaken-lock",
      title,
      controls: ["P11-10c-12", "P11-10c-13"],
      requirements: ["URS-009", "URS-021"],
      clauses: ["11.10(c)", "11.10(g)"],
      kind: "negative",
      principal: "challenger, allowed every S3 call",
      layer: refused.layer,
      action: "PutObjectLockConfiguration without a default retention on the raw bucket",
      expected: `${refusalText(refused)}; the default retention is unchanged`,
      acceptance: "refused, configuration unchanged, twin allowed, mutant goes through",
      twin: "GetObjectLockConfiguration of the raw bucket by the same principal",
      mutant: "the same call on the bucket whose policy refuses nothing; its rule is put back and read again",
    },
    async run(range) {
      const challenger = await range.challenger();
      const before = JSON.stringify(await current(challenger, range.raw));
      return expectRefusal(title, {
        principal: challenger,
        expected: refused,
        call: () => remove(challenger, range.raw),
        unchanged: async () => {
          const after = JSON.stringify(await current(challenger, range.raw));
          return { ok: after === before, seen: after === before ? after : `${after}, before ${before}` };
        },
        twin: async () => ({ ok: true, seen: JSON.stringify(await current(challenger, range.raw)) }),
        mutant: () => {
          const rule: Setting = {
            name: `the lock configuration of ${range.challenged}`,
            read: async () => JSON.stringify(await current(challenger, range.challenged)),
            restore: (was) => {
              const input = { Bucket: range.challenged, ObjectLockConfiguration: JSON.parse(was) };
              return challenger.s3().send(new PutObjectLockConfigurationCommand(input));
            },
          };
          return changedFor(rule, () => remove(challenger, range.challenged));
        },
      });
    },
  };
}

function deleteMarker(): Challenge {
  const title = "A delete marker cannot be taken away, even with every S3 right";
  const refused = BY_BUCKET_POLICY;
  const mark = async (principal: Principal, bucket: string, key: string) => {
    const { VersionId } = await principal.s3().send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    return { Bucket: bucket, Key: key, VersionId };
  };
  return {
    step: {
      id: "OQ-access-delete-marker",
      title,
      controls: ["P11-10c-13"],
      requirements: ["URS-009", "URS-021"],
      clauses: ["11.10(c)", "11.10(e)"],
      kind: "negative",
      principal: "challenger, allowed every S3 call",
      layer: refused.layer,
      action:
        "DeleteObject in the raw bucket, then DeleteObject with the version id of the delete marker, which no lock protects",
      expected: refusalText(refused),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "GetObject of the version below the marker by the inspector gives its SHA-256",
      mutant: "the same two calls on the bucket whose policy refuses nothing",
    },
    async run(range) {
      const challenger = await range.challenger();
      const put = await range.put(await range.writer(), range.raw, range.freshKey("marked"));
      const other = await range.put(challenger, range.challenged, range.freshKey("marked"));
      const marker = await mark(challenger, put.bucket, put.key);
      const otherMarker = await mark(challenger, other.bucket, other.key);
      return expectRefusal(title, {
        principal: challenger,
        expected: refused,
        call: () => challenger.s3().send(new DeleteObjectCommand(marker)),
        twin: async () => range.readable(await range.inspector(), put),
        mutant: () => challenger.s3().send(new DeleteObjectCommand(otherMarker)),
      });
    },
  };
}

function inspectorWrites(): Challenge {
  const title = "The inspector reads versions with their lock and cannot write";
  const refused = BY_IDENTITY_POLICY;
  return {
    step: {
      id: "OQ-access-inspector",
      title,
      controls: ["P11-10b-01"],
      requirements: ["URS-018", "URS-020"],
      clauses: ["11.10(b)", "11.10(d)"],
      kind: "negative",
      principal: "inspector role",
      layer: refused.layer,
      action: "PutObject into the raw bucket",
      expected: refusalText(refused),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "GetObject of a version gives its SHA-256, HeadObject its retention",
      mutant: "the same PutObject by a role that is allowed every S3 call",
    },
    async run(range) {
      const inspector = await range.inspector();
      const challenger = await range.challenger();
      const put = await range.put(await range.writer(), range.raw, range.freshKey("inspected"));
      return expectRefusal(title, {
        principal: inspector,
        expected: refused,
        call: () => range.put(inspector, range.raw, range.freshKey("inspector")),
        twin: async () => {
          const { ObjectLockRetainUntilDate: until } = await range.head(inspector, put);
          const read = await range.readable(inspector, put);
          return { ok: read.ok && until !== undefined, seen: `${read.seen}, retained until ${until?.toISOString()}` };
        },
        mutant: () => range.put(challenger, range.raw, range.freshKey("inspector")),
      });
    },
  };
}

function legalHold(): Challenge {
  const title = "Only the custodian sets a legal hold";
  const refused = BY_IDENTITY_POLICY;
  return {
    step: {
      id: "OQ-access-legal-hold",
      title,
      controls: ["P11-10c-14"],
      requirements: ["URS-009"],
      clauses: ["11.10(c)", "11.10(g)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: refused.layer,
      action: "PutObjectLegalHold ON for an object that it has written",
      expected: `${refusalText(refused)}; no hold`,
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "the custodian sets the hold, sees it, lifts it, and sees it lifted",
      mutant: "the same by a role that is allowed every S3 call, in the challenge bucket",
    },
    async run(range) {
      const [writer, custodian] = [await range.writer(), await range.custodian()];
      const [inspector, challenger] = [await range.inspector(), await range.challenger()];
      const put = await range.put(writer, range.raw, range.freshKey("held"));
      const other = await range.put(challenger, range.challenged, range.freshKey("held"));
      return expectRefusal(title, {
        principal: writer,
        expected: refused,
        call: () => hold(writer, put, "ON"),
        unchanged: async () => {
          const { ObjectLockLegalHoldStatus: status = "none" } = await range.head(inspector, put);
          return { ok: status !== "ON", seen: `legal hold ${status}` };
        },
        twin: () => holdAndLift(custodian, put),
        mutant: () => holdAndLift(challenger, other),
      });
    },
  };
}

function hold(by: Principal, { bucket, key, versionId }: PutVersion, Status: "ON" | "OFF") {
  const input = { Bucket: bucket, Key: key, VersionId: versionId, LegalHold: { Status } };
  return by.s3().send(new PutObjectLegalHoldCommand(input));
}

/** Sets a hold and lifts it, and reads after each. */
async function holdAndLift(by: Principal, version: PutVersion): Promise<Checked> {
  const status = async () => {
    const input = { Bucket: version.bucket, Key: version.key, VersionId: version.versionId };
    const { LegalHold } = await by.s3().send(new GetObjectLegalHoldCommand(input));
    return LegalHold?.Status;
  };
  await hold(by, version, "ON");
  const held = await status();
  await hold(by, version, "OFF");
  const lifted = await status();
  return { ok: held === "ON" && lifted === "OFF", seen: `legal hold ${held}, then ${lifted}` };
}
