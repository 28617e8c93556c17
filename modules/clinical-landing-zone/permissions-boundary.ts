// SPDX-License-Identifier: Apache-2.0
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import type { StartRight } from "../arrival-start";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { pullImage } from "../large-arrivals";
import { type PolicyStatement, policyJson } from "../policy-document";

export interface PermissionsBoundaryProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Literal policy name. */
  readonly name: string;
  /** First part of the names of the zone's buckets and log groups. */
  readonly namePrefix: string;
  /** Literal ARN of the one function that a role of the zone calls. @default - none */
  readonly scanFunctionArn?: string;
  /** What the zone's rules start when a record arrives. @default - nothing */
  readonly starts?: readonly StartRight[];
  /** Literal ARN of the one repository that a role of the zone pulls from. @default - none */
  readonly repositoryArn?: string;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * The most that any role of the running system can ever do, whatever is attached to it later: handle objects of this
 * zone's buckets, add to and read its tables, back them up and restore them beside, take from its queues, tell its
 * topics, write to its log groups, use keys of this account. Administration of identities, trails, keys, locks and
 * buckets is outside, and so is every other bucket (21 CFR 11.10(d), (g)).
 * @see IAM user guide, "Permissions boundaries for IAM entities"
 */
export class PermissionsBoundary extends Construct {
  readonly policy: IamPolicy;
  /** Literal ARN. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    this.arn = new Arns(props.env).policy(props.name);
    this.policy = new IamPolicy(this, "Resource", {
      name: props.name,
      description: "Upper limit of every runtime role",
      policy: policyJson(limits(props)),
      tags: props.tags,
    });
  }
}

function limits({
  env,
  namePrefix,
  scanFunctionArn,
  starts = [],
  repositoryArn,
}: PermissionsBoundaryProps): PolicyStatement[] {
  const arns = new Arns(env);
  const buckets = arns.bucket(`${namePrefix}-*-${env.accountId}`);
  return [
    {
      Sid: "HandleObjects",
      Effect: "Allow",
      Action: [
        "s3:AbortMultipartUpload",
        "s3:GetBucketLocation",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketPolicy",
        "s3:GetBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:GetInventoryConfiguration",
        "s3:GetObject*",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "s3:ListBucketVersions",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "s3:PutObjectLegalHold",
        "s3:ReplicateObject",
        "s3:ReplicateTags",
      ],
      Resource: [buckets, `${buckets}/*`],
    },
    {
      Sid: "AddToTables",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      Resource: arns.table(`${namePrefix}-*`),
    },
    {
      Sid: "BackUpTables",
      Effect: "Allow",
      Action: ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob"],
      Resource: arns.table(`${namePrefix}-*`),
    },
    {
      Sid: "RestoreBesideTables",
      Effect: "Allow",
      Action: [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:RestoreTableFromAwsBackup",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
      ],
      Resource: arns.table(`${namePrefix}-restored-*`),
    },
    {
      Sid: "KeepRecoveryPoints",
      Effect: "Allow",
      Action: ["backup:DescribeBackupVault", "backup:TagResource"],
      Resource: [arns.backupVault(`${namePrefix}-*`), arns.recoveryPoint("*")],
    },
    {
      Sid: "UseQueues",
      Effect: "Allow",
      Action: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
      ],
      Resource: arns.queue(`${namePrefix}-*`),
    },
    { Sid: "TellPeople", Effect: "Allow", Action: "sns:Publish", Resource: arns.topic(`${namePrefix}-*`) },
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: arns.secret(`${namePrefix}/*`),
    },
    {
      Sid: "UseKeys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
      // Ids of keys are AWS's own, and known too late for a policy that must be judged at plan time.
      Resource: arns.keysOfEveryRegion(),
    },
    {
      Sid: "WriteAndReadLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:PutLogEvents"],
      Resource: arns.logGroup(`/part11/${namePrefix}/*`),
    },
    // Asked of all groups at once, never of one.
    { Sid: "FindLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: arns.logGroup("*") },
    ...(scanFunctionArn
      ? [{ Sid: "AskScan", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: scanFunctionArn } as const]
      : []),
    ...starts.map((right, index) => ({ Sid: `StartProcess${index}`, Effect: "Allow", ...right }) as const),
    ...(repositoryArn ? pullImage(repositoryArn) : []),
  ];
}
