// SPDX-License-Identifier: Apache-2.0
import { Arns, type AwsEnvironment } from "../aws-environment";
import { type PolicyStatement, policyJson } from "../policy-document";

/** Services that the data subnets may reach by an interface endpoint. */
export type InterfaceService = "ecr.api" | "ecr.dkr" | "kms" | "lambda" | "logs" | "secretsmanager" | "sns" | "sqs";

/** What may pass an endpoint. Whose it is says every statement besides: this account's callers, this account's resources. */
interface Passage {
  readonly actions: readonly string[];
  /** What they are done to. */
  readonly resource: (env: AwsEnvironment) => string;
}

/**
 * What the running system does with each service. Administration goes by no endpoint of this network, and neither does
 * changing or deleting rows of a table: the ledger is only ever added to (21 CFR 11.10(c), (d)).
 */
const PASSAGES: Readonly<Record<InterfaceService, Passage>> = {
  "ecr.api": {
    actions: ["ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"],
    resource: () => "*",
  },
  "ecr.dkr": { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resource: () => "*" },
  kms: {
    actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
    resource: (env) => of(env, "kms", "key/*"),
  },
  lambda: { actions: ["lambda:InvokeFunction"], resource: (env) => of(env, "lambda", "function:*") },
  logs: { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resource: (env) => of(env, "logs", "log-group:*") },
  secretsmanager: {
    actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    resource: (env) => of(env, "secretsmanager", "secret:*"),
  },
  sns: { actions: ["sns:Publish"], resource: (env) => of(env, "sns", "*") },
  sqs: {
    actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"],
    resource: (env) => of(env, "sqs", "*"),
  },
};

/** Policy of an interface endpoint. @see AWS PrivateLink guide, "Control access to VPC endpoints using endpoint policies" */
export function interfacePolicy(service: InterfaceService, env: AwsEnvironment): string {
  const { actions, resource } = PASSAGES[service];
  return policyJson([ours("Use", env, actions, resource(env))]);
}

/**
 * Policy of the S3 endpoint: objects of this zone's buckets. A stranger's bucket cannot be reached with this account's
 * credentials, nor one of ours with a stranger's. Image layers come from a bucket of AWS, if images are pulled at all.
 * @see ECR user guide, "Minimum Amazon S3 bucket permissions for Amazon ECR"
 */
export function s3Policy(env: AwsEnvironment, namePrefix: string, pullsImages: boolean): string {
  const arns = new Arns(env);
  const buckets = arns.bucket(`${namePrefix}-*-${env.accountId}`);
  const actions = [
    "s3:AbortMultipartUpload",
    "s3:GetBucketLocation",
    "s3:GetObject*",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:PutObject",
  ];
  const layers: PolicyStatement = {
    Sid: "ImageLayers",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${arns.bucket(`prod-${env.region}-starport-layer-bucket`)}/*`,
  };
  const objects = ours("Objects", env, actions, [buckets, `${buckets}/*`]);
  return policyJson(pullsImages ? [objects, layers] : [objects]);
}

/** Policy of the DynamoDB endpoint: reading, and adding rows. A row is neither updated nor deleted by this way. */
export function dynamodbPolicy(env: AwsEnvironment): string {
  const actions = [
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
  ];
  return policyJson([ours("Rows", env, actions, of(env, "dynamodb", "table/*"))]);
}

/** @see IAM user guide, "AWS global condition context keys": aws:PrincipalAccount, aws:ResourceAccount */
function ours(
  Sid: string,
  env: AwsEnvironment,
  Action: readonly string[],
  Resource: string | readonly string[],
): PolicyStatement {
  const account = { "aws:PrincipalAccount": env.accountId, "aws:ResourceAccount": env.accountId };
  return { Sid, Effect: "Allow", Principal: "*", Action, Resource, Condition: { StringEquals: account } };
}

/** ARN pattern of what this account has of `service` in its region. */
function of(env: AwsEnvironment, service: string, resource: string): string {
  return `arn:${env.partition}:${service}:${env.region}:${env.accountId}:${resource}`;
}
