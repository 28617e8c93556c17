// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";

type Input = Record<string, unknown>;

const BLOCK = 1024 * 1024;
const FIVE_MIB = 5 * BLOCK;
const pattern = Buffer.alloc(BLOCK, "virtual bytes, ");

/** A run of the virtual bytes. */
interface Extent {
  readonly start: number;
  readonly bytes: number;
}

interface Version {
  readonly versionId: string;
  readonly extents: readonly Extent[];
  readonly metadata: Record<string, string>;
}

interface Upload {
  readonly place: string;
  readonly metadata: Record<string, string>;
  readonly parts: Map<number, Extent>;
}

/** What goes wrong. */
export interface Faults {
  /** Called before each request; may throw. */
  readonly before?: (command: string, input: Input) => void;
  /** Called when a request was carried out and its answer is on the way; may throw. */
  readonly after?: (command: string) => void;
  /** Bytes after which every connection breaks. */
  readonly breaksAfter?: number;
  /** Changes the extent that a part copies. */
  readonly part?: (extent: Extent) => Extent;
}

/** Every block of the virtual bytes differs from the others, so that bytes at a wrong place change the hash. */
export function* bytesOf({ start, bytes }: Extent): Generator<Buffer> {
  for (let at = start; at < start + bytes; ) {
    const number = Math.floor(at / BLOCK);
    const block = Buffer.from(pattern);
    block.writeDoubleBE(number);
    const end = Math.min(start + bytes, (number + 1) * BLOCK);
    yield block.subarray(at - number * BLOCK, end - number * BLOCK);
    at = end;
  }
}

export function sha256Of(bytes: number): string {
  const hash = createHash("sha256");
  for (const chunk of bytesOf({ start: 0, bytes })) hash.update(chunk);
  return hash.digest("hex");
}

/** S3 whose versions are made up of virtual bytes: of any size, and nothing of it held. */
export class VirtualS3 {
  private readonly versions = new Map<string, Version[]>();
  readonly uploads = new Map<string, Upload>();
  readonly asked: Array<[string, Input]> = [];
  /** Parts that are being copied. */
  copying = 0;
  /** Most parts that were copied at the same time. */
  mostAtOnce = 0;
  private count = 0;

  constructor(public faults: Faults = {}) {}

  get client(): S3Client {
    return { send: (command: { constructor: { name: string }; input: Input }) => this.send(command) } as never;
  }

  put(bucket: string, key: string, bytes: number) {
    return { bucket, key, versionId: this.add(`${bucket} ${key}`, [{ start: 0, bytes }], {}) };
  }

  held(bucket: string, key: string): readonly Version[] {
    return this.versions.get(`${bucket} ${key}`) ?? [];
  }

  private async send(command: { constructor: { name: string }; input: Input }): Promise<unknown> {
    const { input } = command;
    const name = command.constructor.name.replace("Command", "");
    this.faults.before?.(name, input);
    this.asked.push([name, input]);
    const answer = await this.answer(name, input);
    this.faults.after?.(name);
    return answer;
  }

  private answer(name: string, input: Input): unknown {
    const place = `${input.Bucket} ${input.Key ?? input.Prefix}`;
    switch (name) {
      case "ListObjectVersions":
        return {
          Versions: (this.versions.get(place) ?? []).map(({ versionId, extents }) => ({
            Key: input.Prefix,
            VersionId: versionId,
            Size: sizeOf(extents),
            LastModified: new Date(Date.UTC(2026, 10, 22)),
          })),
        };
      case "HeadObject": {
        const { versionId, metadata } = this.version(place, input.VersionId);
        return { ETag: `"${versionId}"`, Metadata: metadata };
      }
      case "GetObject":
        return this.get(this.version(place, input.VersionId), input.Range as string | undefined);
      case "CreateMultipartUpload": {
        const UploadId = `u${++this.count}`;
        this.uploads.set(UploadId, { place, metadata: input.Metadata as Version["metadata"], parts: new Map() });
        return { UploadId };
      }
      case "UploadPartCopy":
        return this.copyPart(input);
      case "CompleteMultipartUpload":
        return this.complete(place, input);
      case "AbortMultipartUpload":
        return void this.uploads.delete(input.UploadId as string);
      default:
        throw refusal(501, name);
    }
  }

