// SPDX-License-Identifier: Apache-2.0
import {
  type FunctionConfiguration,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListTagsCommand,
} from "@aws-sdk/client-lambda";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { DescribeSigningJobCommand } from "@aws-sdk/client-signer";
import type { ServiceClients } from "./clients";
import { identity, type LiveReader, type LiveResource, tagsOf, unless } from "./reader";

/** By which Lambda says that there is none. */
export const NO_FUNCTION = "ResourceNotFoundException";
/** As the provider writes "no reservation". */
const UNRESERVED = -1;

const lambdaFunction: LiveReader = {
  calls: [
    "lambda:GetFunctionConfiguration",
    "lambda:GetFunctionConcurrency",
    "lambda:GetFunctionCodeSigningConfig",
    "lambda:GetFunction",
    "lambda:ListTags",
    "signer:DescribeSigningJob",
    "s3:HeadObject",
  ],
  reads: [
    "function_name",
    "description",
    "role",
    "runtime",
    "architectures",
    "handler",
    "layers",
    "package_type",
    "image_uri",
    "source_code_hash",
    "code_signing_config_arn",
    "kms_key_arn",
    "environment.variables",
    "timeout",
    "memory_size",
    "ephemeral_storage.size",
    "reserved_concurrent_executions",
    "dead_letter_config.target_arn",
    "vpc_config.subnet_ids",
    "vpc_config.security_group_ids",
    "logging_config.log_format",
    "logging_config.log_group",
    "logging_config.application_log_level",
    "logging_config.system_log_level",
    "tracing_config.mode",
    "tags",
    "tags_all",
  ],
  async read(resource, clients) {
    const { lambda } = clients;
    const FunctionName = identity(resource, "function_name");
    const found = await unless(lambda.send(new GetFunctionConfigurationCommand({ FunctionName })), NO_FUNCTION);
    if (!found) return undefined;
    if (found.Environment?.Error) throw unread(resource, found.Environment.Error);
    const image = found.PackageType === "Image";
    const concurrency = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    return {
      ...configurationOf(found),
      source_code_hash: resource.state.source_code_hash ? await packedCode(resource, found, clients) : undefined,
      reserved_concurrent_executions: concurrency.ReservedConcurrentExecutions ?? UNRESERVED,
      code_signing_config_arn: image ? undefined : await codeSigning(lambda, FunctionName),
      image_uri: image ? await imageUri(lambda, FunctionName) : undefined,
      ...(await lambdaTags(lambda, found.FunctionArn)),
    };
  },
};

function configurationOf(found: FunctionConfiguration): Record<string, unknown> {
  return {
    function_name: found.FunctionName,
    description: found.Description,
    role: found.Role,
    runtime: found.Runtime,
    architectures: found.Architectures,
    handler: found.Handler,
    layers: found.Layers?.map(({ Arn }) => Arn),
    package_type: found.PackageType,
    kms_key_arn: found.KMSKeyArn,
    environment: { variables: found.Environment?.Variables },
    timeout: found.Timeout,
    memory_size: found.MemorySize,
    ephemeral_storage: { size: found.EphemeralStorage?.Size },
    dead_letter_config: { target_arn: found.DeadLetterConfig?.TargetArn },
    vpc_config: { subnet_ids: found.VpcConfig?.SubnetIds, security_group_ids: found.VpcConfig?.SecurityGroupIds },
    logging_config: {
      log_format: found.LoggingConfig?.LogFormat,
      log_group: found.LoggingConfig?.LogGroup,
      application_log_level: found.LoggingConfig?.ApplicationLogLevel,
      system_log_level: found.LoggingConfig?.SystemLogLevel,
    },
    tracing_config: { mode: found.TracingConfig?.Mode },
  };
}

/**
 * SHA-256 of the archive as it was packed. Signing makes another file of it, and Lambda shows that one's: of signed code
 * it is what S3 recorded of the very object version that the signing job took.
 *
 * @see Lambda API, FunctionConfiguration (CodeSha256, SigningJobArn); Signer API, DescribeSigningJob; S3 API, HeadObject
 * @throws when S3 recorded none of the whole object
 */
async function packedCode(
  { address }: LiveResource,
  { CodeSha256, SigningJobArn }: FunctionConfiguration,
  { signer, s3 }: ServiceClients,
): Promise<string | undefined> {
  if (!SigningJobArn) return CodeSha256;
  const jobId = SigningJobArn.slice(SigningJobArn.lastIndexOf("/") + 1);
  const { bucketName, key, version } = (await signer.send(new DescribeSigningJobCommand({ jobId }))).source?.s3 ?? {};
  const packed = await s3.send(
    new HeadObjectCommand({ Bucket: bucketName, Key: key, VersionId: version, ChecksumMode: "ENABLED" }),
  );
  const sha256 = packed.ChecksumSHA256;
  if (sha256 && !sha256.includes("-")) return sha256;
  throw new Error(`${address} runs signed code, and S3 holds no SHA-256 of the whole of s3://${bucketName}/${key}`);
}

/** Where a key keeps Lambda from showing a part, the answer holds an error in its place, which is no value. */
export function unread({ address }: LiveResource, error: { ErrorCode?: string; Message?: string }): Error {
  return new Error(`${address} is not shown whole: ${error.ErrorCode ?? "error"}: ${error.Message ?? "no message"}`);
}

async function codeSigning(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  return (await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }))).CodeSigningConfigArn;
}

/** Asked for images only: of zip code GetFunction answers a link with a signature, which no evidence may keep. */
async function imageUri(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  return (await lambda.send(new GetFunctionCommand({ FunctionName }))).Code?.ImageUri;
}

/** Tags of a function, mapping or code signing configuration. */
export async function lambdaTags(lambda: LambdaClient, Resource: string | undefined) {
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource }));
  return tagsOf(Object.entries(Tags ?? {}).map(([Key, Value]) => ({ Key, Value })));
}

export const LAMBDA_FUNCTION_READERS = { aws_lambda_function: lambdaFunction } as const;
