// SPDX-License-Identifier: Apache-2.0
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { Part11Error } from "../../error";
import { type Credentials, clientConfig, type Emulator } from "./emulator";

const SESSION_SECONDS = 3600;
/** The longest that IAM allows: who installs, reads back and cleans up is the same from the first step to the last. */
const ADMINISTRATOR_SECONDS = 12 * 3600;
/** Role that Terraform and IQ run as. */
export const ADMINISTRATOR_ROLE = "part11-administrator";
const BOOTSTRAP_USER = "part11-bootstrap";

const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/**
 * Makes an IAM administrator role, reached through a user who may do nothing but assume it, and returns a session of
 * that role. Terraform and IQ never run as root: root passes every policy, on AWS and here.
 */
export async function createAdministrator(emulator: Emulator): Promise<Credentials> {
  const iam = new IAMClient(clientConfig(emulator, emulator.rootCredentials));
  const roleArn = `arn:aws:iam::${emulator.accountId}:role/${ADMINISTRATOR_ROLE}`;
  const userArn = `arn:aws:iam::${emulator.accountId}:user/${BOOTSTRAP_USER}`;
  await iam.send(new CreateUserCommand({ UserName: BOOTSTRAP_USER }));
  const assume = { Effect: "Allow", Action: "sts:AssumeRole" };
  await iam.send(
    new PutUserPolicyCommand({
      UserName: BOOTSTRAP_USER,
      PolicyName: "assume-administrator",
      PolicyDocument: policy({ ...assume, Resource: roleArn }),
    }),
  );
  await iam.send(
    new CreateRoleCommand({
      RoleName: ADMINISTRATOR_ROLE,
      AssumeRolePolicyDocument: policy({ ...assume, Principal: { AWS: userArn } }),
      MaxSessionDuration: ADMINISTRATOR_SECONDS,
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: ADMINISTRATOR_ROLE,
      PolicyName: "administrator",
      PolicyDocument: policy({ Effect: "Allow", Action: "*", Resource: "*" }),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: BOOTSTRAP_USER }));
  const user = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  return assumeRole(emulator, user, { roleArn, sessionName: "part11", seconds: ADMINISTRATOR_SECONDS });
}

export interface AssumeRoleOptions {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Session policy document, JSON. @default none */
  readonly policy?: string;
  /** How long it is valid, seconds, at most what the role allows. @default 3600 */
  readonly seconds?: number;
}

/** Temporary credentials of a role. @throws the SDK's error when the trust policy refuses */
export async function assumeRole(
  emulator: Emulator,
  caller: Credentials,
  options: AssumeRoleOptions,
): Promise<Credentials> {
  const sts = new STSClient(clientConfig(emulator, caller));
  const { Credentials: session } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: options.roleArn,
      RoleSessionName: options.sessionName,
      DurationSeconds: options.seconds ?? SESSION_SECONDS,
      Policy: options.policy,
    }),
  );
  if (!session?.AccessKeyId || !session.SecretAccessKey || !session.SessionToken) {
    throw new Part11Error({
      code: "EMULATOR_START",
      what: "no session credentials",
      where: options.roleArn,
      expected: "an access key with a session token",
      got: "an incomplete answer of AssumeRole",
      todo: "check the emulator's log",
    });
  }
  return {
    accessKeyId: session.AccessKeyId,
    secretAccessKey: session.SecretAccessKey,
    sessionToken: session.SessionToken,
    ...(session.Expiration && { expiration: session.Expiration }),
  };
}
