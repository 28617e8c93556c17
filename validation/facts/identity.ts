// SPDX-License-Identifier: Apache-2.0
import type { Reference } from "./facts";
import type { JsonObject } from "./json-object";

/** How a type is named by literals: the argument with its name, and the ARN made of it. Source: AWS service authorization reference. */
interface Naming {
  readonly attribute: string;
  readonly service: string;
  /** Resource part of the ARN. */
  readonly resource: (name: string, values: JsonObject) => string;
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value !== "" ? value : otherwise;
const naming = (attribute: string, service: string, prefix: string): Naming => ({
  attribute,
  service,
  resource: (name) => `${prefix}${name}`,
});
const iam = (kind: string): Naming => ({
  attribute: "name",
  service: "iam",
  resource: (name, values) => `${kind}${text(values.path, "/")}${name}`,
});

const NAMINGS: ReadonlyMap<string, Naming> = new Map([
  ["aws_s3_bucket", naming("bucket", "s3", "")],
  ["aws_iam_role", iam("role")],
  ["aws_iam_policy", iam("policy")],
  ["aws_iam_user", iam("user")],
  ["aws_iam_group", iam("group")],
  ["aws_iam_instance_profile", iam("instance-profile")],
  ["aws_sns_topic", naming("name", "sns", "")],
  ["aws_sqs_queue", naming("name", "sqs", "")],
  ["aws_dynamodb_table", naming("name", "dynamodb", "table/")],
  ["aws_cloudtrail", naming("name", "cloudtrail", "trail/")],
  ["aws_cloudwatch_log_group", naming("name", "logs", "log-group:")],
  ["aws_cloudwatch_metric_alarm", naming("alarm_name", "cloudwatch", "alarm:")],
  ["aws_cloudwatch_event_bus", naming("name", "events", "event-bus/")],
  [
    "aws_cloudwatch_event_rule",
    {
      attribute: "name",
      service: "events",
      resource: (name, values) => {
        const bus = text(values.event_bus_name, "default");
        return bus === "default" ? `rule/${name}` : `rule/${bus}/${name}`;
      },
    },
  ],
  ["aws_kms_alias", naming("name", "kms", "")],
  ["aws_lambda_function", naming("function_name", "lambda", "function:")],
  ["aws_athena_workgroup", naming("name", "athena", "workgroup/")],
  ["aws_glue_catalog_database", naming("name", "glue", "database/")],
  [
    "aws_glue_catalog_table",
    {
      attribute: "name",
      service: "glue",
      resource: (name, values) => `table/${text(values.database_name, "")}/${name}`,
    },
  ],
  ["aws_backup_vault", naming("name", "backup", "backup-vault:")],
  ["aws_secretsmanager_secret", naming("name", "secretsmanager", "secret:")],
  ["aws_sfn_state_machine", naming("name", "states", "stateMachine:")],
  ["aws_kinesis_firehose_delivery_stream", naming("name", "firehose", "deliverystream/")],
  ["aws_kinesis_stream", naming("name", "kinesis", "stream/")],
  ["aws_ecr_repository", naming("name", "ecr", "repository/")],
  ["aws_ecs_cluster", naming("name", "ecs", "cluster/")],
]);

const GLOBAL_NAMES = new Set(["aws_s3_bucket", "aws_iam_role", "aws_iam_user", "aws_iam_group"]);

const KMS_ARGUMENT = /(^|_)kms(_|$)|^(target_)?key_id$|^key_arn$/;

const keyArguments = new Map<string, boolean>();

/** True for arguments that take a KMS key: its id, its ARN or an alias. */
function isKeyArgument(argument: string): boolean {
  let known = keyArguments.get(argument);
  if (known === undefined) {
    known = KMS_ARGUMENT.test(argument);
    keyArguments.set(argument, known);
  }
  return known;
}

/** Type whose name an argument takes; undefined = the argument names nothing. */
export function namedType(type: string, argument: string): string | undefined {
  switch (argument) {
    case "bucket":
      return type === "aws_s3_bucket" ? undefined : "aws_s3_bucket";
    case "s3_bucket_name":
    case "bucket_name":
    case "target_bucket":
    case "s3_bucket":
      return "aws_s3_bucket";
    case "role":
    case "roles":
    case "role_name":
      return "aws_iam_role";
    case "user":
    case "users":
      return type.startsWith("aws_iam_") ? "aws_iam_user" : undefined;
    case "group":
    case "groups":
      return type.startsWith("aws_iam_") ? "aws_iam_group" : undefined;
    case "log_group_name":
    case "log_group_names":
      return "aws_cloudwatch_log_group";
    case "rule":
      return type === "aws_cloudwatch_event_target" ? "aws_cloudwatch_event_rule" : undefined;
    case "event_bus_name":
      return "aws_cloudwatch_event_bus";
    case "table_name":
      return type.startsWith("aws_dynamodb_") ? "aws_dynamodb_table" : undefined;
    case "database":
    case "database_name":
      return type.startsWith("aws_glue_") || type.startsWith("aws_athena_") ? "aws_glue_catalog_database" : undefined;
    case "workgroup":
      return "aws_athena_workgroup";
    case "backup_vault_name":
    case "target_vault_name":
      return type === "aws_backup_vault" ? undefined : "aws_backup_vault";
    case "function_name":
      return type === "aws_lambda_function" ? undefined : "aws_lambda_function";
    case "repository":
      return type.startsWith("aws_ecr_") ? "aws_ecr_repository" : undefined;
    case "secret_id":
      return "aws_secretsmanager_secret";
    default:
      return undefined;
  }
}

const NOBODY: readonly Identity[] = [];
const NO_REFERENCES: readonly Reference[] = [];

interface Identity {
  readonly region: string | null;
  readonly account: string | null;
  /** One reference, for the answer that this is the only resource of its name. */
  readonly alone: readonly [Reference];
}

export interface Owner {
  readonly address: string;
  readonly type: string;
  readonly region: string | null;
  /** The one account its provider allows; null = not known. */
  readonly account: string | null;
}

/** Names and ARNs of the plan's own resources, so that a literal counts as a reference like `${…}` does. */
export class Identities {
  /** By type, then by name. */
  private readonly byName = new Map<string, Map<string, Identity[]>>();
  private readonly byArn = new Map<string, Identity[]>();
  private readonly bucketNames = new Map<string, string>();
  private readonly exact = new Map<string, Identity[]>();
  /** Answers of `findArn`: policies and arguments name the same few resources again and again. */
  private readonly foundArns = new Map<string, readonly Reference[]>();

