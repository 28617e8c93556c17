// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from "node:crypto";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { Sessions } from "../../target/sessions";
import type { Target } from "../../target/target";
import { Transcript } from "../../target/transcript";
import type { Checked } from "../challenge";
import { Principal } from "../principal";
import type { PutVersion } from "../range";
import type { StackState } from "../stack-state";

/** A bucket as it was installed. */
export interface InstalledBucket {
  readonly name: string;
  readonly region: string;
}

/** A version in a bucket of some region. */
export interface SiteVersion extends PutVersion {
  readonly region: string;
}

const DAY = 86_400_000;

/**
 * Where challenges of a stack are run that these modules did not make: the applied stack, and two buckets of this run for mutants, one
 * without a lock and one whose versions are locked in GOVERNANCE. Sessions and the transcript of every call.
 */
export class Site {
  readonly transcript = new Transcript();
  /** Part of every name that this run makes. */
  readonly run = randomBytes(4).toString("hex");
  private readonly sessions = new Sessions<Principal>();
  private serial = 0;
  private isOpen = false;

  constructor(
    readonly target: Target,
    readonly state: StackState,
    /** ARN of the role that applied the stack: allowed everything here, and refused by bucket policy and lock like everybody. */
    private readonly deployerArn: string,
  ) {}

  /** Bucket of this run without lock, policy and public access block. */
  get unlocked(): InstalledBucket {
    return { name: `part11-${this.target.accountId}-u-${this.run}`, region: this.target.region };
  }

  /** Bucket of this run whose versions take a lock of their own. */
  private get governed(): InstalledBucket {
    return { name: `part11-${this.target.accountId}-g-${this.run}`, region: this.target.region };
  }

  /** @throws SUBJECT_NOT_FOUND */
  bucket(address: string): InstalledBucket {
    const found = this.state.ofType("aws_s3_bucket").filter((one) => one.address === address);
    const { values } = this.state.only(found, `bucket ${address}`);
    return { name: String(values.bucket), region: String(values.region) };
  }

  deployer(): Promise<Principal> {
    const { target, transcript, deployerArn: arn } = this;
    return this.sessions.get(
      arn,
      async () => new Principal("deploy role", arn, await target.outsideRole(arn), target, transcript),
    );
  }

  /** A key nobody has used yet. */
  freshKey(label: string): string {
    this.serial += 1;
    return `part11-oq/${this.run}/${this.serial}-${label}.csv`;
  }

  async put(
    by: Principal,
    { name, region }: InstalledBucket,
    key: string,
    extra: Partial<PutObjectCommandInput> = {},
  ): Promise<SiteVersion> {
    const body = `subject,visit,value\n001,1,${this.run}-${this.serial}-${key.length}\n`;
    const input = { Bucket: name, Key: key, Body: body, ...extra };
    const { VersionId } = await by.s3({ region }).send(new PutObjectCommand(input));
    const sha256 = createHash("sha256").update(String(input.Body)).digest("hex");
    return { bucket: name, region, key, versionId: String(VersionId), sha256 };
  }

  /** Reads the version and holds its bytes against those that were put. */
  async readable(by: Principal, { bucket, region, key, versionId, sha256 }: SiteVersion): Promise<Checked> {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
    const { Body } = await by.s3({ region }).send(command);
    const got = createHash("sha256")
      .update(await Body!.transformToByteArray())
      .digest("hex");
    return { ok: got === sha256, seen: `version ${versionId} of ${bucket}, SHA-256 ${got}` };
  }

  /** A version that nothing protects. */
  async unlockedVersion(): Promise<SiteVersion> {
    return this.put(await this.deployer(), this.unlocked, this.freshKey("unlocked"));
  }

  /** A version that a GOVERNANCE lock of a day protects, from everybody but who may bypass it. */
  async governanceVersion(): Promise<SiteVersion> {
    return this.put(await this.deployer(), this.governed, this.freshKey("governance"), {
      ObjectLockMode: "GOVERNANCE",
      ObjectLockRetainUntilDate: new Date(Date.now() + DAY),
    });
  }

  /** Makes the two buckets of this run. */
  async open(): Promise<void> {
    this.isOpen = true;
    const { region } = this.target;
    const s3 = (await this.deployer()).s3({ region });
    for (const [{ name: Bucket }, ObjectLockEnabledForBucket] of [
      [this.unlocked, false],
      [this.governed, true],
    ] as const) {
      const LocationConstraint = region as BucketLocationConstraint;
      const place = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint } };
      await s3.send(new CreateBucketCommand({ Bucket, ...place, ObjectLockEnabledForBucket }));
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
      await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    }
  }

  /** Removes the bucket without a lock again. What is locked, in the stack's buckets and in that of this run, stays until its day is over. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    const Bucket = this.unlocked.name;
    const s3 = (await this.deployer()).s3({ region: this.target.region });
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
    await s3.send(new DeleteBucketCommand({ Bucket }));
    this.isOpen = false;
  }
}
