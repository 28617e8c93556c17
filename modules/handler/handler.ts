// SPDX-License-Identifier: Apache-2.0
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction, type LambdaFunctionVpcConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey, logsEncrypt } from "../encryption-key";
import type { Metric } from "../metric";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { handlerArchive } from "./archive";

/** Where AWS takes the signed code from. */
export interface HandlerCode {
  /** Literal name of the bucket that the archives of `dist/handlers` were put into after signing. */
  readonly bucketName: string;
  /** The configuration that refuses what its publisher has not signed. @default - none: any code of the bucket runs */
  readonly signingConfigArn?: string;
}

const LAMBDA = { service: "lambda.amazonaws.com" };
const ECS_TASKS = "ecs-tasks.amazonaws.com";

export interface HandlerProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Module and function of this package, for instance `sftp-gateway/identity-provider`. */
  readonly source: string;
  /** Last part of the names of function, role and log group. */
  readonly name: string;
  /** What the function is for, as the gate reads it. @default - no tag */
  readonly part11Role?: "ingest" | "identity-provider" | "ledger";
  /** Lets ECS tasks of this account run with the function's role, for the same code without a function's limits. @default false */
  readonly alsoRunsAsTask?: boolean;
  /** Where the code comes from. */
  readonly code: HandlerCode;
  /** What the code reads from its environment. No secret: it stands in the plan. */
  readonly environment: Readonly<Record<string, string>>;
  /** Longest run, 1-900 seconds. @default 30 */
  readonly timeoutSeconds?: number;
  /** Memory, 128-10240 megabytes. @default 256 */
  readonly memoryMegabytes?: number;
  /** Runs at the same time, at most. @default - the account's limit */
  readonly reservedConcurrency?: number;
  /** Subnets and security groups. @default - outside of any VPC */
  readonly vpc?: LambdaFunctionVpcConfig;
  /** Days that CloudWatch Logs keeps the log: one of its own steps, at most 3653. @default 3653 */
  readonly logGroupDays?: number;
}

/**
 * A Lambda function that runs code of this package: pinned by SHA-256, signed where `code` says so, with a role, a key
 * and an encrypted log group of its own (21 CFR 11.10(a), 11.30).
 *
 * The object that AWS takes it from is named by the SHA-256 of the archive before signing, so that a plan shows which
 * code will run and a new release never replaces an object that another release uses.
 *
 * @throws HANDLER_NOT_BUILT
 */
export class Handler extends Construct {
  readonly function: LambdaFunction;
  readonly functionName: string;
  /** Literal ARN. */
  readonly arn: string;
  readonly role: RuntimeRole;
  readonly key: EncryptionKey;
  readonly logGroup: CloudwatchLogGroup;
  /** Literal name of the log group. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const arns = new Arns(props.env);
    this.functionName = `${props.namePrefix}-${props.name}`;
    this.arn = arns.lambda(this.functionName);
    this.logGroupName = `/part11/${props.namePrefix}/${props.name}`;
    const days = props.logGroupDays ?? 3653;
    const tags = {
      ...gxpTags(props.identity, `${days} days`),
      ...(props.part11Role === undefined ? {} : { Part11Role: props.part11Role }),
    };
    const production = props.identity.environment === "production";
    this.key = functionKey(this, props, arns.logGroup(this.logGroupName), tags);
    this.logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: this.logGroupName,
      retentionInDays: days,
      kmsKeyId: this.key.arn,
      skipDestroy: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
    this.role = new RuntimeRole(this, "Role", {
      env: props.env,
      roleName: this.functionName,
      trust: props.alsoRunsAsTask ? [LAMBDA, { service: ECS_TASKS, sourceArn: arns.everyTask() }] : LAMBDA,
      boundary: props.boundary,
      tags,
    });
    const log = this.role.grant("log", [
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${arns.logGroup(this.logGroupName)}:*`,
      },
    ]);
    const { sha256 } = handlerArchive(props.source);
    this.function = new LambdaFunction(this, "Resource", {
      functionName: this.functionName,
      role: this.role.arn,
      runtime: "nodejs22.x",
      architectures: ["x86_64"],
      handler: "index.handler",
      packageType: "Zip",
      s3Bucket: props.code.bucketName,
      s3Key: handlerKey(props.source, sha256),
      sourceCodeHash: Buffer.from(sha256, "hex").toString("base64"),
      codeSigningConfigArn: props.code.signingConfigArn,
      kmsKeyArn: this.key.arn,
      environment: { variables: { ...props.environment } },
      timeout: props.timeoutSeconds ?? 30,
      memorySize: props.memoryMegabytes ?? 256,
      reservedConcurrentExecutions: props.reservedConcurrency,
      vpcConfig: props.vpc,
      // What a caller of X-Ray traces goes on; no trace begins here, which would need rights and cost by the run.
      tracingConfig: { mode: "PassThrough" },
      loggingConfig: { logFormat: "JSON", logGroup: this.logGroup.name },
      tags,
      dependsOn: [this.role.role, log],
    });
  }

  /** Runs that ended in an error, per minute. */
  metricErrors(): Metric {
    return {
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: this.functionName },
      statistic: "Sum",
      periodSeconds: 60,
    };
  }
}

/** Where the archive of a handler lies in the bucket of signed code. */
export function handlerKey(source: string, sha256: string): string {
  return `handlers/${source}/${sha256}.zip`;
}

function functionKey(
  scope: Construct,
  props: HandlerProps,
  logGroupArn: string,
  tags: Record<string, string>,
): EncryptionKey {
  return new EncryptionKey(scope, "Key", {
    env: props.env,
    environment: props.identity.environment,
    alias: `${props.namePrefix}-${props.name}`,
    administratorArns: props.administratorArns,
    serviceStatements: [logsEncrypt(props.env, logGroupArn)],
    tags,
  });
}
