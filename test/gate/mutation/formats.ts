// SPDX-License-Identifier: Apache-2.0

interface Format {
  /** Last name of the path. */
  readonly names: RegExp;
  readonly types?: RegExp;
  readonly format: RegExp;
}

const ARN = /^arn:aws[\w-]*:/;
const KEY = /^(arn:aws[\w-]*:kms:.+|alias\/.+|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Patterns of the API references and, for names of buckets, of the S3 user guide, read 2026-11. The first that fits holds. */
const FORMATS: readonly Format[] = [
  { names: /^(kms_master_key_id|kms_key_id|kms_key_arn|replica_kms_key_id|target_key_id)$/, format: KEY },
  { names: /^(bucket|target_bucket|s3_bucket_name)$/, format: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/ },
  { names: /^vpc_id$/, format: /^vpc-[0-9a-f]+$/ },
  { names: /^subnet_ids?$/, format: /^subnet-[0-9a-f]+$/ },
  { names: /^security_group_ids$/, format: /^sg-[0-9a-f]+$/ },
  { names: /^address_allocation_ids$/, format: /^eipalloc-[0-9a-f]+$/ },
  { names: /^route_table_ids?$/, format: /^rtb-[0-9a-f]+$/ },
  { names: /^gateway_id$/, types: /^aws_route$/, format: /^(igw|vgw)-[0-9a-f]+$|^local$/ },
  { names: /^detector_id$/, format: /^[0-9a-f]{32}$/ },
  { names: /^(account_id|source_account)$/, format: /^\d{12}$/ },
  { names: /^principal_org_id$/, format: /^o-[a-z0-9]{10,32}$/ },
  { names: /^path$/, types: /^aws_iam_role$/, format: /^\/(.*\/)?$/ },
  { names: /^source_code_hash$/, format: /^[A-Za-z0-9+/]{43}=$/ },
  { names: /^service_name$/, types: /^aws_vpc_endpoint$/, format: /^(com|aws)\.[\w.-]+$/ },
  { names: /(^|_)arns?$/, format: ARN },
  {
    names: /^(logging_role|execution_role|invocation_role|role)$/,
    types: /^aws_transfer|^aws_lambda_function$/,
    format: ARN,
  },
  {
    names: /^name$/,
    types: /^aws_(cloudtrail|backup_vault|config_configuration_recorder(_status)?)$/,
    format: /^[\w.-]{1,255}$/,
  },
  { names: /^event_bus_name$/, format: /^[/.\-_A-Za-z0-9:]+$/ },
  { names: /^rule$/, types: /^aws_cloudwatch_event_target$/, format: /^[.\-_A-Za-z0-9]{1,64}$/ },
  { names: /^(function_name)$/, format: /^[\w:-]{1,170}$/ },
];

/**
 * Whether AWS could take a text for an argument; what it refuses nobody can install, whatever is planned. Texts with a
 * reference in them, and of arguments whose format is not known here, it could take.
 */
export function takes(type: string, path: string, value: unknown): boolean {
  if (typeof value === "number") return NUMBERS[`${type} ${path}`]?.(value) ?? true;
  const policy = policyOf(value);
  if (policy) return policy.every((statement) => isStatementOf(`${type} ${path}`, statement));
  const name = path.slice(path.lastIndexOf(".") + 1);
  const known = FORMATS.find(({ names, types }) => names.test(name) && (types?.test(type) ?? true));
  if (Array.isArray(value)) return value.every((item) => takes(type, path, item));
  if (known === undefined || typeof value !== "string" || value.includes("${")) return true;
  return known.format.test(value);
}

/** CloudWatch's PutMetricAlarm, S3's PutBucketLifecycleConfiguration. */
const NUMBERS: Readonly<Record<string, (value: number) => boolean>> = {
  "aws_cloudwatch_metric_alarm period": isPeriod,
  "aws_cloudwatch_metric_alarm metric_query.metric.period": isPeriod,
  "aws_s3_bucket_lifecycle_configuration rule.expiration.days": (days) => days >= 1,
  "aws_s3_bucket_lifecycle_configuration rule.noncurrent_version_expiration.noncurrent_days": (days) => days >= 1,
  "aws_s3_bucket_lifecycle_configuration rule.transition.days": (days) => days >= 0,
  "aws_lambda_function reserved_concurrent_executions": (executions) => executions >= -1,
};

function isPeriod(seconds: number): boolean {
  return [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);
}

type Statement = Readonly<Record<string, unknown>>;

function policyOf(value: unknown): readonly Statement[] | undefined {
  if (typeof value !== "string" || !value.startsWith("{") || !value.includes('"Statement"')) return undefined;
  return [(JSON.parse(value) as { Statement: Statement | Statement[] }).Statement].flat();
}

/**
 * IAM user guide, Grammar of the policy language: a policy of an identity names no principal, a trust policy no resource and
 * no action but those of STS; one on a bucket speaks of that bucket, and S3 refuses any other resource.
 */
function isStatementOf(attribute: string, statement: Statement): boolean {
  if (attribute === "aws_iam_policy policy" || attribute === "aws_iam_role_policy policy") {
    return !("Principal" in statement);
  }
  if (attribute === "aws_iam_role assume_role_policy") {
    const actions = [statement.Action].flat().map(String);
    return !("Resource" in statement) && actions.every((action) => action.startsWith("sts:"));
  }
  return attribute !== "aws_s3_bucket_policy policy" || statement.Resource !== "*";
}
