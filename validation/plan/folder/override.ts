// SPDX-License-Identifier: Apache-2.0
import type { AwsProviderBlock } from "./configuration";

/** Read last: Terraform merges override files in the order of their names. */
export const OVERRIDE_FILE = "zzzz_part11_override.tf.json";

/** What names other credentials or another configuration than the run's own; null takes an argument away. */
const ELSEWHERE = [
  "access_key",
  "custom_ca_bundle",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "profile",
  "secret_key",
  "shared_config_files",
  "shared_credentials_files",
  "token",
];

/** Services that are pointed at the embedded AWS by name; AWS_ENDPOINT_URL points every other one there. */
const SERVICES = [
  "accessanalyzer",
  "acm",
  "apigateway",
  "athena",
  "backup",
  "batch",
  "cloudformation",
  "cloudtrail",
  "cloudwatch",
  "cognitoidp",
  "configservice",
  "dynamodb",
  "ec2",
  "ecr",
  "ecs",
  "events",
  "firehose",
  "glue",
  "guardduty",
  "iam",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "rds",
  "route53",
  "s3",
  "s3control",
  "scheduler",
  "secretsmanager",
  "securityhub",
  "sfn",
  "signer",
  "sns",
  "sqs",
  "ssm",
  "sts",
  "transfer",
];

/**
 * Text of an override file that points every AWS provider of the root module at the embedded AWS and keeps the state beside the plan,
 * whatever backend the folder names.
 *
 * @param providers blocks of the root module; the default one is pointed there even where none is written
 * @param endpoint `https://127.0.0.1:<port>`
 */
export function overrideText(providers: readonly AwsProviderBlock[], endpoint: string): string {
  const written = providers.some(({ alias }) => alias === null);
  const blocks = written ? providers : [{ alias: null, arguments: [] }, ...providers];
  return `${JSON.stringify(
    {
      terraform: { backend: { local: { path: "terraform.tfstate" } } },
      provider: { aws: blocks.map((block) => pointed(block, endpoint)) },
    },
    null,
    2,
  )}\n`;
}

function pointed({ alias, arguments: args }: AwsProviderBlock, endpoint: string): object {
  return {
    ...(alias === null ? {} : { alias }),
    ...Object.fromEntries(args.filter((name) => ELSEWHERE.includes(name)).map((name) => [name, null])),
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    max_retries: 2,
    s3_use_path_style: true,
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
  };
}
