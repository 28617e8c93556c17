// SPDX-License-Identifier: Apache-2.0
import { AthenaClient } from "@aws-sdk/client-athena";
import { BackupClient } from "@aws-sdk/client-backup";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { GuardDutyClient } from "@aws-sdk/client-guardduty";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { SignerClient } from "@aws-sdk/client-signer";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { TransferClient } from "@aws-sdk/client-transfer";
import type { Transcript } from "../../target/transcript";

interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Settings of an SDK client. Without an endpoint: AWS itself. */
export interface LiveClientConfig {
  readonly region: string;
  /** A function is asked whenever a session may have ended. */
  readonly credentials: Session | (() => Promise<Session>);
  readonly endpoint?: string;
  readonly requestHandler?: NonNullable<ConstructorParameters<typeof S3Client>[0]>["requestHandler"];
  /** @default 3 */
  readonly maxAttempts?: number;
  /** Bucket in the path instead of the host name. @default false */
  readonly forcePathStyle?: boolean;
}

/** How IQ reaches a target. */
export interface LiveConnection {
  /** ARN of the principal that makes the calls. */
  readonly principal: string;
  readonly clientConfig: (region: string) => LiveClientConfig;
  /** S3 Control puts the account in front of the host, which an emulator may serve elsewhere. @default clientConfig */
  readonly s3ControlConfig?: (region: string) => LiveClientConfig;
  /** Called with every client before its first call. @default - nothing */
  readonly attach?: <Client extends object>(client: Client) => Client;
}

const CONSTRUCTORS = {
  athena: AthenaClient,
  backup: BackupClient,
  cloudtrail: CloudTrailClient,
  cloudwatch: CloudWatchClient,
  config: ConfigServiceClient,
  dynamodb: DynamoDBClient,
  ec2: EC2Client,
  events: EventBridgeClient,
  glue: GlueClient,
  guardduty: GuardDutyClient,
  iam: IAMClient,
  kms: KMSClient,
  lambda: LambdaClient,
  logs: CloudWatchLogsClient,
  s3: S3Client,
  s3control: S3ControlClient,
  secrets: SecretsManagerClient,
  securityhub: SecurityHubClient,
  signer: SignerClient,
  sns: SNSClient,
  sqs: SQSClient,
  transfer: TransferClient,
} as const;

type ServiceName = keyof typeof CONSTRUCTORS;

/** One client a service, made when first used. */
export type ServiceClients = { readonly [S in ServiceName]: InstanceType<(typeof CONSTRUCTORS)[S]> };

/** Clients of one region whose every call goes into `transcript`. */
export function serviceClients(connection: LiveConnection, region: string, transcript: Transcript): ServiceClients {
  const clients = {};
  for (const service of Object.keys(CONSTRUCTORS) as ServiceName[]) {
    let client: object | undefined;
    const get = () => {
      const settings =
        service === "s3control" && connection.s3ControlConfig ? connection.s3ControlConfig : connection.clientConfig;
      if (!client) {
        const made = transcript.attach(new CONSTRUCTORS[service](settings(region) as never), connection.principal);
        client = connection.attach?.(made) ?? made;
      }
      return client;
    };
    Object.defineProperty(clients, service, { enumerable: true, get });
  }
  return clients as ServiceClients;
}
