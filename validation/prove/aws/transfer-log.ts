// SPDX-License-Identifier: Apache-2.0
import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { TransferFacts, TransferLine } from "../facts";
import type { TransferLogReader } from "../readers";

/** A session may be open for long before it brings a file. */
const BEFORE_MS = 24 * 3_600_000;
const AFTER_MS = 15 * 60_000;

/**
 * The transfer server's structured log, by the credentials of the client. Needs logs:FilterLogEvents.
 *
 * @see Transfer Family user guide, "CloudWatch log structure for Transfer Family"
 */
export class TransferLog implements TransferLogReader {
  constructor(
    private readonly logs: CloudWatchLogsClient,
    private readonly logGroup: string,
  ) {}

  async lines(session: string, startedAt: string, endedAt: string): Promise<TransferFacts> {
    const lines: TransferLine[] = [];
    let nextToken: string | undefined;
    do {
      const page: FilterLogEventsCommandOutput = await this.logs.send(
        new FilterLogEventsCommand({
          logGroupName: this.logGroup,
          startTime: Date.parse(startedAt) - BEFORE_MS,
          endTime: Date.parse(endedAt) + AFTER_MS,
          filterPattern: JSON.stringify(session),
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      for (const { message, timestamp } of page.events ?? []) {
        const line = lineOf(message ?? "", new Date(timestamp ?? 0).toISOString(), session);
        if (line) lines.push(line);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return { logGroup: this.logGroup, lines };
  }
}

/** A line of the session; undefined for any other. */
function lineOf(message: string, at: string, session: string): TransferLine | undefined {
  const fields = parsed(message);
  if (fields?.["session-id"] !== session) return undefined;
  const text = (name: string) => (typeof fields[name] === "string" ? (fields[name] as string) : null);
  const bytes = fields["bytes-in"];
  return {
    at,
    activity: text("activity-type") ?? "",
    user: text("user"),
    sourceIp: text("source-ip"),
    path: text("path"),
    // A text in the server's examples.
    bytesIn: /^\d+$/.test(String(bytes)) ? Number(bytes) : null,
    fingerprint: text("ssh-public-key-fingerprint"),
  };
}

function parsed(message: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
