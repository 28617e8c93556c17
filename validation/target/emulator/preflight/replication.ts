// SPDX-License-Identifier: Apache-2.0
import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutBucketReplicationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { compare, type Probe, probe, REFUSED, type Scenario } from "./scenario";
import { allow, type Stage, type Statement } from "./stage";

interface Pair {
  readonly source: string;
  readonly target: string;
  readonly targetKey: string;
  readonly role: string;
}

function replicationRights(source: string, target: string): Statement[] {
  const objects = ["GetObjectVersionForReplication", "GetObjectVersionAcl", "GetObjectRetention", "GetObjectLegalHold"];
  return [
    allow(["s3:GetReplicationConfiguration", "s3:ListBucket"], `arn:aws:s3:::${source}`),
    allow(
      objects.map((name) => `s3:${name}`),
      `arn:aws:s3:::${source}/*`,
    ),
    allow("s3:ReplicateObject", `arn:aws:s3:::${target}/*`),
    allow(["kms:Decrypt", "kms:Encrypt"]),
  ];
}

/** A locked source and a destination in the other region, each under its own key, with a replication role. */
async function pair(stage: Stage, targetLocked: boolean): Promise<Pair> {
  const targetKey = await stage.key(stage.replicaRegion);
  const source = await stage.bucket("source", { locked: true, keyArn: await stage.key() });
  const lock = targetLocked ? { lockable: true } : { versioned: true };
  const target = await stage.bucket("replica", { ...lock, keyArn: targetKey, region: stage.replicaRegion });
  const role = await stage.role("replication", replicationRights(source, target), "s3.amazonaws.com");
  await stage.s3.send(
    new PutBucketReplicationCommand({
      Bucket: source,
      ReplicationConfiguration: {
        Role: role.arn,
        Rules: [
          {
            ID: "all",
            Status: "Enabled",
            Priority: 1,
            Filter: {},
            DeleteMarkerReplication: { Status: "Disabled" },
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } },
            Destination: {
              Bucket: `arn:aws:s3:::${target}`,
              EncryptionConfiguration: { ReplicaKmsKeyID: targetKey },
            },
          },
        ],
      },
    }),
  );
  return { source, target, targetKey, role: role.name };
}

const write = (stage: Stage, Bucket: string, Key: string) =>
  stage.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));

async function status(stage: Stage, Bucket: string, Key: string): Promise<string | undefined> {
  return (await stage.s3.send(new HeadObjectCommand({ Bucket, Key }))).ReplicationStatus;
}

const lockedReplica: Scenario = {
  name: "a replica is locked like its source, under its own key",
  controls: ["P11-10c-07", "P11-10c-08", "P11-10c-09", "P11-10e-12"],
  async run(stage) {
    const { source, target, targetKey } = await pair(stage, true);
    const { VersionId } = await write(stage, source, "a");
    const origin = await stage.s3.send(new HeadObjectCommand({ Bucket: source, Key: "a" }));
    const other = stage.s3As(stage.administrator, stage.replicaRegion);
    const replica = await other.send(new HeadObjectCommand({ Bucket: target, Key: "a" }));
    const unlocked = await pair(stage, false);
    await write(stage, unlocked.source, "a");
    return [
      compare("source status", "COMPLETED", origin.ReplicationStatus),
      compare("replica status", "REPLICA", replica.ReplicationStatus),
      compare("replica's version", VersionId, replica.VersionId),
      compare("replica's key", targetKey, replica.SSEKMSKeyId),
      compare("replica's mode", "COMPLIANCE", replica.ObjectLockMode),
      compare("replica's date", origin.ObjectLockRetainUntilDate, replica.ObjectLockRetainUntilDate),
      await probe(
        "delete the replica's version",
        REFUSED,
        other.send(new DeleteObjectCommand({ Bucket: target, Key: "a", VersionId: replica.VersionId })),
      ),
      compare("mutant: destination without lock", "FAILED", await status(stage, unlocked.source, "a")),
    ];
  },
};

const strippedRole: Scenario = {
  name: "replication fails when its role loses its rights",
  controls: ["P11-10c-07", "P11-10c-10", "P11-10c-11"],
  async run(stage) {
    const { source, target, role } = await pair(stage, true);
    await write(stage, source, "before");
    await stage.iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: "rights" }));
    await write(stage, source, "after");
    const other = stage.s3As(stage.administrator, stage.replicaRegion);
    const probes: Probe[] = [
      compare("twin: with rights", "COMPLETED", await status(stage, source, "before")),
      compare("without rights", "FAILED", await status(stage, source, "after")),
    ];
    const absent = other.send(new HeadObjectCommand({ Bucket: target, Key: "after" }));
    return [...probes, await probe("no replica", "NotFound 404", absent)];
  },
};

export const replicationScenarios: readonly Scenario[] = [lockedReplica, strippedRole];
