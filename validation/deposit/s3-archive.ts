// SPDX-License-Identifier: Apache-2.0
import {
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { Part11Error } from "../error";
import { sha256Hex } from "../json";
import type { Archive, ArchiveFacts, KeptVersion } from "./archive";

/** A bucket of S3, by the credentials of the clients. Every put signs the SHA-256 of its bytes and refuses a key that is taken. */
export class S3Archive implements Archive {
  constructor(
    private readonly s3: S3Client,
    private readonly sts: STSClient,
  ) {}

  async caller(): Promise<string> {
    const { Arn } = await this.sts.send(new GetCallerIdentityCommand({}));
    return Arn ?? notUnderstood("GetCallerIdentity", "the caller's ARN");
  }

  async facts(Bucket: string): Promise<ArchiveFacts> {
    const { Status } = await this.s3.send(new GetBucketVersioningCommand({ Bucket }));
    const { TagSet = [] } = await unless("NoSuchTagSet", () => this.s3.send(new GetBucketTaggingCommand({ Bucket })));
    const { ObjectLockConfiguration } = await unless("ObjectLockConfigurationNotFoundError", () =>
      this.s3.send(new GetObjectLockConfigurationCommand({ Bucket })),
    );
    const { Mode, Days, Years } = ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
    const lock = Mode === undefined ? undefined : { mode: Mode, days: Days, years: Years };
    return {
      versioning: Status === "Enabled",
      lock,
      tags: Object.fromEntries(TagSet.map(({ Key, Value }) => [Key!, Value ?? ""])),
    };
  }

  async put(Bucket: string, Key: string, Body: Buffer): Promise<string | undefined> {
    const ChecksumSHA256 = Buffer.from(sha256Hex(Body), "hex").toString("base64");
    try {
      const put = new PutObjectCommand({ Bucket, Key, Body, ChecksumSHA256, IfNoneMatch: "*" });
      return (await this.s3.send(put)).VersionId ?? notUnderstood("PutObject", "a version id");
    } catch (error) {
      if ((error as Error).name === "PreconditionFailed") return undefined;
      throw error;
    }
  }

  async newest(Bucket: string, Key: string): Promise<string | undefined> {
    const { VersionId } = await unless("NotFound", () => this.s3.send(new HeadObjectCommand({ Bucket, Key })));
    return VersionId;
  }

  async read(Bucket: string, Key: string, VersionId: string): Promise<KeptVersion> {
    const answer = await this.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    const bytes = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
    return { bytes, mode: answer.ObjectLockMode, retainUntil: answer.ObjectLockRetainUntilDate };
  }
}

/** What is not configured has an error of its own for an answer (S3 API reference, "Error responses"). */
async function unless<T extends object>(name: string, call: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await call();
  } catch (error) {
    if ((error as Error).name === name) return {};
    throw error;
  }
}

function notUnderstood(where: string, expected: string): never {
  throw new Part11Error({
    code: "TRANSPORT",
    what: "answer of AWS not understood",
    where,
    expected,
    got: "none",
    todo: "see the versioning of the bucket, and try again",
  });
}
