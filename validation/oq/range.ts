// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { Sessions } from "../target/sessions";
import type { Target } from "../target/target";
import { Transcript } from "../target/transcript";
import type { Checked } from "./challenge";
import { listing } from "./kept-versions";
import { Principal } from "./principal";
import { type Promotion, promote, promoteUnblinded } from "./promotion";
import { Senders } from "./senders";
import type { RoleSubject, StackState } from "./stack-state";

/** Metric of the alarm that is challenged: nothing else in a run raises it. */
export const CHALLENGED_METRIC = "root-use";

export interface PutVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly sha256: string;
}

/**
 * Where challenges are run: the applied landing zone, the disposable challenge stack whose bucket refuses nothing by
 * policy, and a bucket without a lock that this run makes and removes. Sessions and the transcript of every call.
 */
export class Range {
  readonly transcript = new Transcript();
  /** The vendors of the qualification. */
  readonly senders = new Senders(this);
  private readonly sessions = new Sessions<Principal>();
  /** Part of every name that this run makes. */
  readonly run = randomBytes(4).toString("hex");
  private serial = 0;
  private isOpen = false;
  private promoted: Promise<Promotion> | undefined;
  private promotedUnblinded: Promise<Promotion> | undefined;
  /** Settings of the installed system before the first challenge, by name; set by the step that reads them. */
  asFound: ReadonlyMap<string, string> | undefined;

  constructor(
    readonly target: Target,
    readonly zone: StackState,
    readonly challenge: StackState,
    /** ARN of the deploy role: administers, and is refused by bucket policy and lock like everybody. */
    private readonly administratorArn: string,
  ) {}

  get raw(): string {
    return this.zone.bucket("record", "raw");
  }

  get inbox(): string {
    return this.zone.bucket("inbox");
  }

  /** Records that who works blinded must not read. */
  get unblinded(): string {
    return this.zone.bucket("record", "unblinded");
  }

  get challenged(): string {
    return this.challenge.bucket("record");
  }

  /** ARN of the topic whose chain from log to subscriber is challenged. */
  get alarmTopic(): string {
    return this.zone.topicOf(CHALLENGED_METRIC);
  }

  /** Bucket without lock, policy and public access block, for mutants. */
  get unlocked(): string {
    return `${this.challenged.slice(0, 50)}-u-${this.run}`;
  }

  administrator(): Promise<Principal> {
    return this.session("deploy role", this.administratorArn, () => this.target.outsideRole(this.administratorArn));
  }

  writer(): Promise<Principal> {
    return this.assume("writer", this.zone.writer(this.raw));
  }

  /** One of those who push, by its name in stacks/settings/qualification.yaml. @param sender @default - the system that pushes by SDK */
  pusher(sender = "mes-export"): Promise<Principal> {
    return this.assume(`sender ${sender}`, this.pushRole(sender));
  }

  /** Role of one of those who push, and who may take it. */
  pushRole(sender: string): RoleSubject {
    return this.zone.role(this.zone.roleNamed(`-push-${sender}`).split("/").pop()!);
  }

  inspector(): Promise<Principal> {
    return this.assume("inspector", this.zone.roleAllowed("s3:GetObjectVersion", this.raw));
  }

  unblindedReader(): Promise<Principal> {
    return this.assume("reader of unblinded records", this.zone.roleAllowed("s3:GetObjectVersion", this.unblinded));
  }

  custodian(): Promise<Principal> {
    return this.assume("legal-hold custodian", this.zone.roleAllowed("s3:PutObjectLegalHold"));
  }

  challenger(): Promise<Principal> {
    return this.assume("challenger", this.challenge.roleAllowed("s3:DeleteObjectVersion"));
  }

  /** Prefix of every key that this run writes, but for the one that must be refused. */
  get runPrefix(): string {
    return `${this.zone.writer(this.raw).prefix}oq/${this.run}/`;
  }

  /** A key nobody has used yet, below the writer's own prefix. */
  freshKey(label: string): string {
    this.serial += 1;
    return `${this.runPrefix}${this.serial}-${label}.csv`;
  }

  /** Puts one object and answers with its version and the SHA-256 of what was sent. */
  async put(
    by: Principal,
    bucket: string,
    key: string,
    extra: Partial<PutObjectCommandInput> = {},
  ): Promise<PutVersion> {
    const body = extra.Body ?? `subject,visit,value\n001,1,${this.run}-${this.serial}\n`;
    const { VersionId } = await by.s3().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...extra }));
    const sha256 = createHash("sha256")
      .update(body as string)
      .digest("hex");
    return { bucket, key, versionId: String(VersionId), sha256 };
  }

  /** Reads the version and holds its bytes against those that were put. */
  async readable(by: Principal, put: PutVersion, region?: string): Promise<Checked> {
    const command = new GetObjectCommand({ Bucket: put.bucket, Key: put.key, VersionId: put.versionId });
    const { Body } = await by.s3(region ? { region } : {}).send(command);
    const bytes = await Body!.transformToByteArray();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { ok: sha256 === put.sha256, seen: `version ${put.versionId} of ${put.bucket}, SHA-256 ${sha256}` };
  }

  head(by: Principal, put: PutVersion, region?: string) {
    const command = new HeadObjectCommand({ Bucket: put.bucket, Key: put.key, VersionId: put.versionId });
    return by.s3(region ? { region } : {}).send(command);
  }

  /** The upload of this run that became a record: made once, for every step that asks for one. */
  promotion(): Promise<Promotion> {
    this.promoted ??= promote(this, `OQ_${this.run}.csv`);
    return this.promoted;
  }

  /** The upload of this run that became an unblinded record. No file says by its name what stands in it. */
  unblindedPromotion(): Promise<Promotion> {
    this.promotedUnblinded ??= promoteUnblinded(this, `ARM_${this.run}.csv`);
    return this.promotedUnblinded;
  }

  /** Makes the bucket without a lock. */
  async open(): Promise<void> {
    this.isOpen = true;
    const s3 = (await this.administrator()).s3();
    const LocationConstraint = this.target.region as never;
    await s3.send(
      new CreateBucketCommand({ Bucket: this.unlocked, CreateBucketConfiguration: { LocationConstraint } }),
    );
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: this.unlocked, VersioningConfiguration: { Status: "Enabled" } }),
    );
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: this.unlocked }));
  }

  /** Removes it again with everything in it, and the keys of senders; once. Locked objects elsewhere stay until their day is over. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    await this.senders.remove();
    const s3 = (await this.administrator()).s3();
    const { versions, deleteMarkers } = await listing(s3, this.unlocked);
    for (const { key: Key, versionId: VersionId } of [...versions, ...deleteMarkers])
      await s3.send(new DeleteObjectCommand({ Bucket: this.unlocked, Key, VersionId }));
    await s3.send(new DeleteBucketCommand({ Bucket: this.unlocked }));
    this.isOpen = false;
  }

  /** Session of a role, opened by the principal that the role trusts. */
  assume(name: string, subject: RoleSubject): Promise<Principal> {
    return this.session(name, subject.roleArn, async () => {
      const outside = await this.target.outsideRole(subject.trustedBy);
      return this.target.assumeRole(outside, subject.roleArn, `oq-${this.run}`);
    });
  }

  private session(name: string, arn: string, open: () => ReturnType<Target["outsideRole"]>): Promise<Principal> {
    return this.sessions.get(arn, async () => new Principal(name, arn, await open(), this.target, this.transcript));
  }
}
