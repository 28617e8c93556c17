// SPDX-License-Identifier: Apache-2.0
import { CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { utils } from "ssh2";
import { createFunction } from "./functions";
import { until } from "./scenario";
import { SftpClient, type SftpLogin } from "./sftp-client";
import { signedCall } from "./signed-call";
import { allow, policyDocument, type Stage, type Statement } from "./stage";

/** Answers of the identity provider, by user: what Transfer expects of its Lambda, and from where and with what to give it. */
export interface KnownUser {
  readonly answer: Record<string, unknown>;
  /** Only from this address. @default any */
  readonly from?: string;
  /** Asked of calls that carry a password. @default such calls are refused */
  readonly password?: string;
}

const IDENTITY_PROVIDER = `exports.handler = async (event) => {
  const user = JSON.parse(process.env.USERS)[event.username];
  if (!user || (user.from && user.from !== event.sourceIp)) return {};
  if (event.password !== undefined && event.password !== user.password) return {};
  const { PublicKeys, ...rest } = user.answer;
  return event.password === undefined ? user.answer : rest;
};`;

export interface GatewayOptions {
  readonly users: Readonly<Record<string, KnownUser>>;
  /** @default "PUBLIC_KEY" */
  readonly methods?: string;
  /** Whether the function lets Transfer call it. @default true */
  readonly permitted?: boolean;
  /** @default "ENABLE_NO_OP" */
  readonly setStat?: string;
}

export interface Gateway {
  readonly serverId: string;
  readonly arn: string;
  readonly logGroup: string;
  login(login: SftpLogin): ReturnType<typeof SftpClient.open>;
  /** Log lines so far, oldest first. */
  lines(): Promise<Record<string, string>[]>;
  /** The first line of this activity, undefined when none comes in time. */
  line(activity: string, seconds?: number): Promise<Record<string, string> | undefined>;
  /** Deletes the server, so that the only one left may be addressed by user name alone. */
  remove(): Promise<void>;
}

/** An SSH key pair in OpenSSH form. */
export function keyPair(): { private: string; public: string } {
  // ssh2 1.17 sometimes writes an ed25519 key that it cannot read
  for (;;) {
    const pair = utils.generateKeyPairSync("ed25519");
    if (!(utils.parseKey(pair.private) instanceof Error)) return { private: pair.private, public: pair.public };
  }
}

/** A server with an identity provider that knows these users. */
export async function gateway(stage: Stage, options: GatewayOptions): Promise<Gateway> {
  const { accountId, region, sftp } = stage.emulator;
  const role = await stage.role("identity", [], "lambda.amazonaws.com");
  const variables = { USERS: JSON.stringify(options.users) };
  const provider = await createFunction(stage, "identity", IDENTITY_PROVIDER, role.arn, variables);
  const logGroup = `/${stage.name("transfer")}`;
  await stage.logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  const { ServerId } = await signedCall(stage, {
    service: "transfer",
    operation: "CreateServer",
    target: "TransferService.CreateServer",
    body: {
      Protocols: ["SFTP"],
      IdentityProviderType: "AWS_LAMBDA",
      IdentityProviderDetails: { Function: provider.arn, SftpAuthenticationMethods: options.methods ?? "PUBLIC_KEY" },
      ProtocolDetails: { SetStatOption: options.setStat ?? "ENABLE_NO_OP" },
      StructuredLogDestinations: [`arn:aws:logs:${region}:${accountId}:log-group:${logGroup}:*`],
    },
  });
  const serverId = String(ServerId);
  const arn = `arn:aws:transfer:${region}:${accountId}:server/${serverId}`;
  if (options.permitted ?? true) {
    await signedCall(stage, {
      service: "lambda",
      operation: "AddPermission",
      path: `/2015-03-31/functions/${provider.name}/policy`,
      body: {
        StatementId: "transfer",
        Action: "lambda:InvokeFunction",
        Principal: "transfer.amazonaws.com",
        SourceArn: arn,
        SourceAccount: accountId,
      },
    });
  }
  const lines = async () => {
    const { events } = await stage.logs.send(new FilterLogEventsCommand({ logGroupName: logGroup }));
    return (events ?? []).map(({ message }) => JSON.parse(message ?? "{}") as Record<string, string>);
  };
  return {
    serverId,
    arn,
    logGroup,
    lines,
    login: (login) => SftpClient.open(sftp, { ...login, user: `${login.user}@${serverId}` }),
    remove: async () => {
      const target = "TransferService.DeleteServer";
      await signedCall(stage, { service: "transfer", operation: "DeleteServer", target, body: { ServerId: serverId } });
    },
    line: (activity, seconds = stage.patienceSeconds) =>
      until(async () => (await lines()).find((line) => line["activity-type"] === activity), seconds),
  };
}

/** Rights of a vendor who uploads: write and list under the own prefix, and nothing else. */
export function uploadOnly(bucket: string, prefix: string): Statement[] {
  const below = { StringLike: { "s3:prefix": [`${prefix}`, `${prefix}/*`] } };
  return [
    allow(["s3:PutObject", "s3:AbortMultipartUpload"], `arn:aws:s3:::${bucket}/${prefix}/*`),
    { ...allow("s3:ListBucket", `arn:aws:s3:::${bucket}`), Condition: below },
  ];
}

/** What the identity provider answers for a user with this home, role and session policy. */
export function answer(
  bucket: string,
  prefix: string,
  role: string,
  publicKey: string,
  policy?: Statement[],
): Record<string, unknown> {
  return {
    Role: role,
    HomeDirectoryType: "LOGICAL",
    HomeDirectoryDetails: JSON.stringify([{ Entry: "/", Target: `/${bucket}/${prefix}` }]),
    PublicKeys: [publicKey],
    ...(policy === undefined ? {} : { Policy: policyDocument(...policy) }),
  };
}
