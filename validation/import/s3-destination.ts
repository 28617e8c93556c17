// SPDX-License-Identifier: Apache-2.0
import type { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  type S3ClientConfig,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { Part11Error } from "../error";
import type { Content, Part } from "./content";
import type { Answer, Destination } from "./destination";

/** S3's names for bytes that are not those of the hash (S3 API reference, "Error responses"). */
const OTHER_BYTES = new Set(["BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest"]);

const base64 = (sha256: string) => Buffer.from(sha256, "hex").toString("base64");

/** For the client: the SDK warns on the console of each stream that it cannot send twice, and a run tells of it itself. */
export const SILENT: NonNullable<S3ClientConfig["logger"]> = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Puts objects as the role of the clients. Each request signs the SHA-256 of its bytes, and S3 refuses other bytes. */
export class S3Destination implements Destination {
  constructor(
    private readonly s3: S3Client,
    private readonly sts: STSClient,
  ) {}

  async caller(): Promise<string> {
    const { Arn } = await this.sts.send(new GetCallerIdentityCommand({}));
    if (Arn !== undefined) return Arn;
    throw new Part11Error({
      code: "TRANSPORT",
      what: "answer of AWS not understood",
      where: "GetCallerIdentity",
      expected: "the caller's ARN",
      got: "none",
      todo: "try again",
    });
  }

  async put(Bucket: string, Key: string, content: Content, Metadata: Record<string, string>): Promise<Answer> {
    try {
      const versionId =
        content.parts.length > 1
          ? await this.inParts(Bucket, Key, content, Metadata)
          : await this.atOnce(Bucket, Key, content, Metadata);
      return { answer: "put", versionId };
    } catch (error) {
      const { name } = error as Error;
      if (name === "PreconditionFailed") return { answer: "taken" };
      if (OTHER_BYTES.has(name)) return { answer: "other-bytes" };
      throw error;
    }
  }

  private async atOnce(Bucket: string, Key: string, content: Content, Metadata: Record<string, string>) {
    const Body = content.open(content.parts[0]!);
    const put = new PutObjectCommand({
      Bucket,
      Key,
      Metadata,
      Body,
      ContentLength: content.bytes,
      ChecksumSHA256: base64(content.sha256),
      IfNoneMatch: "*",
    });
    signPayload(put, content.sha256);
    return (await whole(Body, (abortSignal) => this.s3.send(put, { abortSignal }))).VersionId ?? null;
  }

  private async inParts(Bucket: string, Key: string, content: Content, Metadata: Record<string, string>) {
    const upload = { Bucket, Key };
    const { UploadId } = await this.s3.send(
      new CreateMultipartUploadCommand({ ...upload, Metadata, ChecksumAlgorithm: "SHA256", ChecksumType: "COMPOSITE" }),
    );
    try {
      const Parts: CompletedPart[] = [];
      for (const part of content.parts)
        Parts.push(await this.part({ ...upload, UploadId }, content, part, Parts.length));
      const complete = new CompleteMultipartUploadCommand({
        ...upload,
        UploadId,
        MultipartUpload: { Parts },
        MpuObjectSize: content.bytes,
        IfNoneMatch: "*",
      });
      return (await this.s3.send(complete)).VersionId ?? null;
    } catch (error) {
      // What is not aborted is, by the bucket's lifecycle: the first error is the one that counts.
      await this.s3.send(new AbortMultipartUploadCommand({ ...upload, UploadId })).catch(() => undefined);
      throw error;
    }
  }

  private async part(
    upload: { Bucket: string; Key: string; UploadId: string | undefined },
    content: Content,
    part: Part,
    index: number,
  ): Promise<CompletedPart> {
    const PartNumber = index + 1;
    const ChecksumSHA256 = base64(part.sha256);
    const Body = content.open(part);
    const put = new UploadPartCommand({ ...upload, PartNumber, ChecksumSHA256, Body, ContentLength: part.bytes });
    signPayload(put, part.sha256);
    const { ETag } = await whole(Body, (abortSignal) => this.s3.send(put, { abortSignal }));
    return { PartNumber, ChecksumSHA256, ETag };
  }
}

/** Ends a request whose body cannot be read to its end: the SDK listens to no error of the stream and would wait for ever. */
async function whole<T>(body: Readable, send: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let broken: Error | undefined;
  body.on("error", (error) => {
    broken = error;
    stop.abort();
  });
  try {
    return await send(stop.signal);
  } catch (error) {
    throw broken ?? error;
  } finally {
    body.destroy();
  }
}

/** Without it the SDK leaves a stream out of the signature, and a writer's role refuses that (docs/decisions/0019). */
function signPayload({ middlewareStack }: PutObjectCommand | UploadPartCommand, sha256: string): void {
  (middlewareStack as PutObjectCommand["middlewareStack"]).add(
    (next) => (args) => {
      Object.assign((args.request as { headers: object }).headers, { "x-amz-content-sha256": sha256 });
      return next(args);
    },
    { step: "build", name: "signPayload" },
  );
}
