// SPDX-License-Identifier: Apache-2.0
import { GetObjectRetentionCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { statementTakenOut } from "../bucket-policy";
import { type Call, type Challenge, type Checked, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import type { PutVersion, Range } from "../range";
import { BY_BUCKET_POLICY, refusalText } from "../refusal";
import { changedFor } from "../restore";

/** Who may read what is unblinded reads nothing else, and nobody else reads it. */
export const unblindedReadingChallenges: readonly Challenge[] = [
  reading({
    id: "OQ-unblinded-inspector",
    title: "The inspector cannot read an unblinded record",
    controls: ["P11-10g-01"],
    principal: "inspector role",
    action: "GetObject of the record of OQ-unblinded-promoted",
    by: (range) => range.inspector(),
    version: recordOf,
    twin: "the inspector reads a blinded record, and sees the unblinded one's lock",
    allowed: async (range, inspector, version) => {
      const read = await range.readable(inspector, await blindedOf(range));
      const lock = await lockOf(inspector, version);
      return { ok: read.ok && lock.ok, seen: `${read.seen}; ${lock.seen}` };
    },
    mutant: "the same GetObject by the reader role, which the policy leaves out",
    through: (range, version) => async () => range.readable(await range.unblindedReader(), version),
  }),
  reading({
    id: "OQ-unblinded-every-right",
    title: "Whoever is allowed every call cannot read an unblinded record",
    controls: ["P11-10d-19"],
    principal: "challenger, allowed every S3 call",
    action: "GetObject of the record of OQ-unblinded-promoted",
    by: (range) => range.challenger(),
    version: recordOf,
    twin: "the same principal lists the version",
    allowed: listed,
    mutant: "the same GetObject while DenyReadingByOthers is out of the bucket's policy; it is put back and read again",
    through: (range, version) => async () => {
      const challenger = await range.challenger();
      const policy = await statementTakenOut(range, range.unblinded, "DenyReadingByOthers");
      return changedFor(policy, () => range.readable(challenger, version));
    },
  }),
  reading({
    id: "OQ-unblinded-inbox",
    title: "The inspector, who reads the inbox, cannot read an unblinded file in it",
    principal: "inspector role",
    action: "GetObject of the file of OQ-unblinded-promoted as it was received",
    by: (range) => range.inspector(),
    version: async (range) => (await range.unblindedPromotion()).sent,
    twin: "the inspector reads a blinded file in the inbox",
    allowed: async (range, inspector) => range.readable(inspector, (await range.promotion()).sent),
    mutant:
      "the same GetObject while DenyReadingUnblinded is out of the bucket's policy; it is put back and read again",
    through: (range, version) => async () => {
      const inspector = await range.inspector();
      const policy = await statementTakenOut(range, range.inbox, "DenyReadingUnblinded");
      return changedFor(policy, () => range.readable(inspector, version));
    },
  }),
  reading({
    id: "OQ-unblinded-reader",
    title: "The reader of unblinded records cannot read a blinded one",
    controls: ["P11-10g-01"],
    principal: "reader role of unblinded records",
    action: "GetObject of the record of OQ-sftp-promoted",
    by: (range) => range.unblindedReader(),
    version: blindedOf,
    twin: "the same principal reads the unblinded record",
    allowed: async (range, reader) => range.readable(reader, await recordOf(range)),
    mutant: "the same GetObject by the inspector, whom the policy leaves out",
    through: (range, version) => async () => range.readable(await range.inspector(), version),
  }),
];

interface Reading {
  readonly id: string;
  readonly title: string;
  /** Controls of the gate that it shows at work. @default - none */
  readonly controls?: readonly string[];
  readonly principal: string;
  readonly action: string;
  readonly twin: string;
  readonly mutant: string;
  by(range: Range): Promise<Principal>;
  version(range: Range): Promise<PutVersion>;
  allowed(range: Range, by: Principal, version: PutVersion): Promise<Checked>;
  through(range: Range, version: PutVersion): Call;
}

function reading({ id, title, controls = [], principal, action, twin, mutant, ...one }: Reading): Challenge {
  return {
    step: {
      id,
      title,
      controls,
      requirements: ["URS-003", "URS-008"],
      clauses: ["11.10(d)", "11.10(g)"],
      kind: "negative",
      principal,
      layer: BY_BUCKET_POLICY.layer,
      action,
      expected: refusalText(BY_BUCKET_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin,
      mutant,
    },
    async run(range) {
      const [by, version] = [await one.by(range), await one.version(range)];
      return expectRefusal(title, {
        principal: by,
        expected: BY_BUCKET_POLICY,
        call: () => range.readable(by, version),
        twin: () => one.allowed(range, by, version),
        mutant: one.through(range, version),
      });
    },
  };
}

/** @throws where the upload has not become a record, so that the step is BLOCKED */
async function recordOf(range: Range): Promise<PutVersion> {
  return made((await range.unblindedPromotion()).record);
}

async function blindedOf(range: Range): Promise<PutVersion> {
  return made((await range.promotion()).record);
}

function made(record: PutVersion | undefined): PutVersion {
  if (!record) throw new Error("the upload has not become a record");
  return record;
}

async function lockOf(by: Principal, { bucket, key, versionId }: PutVersion): Promise<Checked> {
  const command = new GetObjectRetentionCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  const { Mode, RetainUntilDate } = (await by.s3().send(command)).Retention ?? {};
  return { ok: Mode === "COMPLIANCE", seen: `${Mode} until ${RetainUntilDate?.toISOString()}` };
}

async function listed(_: Range, by: Principal, { bucket, key, versionId }: PutVersion): Promise<Checked> {
  const { Versions = [] } = await by.s3().send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
  const there = Versions.some(({ VersionId }) => VersionId === versionId);
  return { ok: there, seen: `${Versions.length} versions, ${there ? "the record" : "NOT the record"} among them` };
}
