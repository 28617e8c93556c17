// SPDX-License-Identifier: Apache-2.0
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Transcript } from "../../transcript";
import { type Credentials, clientConfig, type Emulator, plainClientConfig } from "../emulator";
import { ADMINISTRATOR_ROLE, assumeRole } from "../principals";

/** An IAM policy statement. */
export type Statement = Record<string, unknown>;

export function policyDocument(...statements: Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export interface BucketOptions {
  /** Object Lock with a COMPLIANCE default of one day. @default false */
  readonly locked?: boolean;
  /** Object Lock without a default retention. @default false */
  readonly lockable?: boolean;
  /** Versioning without Object Lock. @default false */
  readonly versioned?: boolean;
  readonly region?: string;
  /** Default SSE-KMS key. @default SSE-S3 */
  readonly keyArn?: string;
  /** Statements of the bucket policy, from the bucket's ARN. @default no policy */
  readonly policy?: (bucketArn: string) => Statement[];
}

/** Throwaway buckets, keys, roles and clients of one preflight; everything stays in the disposable emulator. */
export class Stage {
  private count = 0;
  /** Every call of every client, as it went over the wire. */
  readonly transcript = new Transcript();
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudwatch: CloudWatchClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  readonly cloudtrail: CloudTrailClient;

  constructor(
    readonly emulator: Emulator,
    readonly administrator: Credentials,
    /** Region of the replica, any other than the emulator's. */
    readonly replicaRegion: string,
    /** Seconds to wait for what must come. */
    readonly patienceSeconds: number,
  ) {
    const config = clientConfig(emulator, administrator);
    this.s3 = this.record(new S3Client(config));
    this.iam = this.record(new IAMClient(config));
    this.logs = this.record(new CloudWatchLogsClient(config));
    this.cloudwatch = this.record(new CloudWatchClient(config));
    this.sns = this.record(new SNSClient(config));
    this.sqs = this.record(new SQSClient(config));
    this.events = this.record(new EventBridgeClient(config));
    this.cloudtrail = this.record(new CloudTrailClient(config));
  }

  get administratorArn(): string {
    return `arn:aws:iam::${this.emulator.accountId}:role/${ADMINISTRATOR_ROLE}`;
  }

  /** Keeps the calls of a client. */
  record<Client extends object>(client: Client, principal = this.administratorArn): Client {
    return this.transcript.attach(client, principal);
  }

  /** A name not used before in this stage. */
  name(purpose: string): string {
    this.count += 1;
    return `preflight-${purpose}-${this.count}`;
  }

  s3As(credentials: Credentials, region?: string): S3Client {
    const principal = credentials === this.administrator ? this.administratorArn : "another principal of the check";
    return this.record(new S3Client(clientConfig(this.emulator, credentials, region)), principal);
  }

  /** An S3 client that signs nothing. */
  anonymous(): S3Client {
    const client = new S3Client({
      ...clientConfig(this.emulator, { accessKeyId: "anonymous", secretAccessKey: "anonymous" }),
      signer: { sign: async (request) => request },
    });
    return this.record(client, "nobody: the request is not signed");
  }

  /** An S3 client over plain HTTP that also sends the given headers. */
  plain(headers: Record<string, string> = {}): S3Client {
    const client = this.record(new S3Client(plainClientConfig(this.emulator, this.administrator)));
    client.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
        return next(args);
      },
      { step: "deserialize" }, // after signing: the claim is an addition that no signature covers
    );
    return client;
  }

  async bucket(purpose: string, options: BucketOptions = {}): Promise<string> {
    const Bucket = this.name(purpose);
    const region = options.region ?? this.emulator.region;
    const s3 = this.s3As(this.administrator, region);
    const location =
      region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as "EU" } };
    const lock = options.locked === true || options.lockable === true;
    await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: lock, ...location }));
    if (options.versioned)
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    if (options.locked) {
      const Rule = { DefaultRetention: { Mode: "COMPLIANCE", Days: 1 } } as const;
      await s3.send(
        new PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule },
        }),
      );
    }
    if (options.keyArn !== undefined) {
      const rule = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: options.keyArn } as const;
      await s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] },
        }),
      );
    }
    if (options.policy !== undefined) {
      const Policy = policyDocument(...options.policy(`arn:aws:s3:::${Bucket}`));
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    }
    return Bucket;
  }

  /** A KMS key whose policy leaves the decision to IAM, plus the given statements. */
  async key(region = this.emulator.region, ...statements: Statement[]): Promise<string> {
    const kms = this.record(new KMSClient(clientConfig(this.emulator, this.administrator, region)));
    const root = { AWS: `arn:aws:iam::${this.emulator.accountId}:root` };
    const account = { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" };
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policyDocument(account, ...statements) }));
    return KeyMetadata!.Arn!;
  }

  /** A role of the account with exactly these statements; trusts the administrator, or the given service. */
  async role(purpose: string, statements: Statement[], service?: string): Promise<{ arn: string; name: string }> {
    const RoleName = this.name(purpose);
    const Principal = service === undefined ? { AWS: this.administratorArn } : { Service: service };
    const { Role } = await this.iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: policyDocument({ Effect: "Allow", Action: "sts:AssumeRole", Principal }),
      }),
    );
    if (statements.length > 0) {
      await this.iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: "rights", PolicyDocument: policyDocument(...statements) }),
      );
    }
    return { arn: Role!.Arn!, name: RoleName };
  }

  /** A session of a new role with exactly these statements. */
  async session(purpose: string, statements: Statement[], sessionPolicy?: string): Promise<Credentials> {
    const { arn, name } = await this.role(purpose, statements);
    return assumeRole(this.emulator, this.administrator, { roleArn: arn, sessionName: name, policy: sessionPolicy });
  }
}

export const allow = (action: string | string[], resource: string | string[] = "*"): Statement => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});

export const denyAll = (action: string | string[], resource: string | string[], condition: object): Statement => ({
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: resource,
  Condition: condition,
});
