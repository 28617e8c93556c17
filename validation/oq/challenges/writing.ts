// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { type Challenge, expectAnswer, expectRefusal } from "../challenge";
import { BY_BUCKET_POLICY, BY_IDENTITY_POLICY, refusalText } from "../refusal";
import { putUnsigned } from "../unsigned-put";

const DAY = 86_400_000;
/** A key outside every writer's prefix. */
export const OUTSIDE_KEY = "clinical/inbound/raw/somebody-else/oq.csv";

/** What a writer may do, and what refuses everything else. */
export const writingChallenges: readonly Challenge[] = [
  defaultRetention(),
  plainHttp(),
  namedKey(),
  otherEncryption(),
  outsidePrefix(),
  read(),
  list(),
  wrongChecksum(),
  unhashed(),
];

function defaultRetention(): Challenge {
  const title = "A new object is locked and encrypted without being asked for";
  return {
    step: {
      id: "OQ-write-default-retention",
      title,
      controls: ["P11-10c-02", "P11-10c-03", "P11-30-02"],
      requirements: ["URS-009", "URS-011"],
      clauses: ["11.10(c)", "11.30"],
      kind: "positive",
      principal: "writer role of the raw bucket",
      action: "PutObject below the writer's prefix, without lock or encryption headers; HeadObject by the inspector",
      expected: "COMPLIANCE, retain-until one day after receipt, aws:kms with the bucket's own key",
      acceptance: "mode, date (within a minute) and key ARN are as configured",
    },
    async run(range) {
      const writer = await range.writer();
      return expectAnswer(writer, title, async () => {
        const put = await range.put(writer, range.raw, range.freshKey("default"));
        const head = await range.head(await range.inspector(), put);
        const lateBy = Number(head.ObjectLockRetainUntilDate) - Date.now() - DAY;
        const locked = head.ObjectLockMode === "COMPLIANCE" && Math.abs(lateBy) < 60_000;
        const {
          ServerSideEncryption: encryption,
          SSEKMSKeyId: key,
          ObjectLockMode: mode,
          ObjectLockRetainUntilDate: until,
        } = head;
        const ok = locked && encryption === "aws:kms" && key === range.zone.keyOf(range.raw);
        return { ok, seen: `${mode} until ${until?.toISOString()}, ${encryption} with ${key}` };
      });
    },
  };
}

