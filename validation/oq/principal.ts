// SPDX-License-Identifier: Apache-2.0
import { BackupClient } from "@aws-sdk/client-backup";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { TransferClient } from "@aws-sdk/client-transfer";
import type { Credentials } from "../target/emulator";
import type { Target } from "../target/target";
import type { Transcript } from "../target/transcript";

/** A named principal with a session: whoever makes a call of the operational qualification. Never root. */
export class Principal {
  constructor(
    /** Name in protocol and report. */
    readonly name: string,
    /** ARN of the role. */
    readonly arn: string,
    private readonly credentials: Credentials,
    private readonly target: Target,
    private readonly transcript: Transcript,
  ) {}

  s3(options: { region?: string; plain?: boolean } = {}): S3Client {
    // No checksum of the SDK's own choosing: a challenge sends exactly what it names.
    const checksums = {
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    } as const;
    return this.record(new S3Client({ ...this.target.clientConfig(this.credentials, options), ...checksums }));
  }

  s3Control(): S3ControlClient {
    return this.record(new S3ControlClient(this.target.s3ControlConfig(this.credentials)));
  }

  backup(): BackupClient {
    return this.record(new BackupClient(this.target.clientConfig(this.credentials)));
  }

  cloudTrail(): CloudTrailClient {
    return this.record(new CloudTrailClient(this.target.clientConfig(this.credentials)));
  }

  cloudWatch(): CloudWatchClient {
    return this.record(new CloudWatchClient(this.target.clientConfig(this.credentials)));
  }

  dynamodb(): DynamoDBClient {
    return this.record(new DynamoDBClient(this.target.clientConfig(this.credentials)));
  }

  eventBridge(): EventBridgeClient {
    return this.record(new EventBridgeClient(this.target.clientConfig(this.credentials)));
  }

  iam(): IAMClient {
    return this.record(new IAMClient(this.target.clientConfig(this.credentials)));
  }

  lambda(): LambdaClient {
    return this.record(new LambdaClient(this.target.clientConfig(this.credentials)));
  }

  logs(): CloudWatchLogsClient {
    return this.record(new CloudWatchLogsClient(this.target.clientConfig(this.credentials)));
  }

  secrets(): SecretsManagerClient {
    return this.record(new SecretsManagerClient(this.target.clientConfig(this.credentials)));
  }

  sns(): SNSClient {
    return this.record(new SNSClient(this.target.clientConfig(this.credentials)));
  }

  sqs(): SQSClient {
    return this.record(new SQSClient(this.target.clientConfig(this.credentials)));
  }

  sts(): STSClient {
    return this.record(new STSClient(this.target.clientConfig(this.credentials)));
  }

  transfer(): TransferClient {
    return this.record(new TransferClient(this.target.clientConfig(this.credentials)));
  }

  private record<Client extends object>(client: Client): Client {
    return this.transcript.attach(client, this.arn);
  }
}
