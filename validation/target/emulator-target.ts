// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Part11Error } from "../error";
import {
  assumeRole,
  type Credentials,
  clientConfig,
  type Emulator,
  plainClientConfig,
  type SftpAddress,
  s3ControlClientConfig,
} from "./emulator";
import { zipOf } from "./emulator/preflight/zip";
import type { OutsideCode } from "./outside-code";
import type { OutsidePrincipals } from "./outside-principals";
import { SCANNER_SOURCE } from "./qualification-scanner";
import { Sessions } from "./sessions";
import type { Target } from "./target";

const BOOTSTRAP_USER = "part11-outside";
const SCANNER_ROLE = "part11-scanner";

/**
 * The embedded AWS as a target. Roles that the plan expects beside the stack are made first, reached through a user
 * who may do nothing but assume them; nothing of the run but this bootstrap is done as the emulator's root.
 */
export class EmulatorTarget implements Target {
  readonly kind = "emulator";
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly sftp: SftpAddress;
  private user: Credentials | undefined;
  private readonly sessions = new Sessions<Credentials>();

  constructor(private readonly emulator: Emulator) {
    this.name = `emulator: ministack ${emulator.ministackVersion} + patches ${emulator.patchesDigest.slice(0, 12)}`;
    this.accountId = emulator.accountId;
    this.region = emulator.region;
    this.sftp = emulator.sftp;
  }

  /** Makes the roles that must be there before the stack is. Administrators may do everything, the others only assume roles. */
  async prepare({ administrators, others }: OutsidePrincipals): Promise<void> {
    const iam = new IAMClient(clientConfig(this.emulator, this.emulator.rootCredentials));
    const user = `arn:aws:iam::${this.accountId}:user/${BOOTSTRAP_USER}`;
    await iam.send(new CreateUserCommand({ UserName: BOOTSTRAP_USER }));
    const PolicyDocument = document({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [...administrators, ...others],
    });
    await iam.send(new PutUserPolicyCommand({ UserName: BOOTSTRAP_USER, PolicyName: "assume", PolicyDocument }));
    for (const arn of [...administrators, ...others]) {
      const RoleName = arn.split("/").pop()!;
      const trust = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: user } });
      const Action = administrators.includes(arn) ? "*" : "sts:AssumeRole";
      const rights = document({ Effect: "Allow", Action, Resource: "*" });
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "outside", PolicyDocument: rights }));
    }
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: BOOTSTRAP_USER }));
    this.user = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  }

  /** Puts the code of functions where the plan takes it from. Nothing signs it here: the emulator runs any code. */
  async putCode(code: readonly OutsideCode[]): Promise<void> {
    const s3 = new S3Client(clientConfig(this.emulator, this.emulator.rootCredentials));
    for (const Bucket of new Set(code.map(({ bucket }) => bucket))) {
      await s3.send(
        new CreateBucketCommand({
          Bucket,
          CreateBucketConfiguration: { LocationConstraint: this.region as BucketLocationConstraint },
        }),
      );
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    }
    for (const { bucket: Bucket, key: Key, file } of code) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: fs.readFileSync(file) }));
    }
  }

  /** Makes the scan function of the qualification, with a role without rights: the function reads nothing. */
  async putScanner(FunctionName: string): Promise<void> {
    const root = clientConfig(this.emulator, this.emulator.rootCredentials);
    const trust = document({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "lambda.amazonaws.com" },
    });
    const role = { RoleName: SCANNER_ROLE, AssumeRolePolicyDocument: trust };
    const { Role } = await new IAMClient(root).send(new CreateRoleCommand(role));
    await new LambdaClient(root).send(
      new CreateFunctionCommand({
        FunctionName,
        Role: Role!.Arn!,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Timeout: 60,
        Code: { ZipFile: zipOf("index.js", SCANNER_SOURCE) },
      }),
    );
  }

  outsideRole(roleArn: string): Promise<Credentials> {
    const { user } = this;
    if (!user) throw notPrepared(roleArn);
    return this.sessions.get(roleArn, () => this.assumeRole(user, roleArn, "part11"));
  }

  assumeRole(caller: Credentials, roleArn: string, sessionName: string): Promise<Credentials> {
    return assumeRole(this.emulator, caller, { roleArn, sessionName });
  }

  s3ControlConfig(credentials: Credentials) {
    return s3ControlClientConfig(this.emulator, credentials);
  }

  clientConfig(credentials: Credentials, { region, plain }: { region?: string; plain?: boolean } = {}) {
    return (plain ? plainClientConfig : clientConfig)(this.emulator, credentials, region);
  }

  environment({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Readonly<Record<string, string>> {
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_ENDPOINT_URL: this.emulator.endpoint,
      AWS_CA_BUNDLE: this.emulator.caFile,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }
}

function document(statement: Record<string, unknown>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function notPrepared(where: string): Part11Error {
  return new Part11Error({
    code: "EMULATOR_START",
    what: "role beside the stack is not there yet",
    where,
    expected: "prepare() before the first session",
    got: "none",
    todo: "prepare the target with the roles that the plan names",
  });
}