  private version(place: string, versionId: unknown): Version {
    const found = this.versions.get(place)?.find((version) => version.versionId === versionId);
    if (!found) throw refusal(404, "NoSuchVersion");
    return found;
  }

  private get({ extents }: Version, range: string | undefined): unknown {
    const total = sizeOf(extents);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? "bytes=0-")![1]);
    const Body = Readable.from(this.stream(extents, from), { objectMode: false, highWaterMark: 2 * BLOCK });
    if (range === undefined) return { Body, ContentLength: total };
    return { Body, ContentLength: total - from, ContentRange: `bytes ${from}-${total - 1}/${total}` };
  }

  private *stream(extents: readonly Extent[], from: number): Generator<Buffer> {
    let [skip, sent] = [from, 0];
    for (const { start, bytes } of extents) {
      const skipped = Math.min(skip, bytes);
      skip -= skipped;
      for (const chunk of bytesOf({ start: start + skipped, bytes: bytes - skipped })) {
        if (sent >= (this.faults.breaksAfter ?? Number.POSITIVE_INFINITY)) throw new Error("ECONNRESET");
        sent += chunk.length;
        yield chunk;
      }
    }
  }

  private async copyPart(input: Input): Promise<unknown> {
    this.copying += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.copying);
    await new Promise((resolve) => setImmediate(resolve));
    this.copying -= 1;
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(input.CopySourceRange as string)!.map(Number);
    const extent = { start: first!, bytes: last! - first! + 1 };
    const upload = this.uploads.get(input.UploadId as string);
    if (!upload) throw refusal(404, "NoSuchUpload");
    upload.parts.set(input.PartNumber as number, this.faults.part?.(extent) ?? extent);
    return { CopyPartResult: { ETag: `"${input.PartNumber}"`, ChecksumSHA256: `part ${input.PartNumber}` } };
  }

  private complete(place: string, input: Input): unknown {
    const upload = this.uploads.get(input.UploadId as string);
    if (!upload) throw refusal(404, "NoSuchUpload");
    const newest = this.versions.get(place)?.[0];
    const isFree = input.IfNoneMatch === "*" ? !newest : newest && `"${newest.versionId}"` === input.IfMatch;
    if (!isFree) throw refusal(412, "PreconditionFailed");
    const named = (input.MultipartUpload as { Parts: Array<{ PartNumber: number }> }).Parts.map((p) => p.PartNumber);
    if (named.length > 10_000 || named.some((number, at) => at > 0 && number <= named[at - 1]!)) {
      throw refusal(400, "InvalidPartOrder");
    }
    const extents = named.map((number) => upload.parts.get(number)!);
    if (extents.slice(0, -1).some(({ bytes }) => bytes < FIVE_MIB)) throw refusal(400, "EntityTooSmall");
    if (sizeOf(extents) !== input.MpuObjectSize) throw refusal(400, "InvalidRequest");
    this.uploads.delete(input.UploadId as string);
    return { VersionId: this.add(place, extents, upload.metadata) };
  }

  private add(place: string, extents: readonly Extent[], metadata: Record<string, string>): string {
    const versionId = `v${++this.count}`;
    this.versions.set(place, [{ versionId, extents, metadata }, ...(this.versions.get(place) ?? [])]);
    return versionId;
  }
}

function sizeOf(extents: readonly Extent[]): number {
  return extents.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function refusal(httpStatusCode: number, name: string): S3ServiceException {
  return new S3ServiceException({ name, message: name, $fault: "client", $metadata: { httpStatusCode } });
}
