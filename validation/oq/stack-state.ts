// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** One resource of `terraform show -json` after the apply. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A role that may write below one prefix of one bucket. */
export interface WriterSubject {
  readonly roleArn: string;
  readonly trustedBy: string;
  readonly bucket: string;
  readonly prefix: string;
}

/** A role that people or systems assume. */
export interface RoleSubject {
  readonly roleArn: string;
  readonly trustedBy: string;
}

interface InlineStatement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: { readonly AWS?: string | string[] };
}

/** Reads from the applied state what can be challenged. Everything is found by what it is, nothing by its address. */
export class StackState {
  constructor(
    private readonly resources: readonly StateResource[],
    private readonly name: string,
  ) {}

  ofType(type: string): readonly StateResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** Name of the only bucket with the tag `BucketRole`, the one whose name holds `part` where there are several. */
  bucket(role: string, part = ""): string {
    const names = this.ofType("aws_s3_bucket")
      .filter(({ values }) => (values.tags as Record<string, string> | null)?.BucketRole === role)
      .map(({ values }) => String(values.bucket));
    return this.only(
      names.filter((name) => name.includes(part)),
      `bucket with role ${role}`,
    );
  }

  /** ARN of the bucket's default key. */
  keyOf(bucket: string): string {
    const keys = this.ofType("aws_s3_bucket_server_side_encryption_configuration")
      .filter(({ values }) => values.bucket === bucket)
      .map(({ values }) => first(first(values.rule).apply_server_side_encryption_by_default).kms_master_key_id);
    return String(this.only(keys, `default key of ${bucket}`));
  }

  /** Bucket that `source` is replicated to. */
  replicaOf(source: string): string {
    const destinations = this.ofType("aws_s3_bucket_replication_configuration")
      .filter(({ values }) => values.bucket === source)
      .map(({ values }) => String(first(first(values.rule).destination).bucket).replace(/^arn:[^:]+:s3:::/, ""));
    return this.only(destinations, `replica of ${source}`);
  }

  /** Region of a bucket, as AWS told Terraform. */
  regionOf(bucket: string): string {
    const found = this.ofType("aws_s3_bucket").filter(({ values }) => values.bucket === bucket);
    return String(this.only(found, `bucket ${bucket}`).values.region);
  }

  /** Name of the only table whose name ends so. */
  tableNamed(ending: string): string {
    const names = this.ofType("aws_dynamodb_table").map(({ values }) => String(values.name));
    return this.only(
      names.filter((name) => name.endsWith(ending)),
      `table with a name that ends ${ending}`,
    );
  }

  /** ARN of the only table whose name ends so. */
  tableArn(ending: string): string {
    const name = this.tableNamed(ending);
    return String(this.ofType("aws_dynamodb_table").find(({ values }) => values.name === name)!.values.arn);
  }

  /** ARN of the only role whose name ends so. */
  roleNamed(ending: string): string {
    const roles = this.ofType("aws_iam_role").filter(({ values }) => String(values.name).endsWith(ending));
    return String(this.only(roles, `role with a name that ends ${ending}`).values.arn);
  }

  /** Name of the only queue whose name ends so. */
  queueNamed(ending: string): string {
    const names = this.ofType("aws_sqs_queue").map(({ values }) => String(values.name));
    return this.only(
      names.filter((name) => name.endsWith(ending)),
      `queue with a name that ends ${ending}`,
    );
  }

  /** Name of the only alarm whose name ends so, and ARN of the topic that it notifies. */
  alarmNamed(ending: string): { readonly name: string; readonly topic: string } {
    const found = this.ofType("aws_cloudwatch_metric_alarm").filter(({ values }) =>
      String(values.alarm_name).endsWith(ending),
    );
    const { values } = this.only(found, `alarm with a name that ends ${ending}`);
    const actions = list(values.alarm_actions as string[]);
    return { name: String(values.alarm_name), topic: String(this.only(actions, `action of the alarm ${ending}`)) };
  }

  /** Name of the only function whose name ends so. */
  functionNamed(ending: string): string {
    return String(this.function(ending).values.function_name);
  }

  /** Variable of a function. @throws SUBJECT_NOT_FOUND where it has none of that name */
  variableOf(functionEnding: string, name: string): string {
    const variables = first(this.function(functionEnding).values.environment).variables as Record<string, string>;
    return this.only(
      [variables?.[name]].flatMap((value) => value ?? []),
      `variable ${name} of the function that ends ${functionEnding}`,
    );
  }

  /** Log group that a function writes to. */
  logGroupOf(functionEnding: string): string {
    return String(first(this.function(functionEnding).values.logging_config).log_group);
  }

  /** Name of the only event rule whose name ends so. */
  ruleNamed(ending: string): string {
    const names = this.ofType("aws_cloudwatch_event_rule").map(({ values }) => String(values.name));
    return this.only(
      names.filter((name) => name.endsWith(ending)),
      `event rule with a name that ends ${ending}`,
    );
  }

  /** Id of the SFTP server. */
  sftpServerId(): string {
    return String(this.only(this.ofType("aws_transfer_server"), "SFTP server").values.id);
  }

  /** Name of the only event rule of ingest that is told of objects of a bucket. */
  ruleOnObjects(bucket: string): string {
    const rules = this.ofType("aws_cloudwatch_event_rule").filter(({ values }) => {
      const pattern = JSON.parse(String(values.event_pattern || "{}")) as {
        detail?: { bucket?: { name?: unknown[] } };
      };
      return String(values.name).includes("-ingest-objects-") && pattern.detail?.bucket?.name?.includes(bucket);
    });
    return String(this.only(rules, `event rule of ingest on objects of ${bucket}`).values.name);
  }

