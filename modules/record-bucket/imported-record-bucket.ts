// SPDX-License-Identifier: Apache-2.0
import type { Construct } from "constructs";
import { Arns, type AwsEnvironment, checkAwsEnvironment } from "../aws-environment";
import { RecordBucketBase } from "./record-bucket-base";

export interface RecordBucketAttributes {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Name of the bucket as it is. */
  readonly bucketName: string;
  /** ARN of the bucket's default key. */
  readonly keyArn: string;
}

/** A record bucket of another stack: rights on it can be granted, nothing of it is changed. */
export class ImportedRecordBucket extends RecordBucketBase {
  readonly bucketName: string;
  readonly arn: string;
  readonly keyArn: string;
  protected readonly region: string;

  constructor(scope: Construct, id: string, attributes: RecordBucketAttributes) {
    super(scope, id);
    checkAwsEnvironment(attributes.env, this.node.path);
    this.bucketName = attributes.bucketName;
    this.arn = new Arns(attributes.env).bucket(attributes.bucketName);
    this.keyArn = attributes.keyArn;
    this.region = attributes.env.region;
  }
}