  add(owner: Owner, values: JsonObject): void {
    this.foundArns.clear();
    const { type } = owner;
    const named = NAMINGS.get(type);
    const name = named && values[named.attribute];
    if (named && typeof name === "string" && name !== "") {
      const names = this.byName.get(type) ?? new Map<string, Identity[]>();
      this.byName.set(type, names);
      if (type === "aws_s3_bucket") this.bucketNames.set(owner.address, name);
      append(names, name, identityOf(owner, named.attribute));
      append(this.byArn, `${named.service}:${named.resource(name, values)}`, identityOf(owner, "arn"));
    }
    const { arn, key_id: keyId } = values;
    if (typeof arn === "string" && arn.startsWith("arn:")) append(this.exact, arn, identityOf(owner, "arn"));
    if (type === "aws_kms_key" && typeof keyId === "string") append(this.exact, keyId, identityOf(owner, "key_id"));
  }

  /** True when `find` can find something: cheap, so that most strings are left alone. */
  static mayName(type: string, argument: string, value: string): boolean {
    if (value === "") return false;
    switch (value.charCodeAt(0)) {
      case 0x61: // a
        if (value.startsWith("arn:")) return true;
        break;
      case 0x73: // s
        if (value.startsWith("s3://")) return true;
        break;
      case 0x68: // h
        if (value.startsWith("https://sqs.")) return true;
        break;
    }
    return namedType(type, argument) !== undefined || isKeyArgument(argument);
  }