function plainHttp(): Challenge {
  const title = "A PUT over plain HTTP is refused";
  return {
    step: {
      id: "OQ-write-plain-http",
      title,
      controls: ["P11-30-01"],
      requirements: ["URS-011"],
      clauses: ["11.30"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_BUCKET_POLICY.layer,
      action: "PutObject below the writer's prefix over http://",
      expected: refusalText(BY_BUCKET_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "the same PutObject over https",
      mutant: "PutObject over http into the bucket whose policy refuses nothing",
    },
    async run(range) {
      const writer = await range.writer();
      const challenger = await range.challenger();
      const put = (principal: typeof writer, Bucket: string, plain: boolean) =>
        principal.s3({ plain }).send(new PutObjectCommand({ Bucket, Key: range.freshKey("http"), Body: "a,b\n" }));
      return expectRefusal(title, {
        principal: writer,
        expected: BY_BUCKET_POLICY,
        call: () => put(writer, range.raw, true),
        twin: () => put(writer, range.raw, false),
        mutant: () => put(challenger, range.challenged, true),
      });
    },
  };
}

function namedKey(): Challenge {
  const title = "A PUT that names another key is refused";
  return {
    step: {
      id: "OQ-write-other-key",
      title,
      controls: ["P11-30-02"],
      requirements: ["URS-011"],
      clauses: ["11.30"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_BUCKET_POLICY.layer,
      action:
        "PutObject into the raw bucket with x-amz-server-side-encryption-aws-kms-key-id of the audit bucket's key",
      expected: refusalText(BY_BUCKET_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "PutObject that names no key: it is encrypted with the bucket's own",
      mutant: "PutObject that names another key into the bucket whose policy refuses nothing, by the deploy role",
    },
    async run(range) {
      const [writer, administrator] = [await range.writer(), await range.administrator()];
      const key = {
        ServerSideEncryption: "aws:kms",
        SSEKMSKeyId: range.zone.keyOf(range.zone.bucket("audit")),
      } as const;
      return expectRefusal(title, {
        principal: writer,
        expected: BY_BUCKET_POLICY,
        call: () => range.put(writer, range.raw, range.freshKey("other-key"), key),
        twin: async () => {
          const put = await range.put(writer, range.raw, range.freshKey("own-key"));
          const { SSEKMSKeyId: used } = await range.head(await range.inspector(), put);
          return { ok: used === range.zone.keyOf(range.raw), seen: `encrypted with ${used}` };
        },
        mutant: () => range.put(administrator, range.challenged, range.freshKey("other-key"), key),
      });
    },
  };
}

function otherEncryption(): Challenge {
  const title = "A PUT that asks for other encryption is refused";
  return {
    step: {
      id: "OQ-write-other-encryption",
      title,
      controls: ["P11-30-02"],
      requirements: ["URS-011"],
      clauses: ["11.30"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_BUCKET_POLICY.layer,
      action: "PutObject with x-amz-server-side-encryption: AES256",
      expected: refusalText(BY_BUCKET_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "PutObject with x-amz-server-side-encryption: aws:kms and no key",
      mutant: "PutObject with AES256 into the bucket whose policy refuses nothing",
    },
    async run(range) {
      const writer = await range.writer();
      const challenger = await range.challenger();
      return expectRefusal(title, {
        principal: writer,
        expected: BY_BUCKET_POLICY,
        call: () => range.put(writer, range.raw, range.freshKey("aes"), { ServerSideEncryption: "AES256" }),
        twin: () => range.put(writer, range.raw, range.freshKey("kms"), { ServerSideEncryption: "aws:kms" }),
        mutant: () =>
          range.put(challenger, range.challenged, range.freshKey("aes"), { ServerSideEncryption: "AES256" }),
      });
    },
  };
}

function outsidePrefix(): Challenge {
  const title = "A writer cannot put outside its prefix";
  const outside = OUTSIDE_KEY;
  return {
    step: {
      id: "OQ-write-outside-prefix",
      title,
      controls: ["P11-10d-15", "P11-10f-01"],
      requirements: ["URS-003", "URS-006"],
      clauses: ["11.10(d)", "11.10(g)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_IDENTITY_POLICY.layer,
      action: `PutObject of ${outside} into the raw bucket`,
      expected: refusalText(BY_IDENTITY_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "PutObject below the own prefix",
      mutant: "the same key put by a role that is allowed every S3 call",
    },
    async run(range) {
      const writer = await range.writer();
      const challenger = await range.challenger();
      return expectRefusal(title, {
        principal: writer,
        expected: BY_IDENTITY_POLICY,
        call: () => range.put(writer, range.raw, outside),
        twin: () => range.put(writer, range.raw, range.freshKey("inside")),
        mutant: () => range.put(challenger, range.raw, outside),
      });
    },
  };
}

function read(): Challenge {
  const title = "A writer cannot read, not even what it wrote";
  return {
    step: {
      id: "OQ-write-get",
      title,
      controls: ["P11-10d-15", "P11-10d-19", "P11-10g-01"],
      requirements: ["URS-003"],
      clauses: ["11.10(d)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_BUCKET_POLICY.layer,
      action: "GetObject of an object that it has just written",
      expected: refusalText(BY_BUCKET_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "GetObject of the same version by the inspector gives the same SHA-256",
      mutant: "GetObject by a role that is allowed every S3 call, of the bucket whose policy refuses nothing",
    },
    async run(range) {
      const writer = await range.writer();
      const put = await range.put(writer, range.raw, range.freshKey("unreadable"));
      const get = { Bucket: put.bucket, Key: put.key };
      const [inspector, challenger] = [await range.inspector(), await range.challenger()];
      return expectRefusal(title, {
        principal: writer,
        expected: BY_BUCKET_POLICY,
        call: () => writer.s3().send(new GetObjectCommand(get)),
        twin: () => range.readable(inspector, put),
        mutant: async () =>
          range.readable(challenger, await range.put(challenger, range.challenged, range.freshKey("readable"))),
      });
    },
  };
}

function list(): Challenge {
  const title = "A writer cannot list";
  return {
    step: {
      id: "OQ-write-list",
      title,
      controls: ["P11-10d-15"],
      requirements: ["URS-003"],
      clauses: ["11.10(d)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_IDENTITY_POLICY.layer,
      action: "ListObjectsV2 of the raw bucket",
      expected: refusalText(BY_IDENTITY_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "ListObjectsV2 by the inspector",
      mutant: "ListObjectsV2 by a role that is allowed every S3 call",
    },
    async run(range) {
      const writer = await range.writer();
      const [inspector, challenger] = [await range.inspector(), await range.challenger()];
      const ask = (principal: typeof writer) =>
        principal.s3().send(new ListObjectsV2Command({ Bucket: range.raw, MaxKeys: 1 }));
      return expectRefusal(title, {
        principal: writer,
        expected: BY_IDENTITY_POLICY,
        call: () => ask(writer),
        twin: () => ask(inspector),
        mutant: () => ask(challenger),
      });
    },
  };
}

function wrongChecksum(): Challenge {
  const title = "Bytes that do not match the sender's SHA-256 are refused";
  const refused = { layer: "S3 checksum validation", status: 400, code: "BadDigest" } as const;
  const digest = (text: string) => createHash("sha256").update(text).digest("base64");
  return {
    step: {
      id: "OQ-write-checksum",
      title,
      controls: [],
      requirements: ["URS-022"],
      clauses: ["11.10(a)", "11.10(f)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: refused.layer,
      action: "PutObject with x-amz-checksum-sha256 of other bytes",
      expected: refusalText(refused),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "PutObject with the right SHA-256",
      mutant: "the same bytes without x-amz-checksum-sha256: the hash in their signature is that of what is sent",
    },
    async run(range) {
      const writer = await range.writer();
      const put = (ChecksumSHA256?: string) =>
        range.put(writer, range.raw, range.freshKey("checksum"), {
          Body: "sent",
          ...(ChecksumSHA256 ? { ChecksumSHA256 } : {}),
        });
      return expectRefusal(title, {
        principal: writer,
        expected: refused,
        call: () => put(digest("meant")),
        twin: () => put(digest("sent")),
        mutant: () => put(),
      });
    },
  };
}

function unhashed(): Challenge {
  const title = "A writer of records cannot send bytes whose SHA-256 it does not sign";
  return {
    step: {
      id: "OQ-write-unhashed",
      title,
      controls: [],
      requirements: ["URS-003", "URS-006", "URS-022"],
      clauses: ["11.10(a)", "11.10(d)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: BY_IDENTITY_POLICY.layer,
      action: "PutObject below the writer's prefix with x-amz-content-sha256 UNSIGNED-PAYLOAD",
      expected: refusalText(BY_IDENTITY_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "PutObject with the signed SHA-256 of its bytes by the same role",
      mutant: "the same call by a role that is allowed every S3 call",
    },
    async run(range) {
      const [writer, challenger] = [await range.writer(), await range.challenger()];
      return expectRefusal(title, {
        principal: writer,
        expected: BY_IDENTITY_POLICY,
        call: () => putUnsigned(writer, range.raw, range.freshKey("unsigned")),
        twin: () => range.put(writer, range.raw, range.freshKey("signed")),
        mutant: () => putUnsigned(challenger, range.raw, range.freshKey("unsigned-mutant")),
      });
    },
  };
}
