// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from "node:zlib";
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Part11Error } from "../../error";
import type { ObjectVersion, TrailEvent, TrailFacts } from "../facts";
import { pooled } from "../pool";
import type { TrailReader } from "../readers";
import { trailEvent } from "./trail-record";

const PARALLEL = 16;
const DAY_MS = 86_400_000;
const MAX_FILE_BYTES = 256 * 1024 * 1024;

interface Place {
  readonly bucket: string;
  readonly accountId: string;
  /** Region of the buckets, in whose folder their data events lie. */
  readonly region: string;
}

type Span = ObjectVersion & { readonly from: string; readonly until: string };

/**
 * The files that the trail delivered to the audit bucket, by the credentials of the client: the records of the time around
 * each version's writing. Needs s3:ListBucket, s3:GetObject and kms:Decrypt of the audit bucket's key.
 *
 * @see CloudTrail user guide, "CloudTrail log file name format"
 */
export class DeliveredTrail implements TrailReader {
  constructor(
    private readonly s3: S3Client,
    private readonly place: Place,
  ) {}

  async find(versions: readonly Span[]): Promise<TrailFacts> {
    const { bucket, region } = this.place;
    const days = new Set(versions.flatMap(({ from, until }) => daysOf(from, until)));
    const listed = (await Promise.all([...days].sort().map((day) => this.files(day)))).flat();
    const files = listed.filter((key) => versions.some(({ from, until }) => isWithin(key, from, until)));
    const events = await pooled(files, PARALLEL, (key) => this.events(key, versions));
    return {
      source: `${files.length} delivered files of ${bucket}, ${region}`,
      from: versions.map(({ from }) => from).sort()[0] ?? "",
      until:
        versions
          .map(({ until }) => until)
          .sort()
          .at(-1) ?? "",
      events: events.flat().sort((a, b) => (a.at < b.at ? -1 : 1)),
    };
  }

  private async files(day: string): Promise<readonly string[]> {
    const { bucket, accountId, region } = this.place;
    const found: string[] = [];
    let next: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await this.s3.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: `AWSLogs/${accountId}/CloudTrail/${region}/${day}/`,
          ...(next === undefined ? {} : { ContinuationToken: next }),
        }),
      );
      found.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key?.endsWith(".json.gz") ? [Key] : [])));
      next = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (next !== undefined);
    return found;
  }

  private async events(key: string, versions: readonly Span[]): Promise<readonly TrailEvent[]> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.place.bucket, Key: key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return recordsOf(bytes, key).flatMap((record) => {
      const event = trailEvent(record);
      return event && versions.some((one) => one.bucket === event.bucket && one.key === event.key) ? [event] : [];
    });
  }
}

function recordsOf(bytes: Buffer, key: string): ReadonlyArray<Record<string, unknown>> {
  try {
    // Some clients take the compression off, since the file is labelled with it.
    const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (isCompressed ? gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES }) : bytes).toString("utf8");
    const { Records } = JSON.parse(text) as { Records?: unknown };
    if (!Array.isArray(Records)) throw new Error("no Records");
    return Records as Array<Record<string, unknown>>;
  } catch (error) {
    throw new Part11Error({
      code: "NOT_JSON",
      what: "trail file not understood",
      where: key,
      expected: "gzip of JSON with Records",
      got: (error as Error).message,
      todo: "validate the trail's files with aws cloudtrail validate-logs",
    });
  }
}

/** `2026/11/22` for each day of a span. */
function daysOf(from: string, until: string): readonly string[] {
  const days: string[] = [];
  for (let at = Math.floor(Date.parse(from) / DAY_MS) * DAY_MS; at <= Date.parse(until); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10).replaceAll("-", "/"));
  }
  return days;
}

/** Whether a file of this name can hold records of the span; a name without a time may hold any. */
function isWithin(key: string, from: string, until: string): boolean {
  const [, year, month, day, hour, minute] = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/]*$/.exec(key) ?? [];
  if (year === undefined) return true;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:59Z`);
  return at >= Date.parse(from) && at <= Date.parse(until) + 60_000;
}
