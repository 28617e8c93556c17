// SPDX-License-Identifier: Apache-2.0
import { CreateLogStreamCommand, FilterLogEventsCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { keptVersions } from "./kept-versions";
import type { PutVersion, Range } from "./range";
import { runFunction } from "./run-function";

/** Ends the names of the function that copies logs, and of the rule that runs it. */
export const LOG_ARCHIVE = "-log-archive";
/** Below it the copies lie in the audit bucket. */
export const LOG_COPIES = "mirror/logs/";

const DAY_MS = 86_400_000;

/** One event of a log group, as the group and its copy both have it. */
export interface LogEvent {
  readonly timestamp: number;
  readonly stream: string;
  readonly eventId: string;
  readonly message: string;
}

/** An object of the audit bucket with events of a log group. */
export interface LogCopy {
  readonly version: Omit<PutVersion, "sha256">;
  readonly events: readonly LogEvent[];
}

/** Has the installed function copy a span of time now. @throws TRANSPORT when the run failed */
export async function copyLogsNow(range: Range, from: Date, to: Date): Promise<void> {
  await runFunction(range, LOG_ARCHIVE, { from: from.toISOString(), to: to.toISOString() });
}

/** Events of a group from a time to before another. */
export async function logEvents(range: Range, logGroupName: string, from: Date, to: Date): Promise<LogEvent[]> {
  const logs = (await range.administrator()).logs();
  const span = { logGroupName, startTime: from.getTime(), endTime: to.getTime() - 1 };
  const events: LogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ ...span, nextToken }));
    for (const { timestamp, logStreamName, eventId, message } of page.events ?? [])
      events.push({
        timestamp: Number(timestamp),
        stream: String(logStreamName),
        eventId: eventId ?? "",
        message: String(message),
      });
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

/** Adds one line to a group, in a stream of its own. */
export async function addLine(range: Range, logGroupName: string, stream: string, at: Date, line: object) {
  const logs = (await range.administrator()).logs();
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: stream }));
  const events = [{ timestamp: at.getTime(), message: JSON.stringify(line) }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: stream, logEvents: events }));
}

/** Copies of the events that a log group has since a time, every version of them. */
export async function logCopies(range: Range, group: string, since: Date): Promise<readonly LogCopy[]> {
  const copies: LogCopy[] = [];
  for (const day of daysSince(since))
    copies.push(...(await copiesBelow(range, `${LOG_COPIES}${group.replace(/^\//, "")}/${day}/`)));
  return copies;
}

async function copiesBelow(range: Range, prefix: string): Promise<readonly LogCopy[]> {
  const inspector = await range.inspector();
  const bucket = range.zone.bucket("audit");
  const copies: LogCopy[] = [];
  for (const { key, versionId } of await keptVersions(range, bucket, prefix, inspector)) {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
    const { Body } = await inspector.s3().send(command);
    const lines = (await Body!.transformToString()).trimEnd().split("\n");
    copies.push({ version: { bucket, key, versionId }, events: lines.map((line) => JSON.parse(line) as LogEvent) });
  }
  return copies;
}

/** UTC days from a time to now, as folders of copies are named: `2026/11/22`. */
function daysSince(since: Date): readonly string[] {
  const days: string[] = [];
  for (let at = since.getTime() - (since.getTime() % DAY_MS); at <= Date.now(); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10).replaceAll("-", "/"));
  return days;
}

/** Events of which no copy says the same. */
export function uncopied(events: readonly LogEvent[], copies: readonly LogCopy[]): readonly LogEvent[] {
  const copied = new Set(copies.flatMap((copy) => copy.events.map(nameOf)));
  return events.filter((event) => !copied.has(nameOf(event)));
}

function nameOf({ timestamp, stream, eventId, message }: LogEvent): string {
  return JSON.stringify([timestamp, stream, eventId, message]);
}
