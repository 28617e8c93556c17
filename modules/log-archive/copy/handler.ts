// SPDX-License-Identifier: Apache-2.0
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { AwsLogs } from "./aws-logs";
import { copyLogs, spanOf } from "./copy";

/** By the clock the last six hours; by hand `{"from": "2026-11-22T00:00:00Z", "to": …}` what runs that failed have left. */
export async function handler(asked: { readonly from?: string; readonly to?: string }): Promise<void> {
  const aws = new AwsLogs(
    new CloudWatchLogsClient({ maxAttempts: 8 }),
    new S3Client({ maxAttempts: 5 }),
    variable("AUDIT_BUCKET"),
  );
  const ports = {
    events: (group: string, from: number, to: number) => aws.events(group, from, to),
    put: (key: string, body: string) => aws.put(key, body),
    log: (line: string) => void process.stdout.write(`${line}\n`),
  };
  const span = asked.from === undefined || asked.to === undefined ? spanOf(new Date()) : between(asked.from, asked.to);
  await copyLogs(ports, variable("LOG_GROUPS").split(","), span);
}

function between(from: string, to: string): { readonly from: number; readonly to: number } {
  const span = { from: Date.parse(from), to: Date.parse(to) };
  if (!(span.from < span.to)) throw new Error(`from ${from} to ${to} is no span of time`);
  return span;
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