  /** Resources of the plan that the value of an argument names. `region` is the referrer's: names are regional. */
  find(type: string, region: string | null, argument: string, value: string): readonly Reference[] {
    if (value.startsWith("arn:")) return this.findArn(value);
    if (value.startsWith("s3://")) return this.named("aws_s3_bucket", value.slice(5).split("/", 1)[0]!, null);
    if (value.startsWith("https://sqs.")) {
      const [, , host, account, name] = value.split("/");
      return this.arn("sqs", name ?? "", host?.split(".")[1] ?? "", account ?? "", "url");
    }
    if (value.startsWith("alias/") && isKeyArgument(argument)) return this.named("aws_kms_alias", value, region);
    const target = namedType(type, argument);
    if (target !== undefined) return this.named(target, value, GLOBAL_NAMES.has(target) ? null : region);
    return isKeyArgument(argument) ? references(this.exact.get(value) ?? NOBODY) : NO_REFERENCES;
  }

  /** True when the value of an argument is the name of a bucket, and the reference leads to one of another name. */
  isAnother(type: string, argument: string, value: string, { address }: Reference): boolean {
    // An ARN may be that of an access point, which leads to its bucket.
    if (namedType(type, argument) !== "aws_s3_bucket" || value.startsWith("arn:")) return false;
    const name = this.bucketNames.get(address);
    return name !== undefined && name !== value;
  }

  /** Resources of the plan that an ARN names, or that hold what it names (the bucket of an object). */
  findArn(arn: string): readonly Reference[] {
    let found = this.foundArns.get(arn);
    if (!found) {
      found = this.searchArn(arn);
      this.foundArns.set(arn, found);
    }
    return found;
  }

  private searchArn(arn: string): readonly Reference[] {
    const exact = this.exact.get(arn);
    if (exact) return references(exact);
    const head = arn.split(":", 5);
    const [, , service, region, account] = head as [string, string, string, string, string];
    const end = head.join(":").length;
    if (head.length < 5 || arn[end] !== ":") return NO_REFERENCES;
    const resource = arn.slice(end + 1);
    for (const candidate of holders(service, resource)) {
      const found = this.arn(service, candidate, region, account, "arn");
      if (found.length > 0) return found;
    }
    return NO_REFERENCES;
  }

  private arn(
    service: string,
    resource: string,
    region: string,
    account: string,
    attribute: string,
  ): readonly Reference[] {
    const known = this.byArn.get(`${service}:${resource}`) ?? NOBODY;
    return references(fitting(known, region || null, account || null), attribute);
  }

  private named(type: string, name: string, region: string | null): readonly Reference[] {
    return references(fitting(this.byName.get(type)?.get(name) ?? NOBODY, region, null));
  }
}

function identityOf({ address, region, account }: Owner, attribute: string): Identity {
  return { region, account, alone: [{ address, attribute, ambiguous: false }] };
}

/** Those that may lie in a region and an account; null, on either side, fits everything. */
function fitting(known: readonly Identity[], region: string | null, account: string | null): readonly Identity[] {
  const fits = (identity: Identity) =>
    (region === null || identity.region === null || identity.region === region) &&
    (account === null || identity.account === null || identity.account === account);
  return known.every(fits) ? known : known.filter(fits);
}

/** The resource part of an ARN, then what holds it: bucket of an object, table of an index, group of a stream. */
function holders(service: string, resource: string): readonly string[] {
  switch (service) {
    case "s3":
      return [resource.split("/", 1)[0]!];
    case "dynamodb":
    case "kinesis":
      return [resource, resource.split("/", 2).join("/")];
    case "logs":
      return [resource, resource.split(":").slice(0, 2).join(":")];
    case "lambda":
      return [resource, resource.split(":").slice(0, 2).join(":")];
    case "secretsmanager":
      return [resource, resource.replace(/-[A-Za-z0-9?]{6}$/, "")];
    default:
      return [resource];
  }
}

function references(identities: readonly Identity[], attribute?: string): readonly Reference[] {
  const [only] = identities;
  if (!only) return NO_REFERENCES;
  const alone = identities.length === 1;
  if (alone && (attribute === undefined || attribute === only.alone[0].attribute)) return only.alone;
  return identities.map(({ alone: [reference] }) => ({
    address: reference.address,
    attribute: attribute ?? reference.attribute,
    ambiguous: !alone,
  }));
}

function append(map: Map<string, Identity[]>, key: string, identity: Identity): void {
  const known = map.get(key);
  if (known) known.push(identity);
  else map.set(key, [identity]);
}