  /** Log group of the SFTP server. */
  sftpLogGroup(): string {
    const server = this.only(this.ofType("aws_transfer_server"), "SFTP server");
    const [arn] = list(server.values.structured_log_destinations as string[]);
    return String(arn)
      .replace(/^.*:log-group:/, "")
      .replace(/:\*$/, "");
  }

  /** ARN of the only topic whose name ends so. */
  topicNamed(ending: string): string {
    const topics = this.ofType("aws_sns_topic").filter(({ values }) => String(values.name).endsWith(ending));
    return String(this.only(topics, `topic with a name that ends ${ending}`).values.arn);
  }

  /** Filter, as JSON, of the only subscription of a topic whose filter names `value`. */
  subscriptionFilter(topic: string, value: string): string {
    const filters = this.ofType("aws_sns_topic_subscription")
      .filter(({ values }) => values.topic_arn === topic)
      .map(({ values }) => String(values.filter_policy ?? ""));
    return this.only(
      filters.filter((filter) => filter.includes(JSON.stringify(value))),
      `subscription of ${topic} whose filter names ${value}`,
    );
  }

  trailName(): string {
    return String(this.only(this.ofType("aws_cloudtrail"), "audit trail").values.name);
  }

  /** Log group that the trail delivers to. */
  trailLogGroup(): string {
    const arn = String(this.only(this.ofType("aws_cloudtrail"), "audit trail").values.cloud_watch_logs_group_arn);
    return arn.replace(/^.*:log-group:/, "").replace(/:\*$/, "");
  }

  /** Name of the alarm on a metric. */
  alarmOn(metric: string): string {
    return String(this.alarm(metric).values.alarm_name);
  }

  /** ARN of the topic that the alarm on a metric notifies. */
  topicOf(metric: string): string {
    return String(
      this.only(list(this.alarm(metric).values.alarm_actions as string[]), `action of the alarm on ${metric}`),
    );
  }

  private function(ending: string): StateResource {
    const found = this.ofType("aws_lambda_function").filter(({ values }) =>
      String(values.function_name).endsWith(ending),
    );
    return this.only(found, `function with a name that ends ${ending}`);
  }

  private alarm(metric: string): StateResource {
    const found = this.ofType("aws_cloudwatch_metric_alarm").filter(({ values }) => values.metric_name === metric);
    return this.only(found, `alarm on ${metric}`);
  }

  /** The writer of a bucket that a person or system may assume: a service writes by itself and cannot be played here. */
  writer(bucket: string): WriterSubject {
    const found = this.grants().flatMap(({ role, statement }) => {
      if (this.trustedBy(role) === undefined || !list(statement.Action).includes("s3:PutObject")) return [];
      return list(statement.Resource).flatMap((arn) => {
        const match = /^arn:[^:]+:s3:::([^/]+)\/(.+)\*$/.exec(arn);
        return match?.[1] === bucket ? [{ ...this.role(role), bucket, prefix: match[2]! }] : [];
      });
    });
    return this.only(found, `writer of ${bucket}`);
  }

  /** The only role that is allowed `action`, on objects of `bucket` where one is named, and may be assumed by a role or user. */
  roleAllowed(action: string, bucket?: string): RoleSubject {
    const roles = this.grants().filter(
      ({ statement }) =>
        list(statement.Action).some((a) => a === action || a === `${action.split(":")[0]}:*`) &&
        (bucket === undefined || list(statement.Resource).some((arn) => arn.endsWith(`:::${bucket}/*`))),
    );
    const assumable = [...new Set(roles.map(({ role }) => role))].filter((role) => this.trustedBy(role) !== undefined);
    return this.role(this.only(assumable, `role allowed ${action}`));
  }

  role(name: string): RoleSubject {
    const role = this.only(
      this.ofType("aws_iam_role").filter(({ values }) => values.name === name),
      `role ${name}`,
    );
    return {
      roleArn: String(role.values.arn),
      trustedBy: this.only(
        [this.trustedBy(name)].flatMap((arn) => arn ?? []),
        `principal trusted by ${name}`,
      ),
    };
  }

  private trustedBy(roleName: string): string | undefined {
    const role = this.ofType("aws_iam_role").find(({ values }) => values.name === roleName);
    return statements(role?.values.assume_role_policy).flatMap((s) => list(s.Principal?.AWS))[0];
  }

  private grants(): Array<{ role: string; statement: InlineStatement }> {
    return this.ofType("aws_iam_role_policy").flatMap(({ values }) =>
      statements(values.policy)
        .filter((statement) => statement.Effect === "Allow")
        .map((statement) => ({ role: String(values.role), statement })),
    );
  }

  /** @throws SUBJECT_NOT_FOUND unless exactly one */
  only<T>(found: readonly T[], what: string): T {
    if (found.length === 1) return found[0]!;
    throw new Part11Error({
      code: "SUBJECT_NOT_FOUND",
      what: `${what} not found`,
      where: `state of ${this.name}`,
      expected: "exactly one",
      got: String(found.length),
      todo: "check that the stack was applied whole and that the profile fits it",
    });
  }
}

function first(block: unknown): Record<string, unknown> {
  return (Array.isArray(block) ? (block[0] ?? {}) : (block ?? {})) as Record<string, unknown>;
}

export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function statements(policy: unknown): InlineStatement[] {
  if (typeof policy !== "string") return [];
  const { Statement } = JSON.parse(policy) as { Statement?: InlineStatement | InlineStatement[] };
  return [...list(Statement)];
}
