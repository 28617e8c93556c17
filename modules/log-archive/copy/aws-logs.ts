// SPDX-License-Identifier: Apache-2.0
import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import { PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { LogLine } from "./copy";

/** Log groups, and the bucket of their copies. Needs logs:FilterLogEvents and s3:PutObject. */
export class AwsLogs {
  constructor(
    private readonly logs: CloudWatchLogsClient,
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  async *events(group: string, from: number, to: number): AsyncGenerator<LogLine> {
    let nextToken: string | undefined;
    do {
      const page: FilterLogEventsCommandOutput = await this.logs.send(
        // The end is included (CloudWatch Logs API FilterLogEvents).
        new FilterLogEventsCommand({ logGroupName: group, startTime: from, endTime: to - 1, nextToken }),
      );
      for (const { timestamp, ingestionTime, logStreamName, eventId, message } of page.events ?? []) {
        if (timestamp === undefined || message === undefined)
          throw new Error(`${group} has an event without time or text`);
        const named = { stream: logStreamName ?? "", eventId: eventId ?? "" };
        yield { timestamp, ingestionTime: ingestionTime ?? timestamp, ...named, message };
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }

  async put(key: string, body: string): Promise<void> {
    const content = { Body: body, ContentType: "application/x-ndjson", ChecksumAlgorithm: "SHA256" as const };
    try {
      await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, ...content, IfNoneMatch: "*" }));
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 412) throw error;
    }
  }
}
