// SPDX-License-Identifier: Apache-2.0
import {
  GetObjectLegalHoldCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectLegalHoldCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { Part11Error } from "../error";
import type { HeldObjects, ObjectVersion } from "./selection";

/** Legal holds in S3, by the credentials of the clients: those of the custodian role. */
export class S3Holds implements HeldObjects {
  constructor(
    private readonly s3: S3Client,
    private readonly sts: STSClient,
  ) {}

  async caller(): Promise<string> {
    const { Arn } = await this.sts.send(new GetCallerIdentityCommand({}));
    return Arn ?? refuse("GetCallerIdentity", "the caller's ARN");
  }

  async *versions(Bucket: string, Prefix: string): AsyncGenerator<ObjectVersion> {
    // Encoded, since XML cannot carry every key that S3 takes (S3 API, ListObjectVersions, encoding-type).
    const query = { Bucket, Prefix, EncodingType: "url" } as const;
    let markers: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (;;) {
      const page = await this.s3.send(new ListObjectVersionsCommand({ ...query, ...markers }));
      for (const { Key, VersionId } of page.Versions ?? []) {
        if (Key === undefined || VersionId === undefined) refuse("ListObjectVersions", "a key and a version id");
        yield { key: decoded(Key, page), versionId: VersionId };
      }
      if (!page.IsTruncated) return;
      if (page.NextKeyMarker === undefined) refuse("ListObjectVersions", "where the next page begins");
      markers = { KeyMarker: decoded(page.NextKeyMarker, page), VersionIdMarker: page.NextVersionIdMarker };
    }
  }

  async isHeld(Bucket: string, { key, versionId }: ObjectVersion): Promise<boolean> {
    try {
      const command = new GetObjectLegalHoldCommand({ Bucket, Key: key, VersionId: versionId });
      const { LegalHold } = await this.s3.send(command);
      if (LegalHold?.Status === "ON") return true;
      return LegalHold?.Status === "OFF" ? false : refuse("GetObjectLegalHold", "ON or OFF");
    } catch (error) {
      // A version that was never held (S3 API, GetObjectLegalHold).
      if ((error as Error).name === "NoSuchObjectLockConfiguration") return false;
      throw error;
    }
  }

  async setHold(Bucket: string, { key, versionId }: ObjectVersion, held: boolean): Promise<void> {
    const LegalHold = { Status: held ? "ON" : "OFF" } as const;
    await this.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: key, VersionId: versionId, LegalHold }));
  }
}

function decoded(key: string, { EncodingType }: ListObjectVersionsCommandOutput): string {
  return EncodingType === "url" ? decodeURIComponent(key.replaceAll("+", " ")) : key;
}

function refuse(where: string, expected: string): never {
  throw new Part11Error({
    code: "TRANSPORT",
    what: "answer of AWS not understood",
    where,
    expected,
    got: "neither",
    todo: "try again; if it stays, look at the state with the AWS CLI",
  });
}
