// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "./errors";

/** Where a construct is deployed. Nothing here has a default: a wrong account or region must not be possible by silence. */
export interface AwsEnvironment {
  /** `aws`, `aws-cn`, `aws-us-gov`, …: first part of every ARN. */
  readonly partition: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Region code, for instance `eu-central-1`. */
  readonly region: string;
}

/** What a deployment is for. It decides which locks are demanded and which are refused. */
export type EnvironmentName = "production" | "qualification" | "development";

/** Builds literal ARNs, so that policies are known at plan time (an ARN taken from a resource is unknown until apply). */
export class Arns {
  constructor(private readonly env: AwsEnvironment) {}

  bucket(name: string): string {
    return `arn:${this.env.partition}:s3:::${name}`;
  }

  role(name: string): string {
    return `arn:${this.env.partition}:iam::${this.env.accountId}:role/${name}`;
  }

  accountRoot(): string {
    return `arn:${this.env.partition}:iam::${this.env.accountId}:root`;
  }

  policy(name: string): string {
    return `arn:${this.env.partition}:iam::${this.env.accountId}:policy/${name}`;
  }

  /** Every key of the account, in every region. */
  keysOfEveryRegion(): string {
    return `arn:${this.env.partition}:kms:*:${this.env.accountId}:key/*`;
  }

  topic(name: string): string {
    return this.regional("sns", name);
  }

  trail(name: string): string {
    return this.regional("cloudtrail", `trail/${name}`);
  }

  lambda(name: string): string {
    return this.regional("lambda", `function:${name}`);
  }

  table(name: string): string {
    return this.regional("dynamodb", `table/${name}`);
  }

  backupVault(name: string): string {
    return this.regional("backup", `backup-vault:${name}`);
  }

  recoveryPoint(id: string): string {
    return this.regional("backup", `recovery-point:${id}`);
  }

  queue(name: string): string {
    return this.regional("sqs", name);
  }

  secret(name: string): string {
    return this.regional("secretsmanager", `secret:${name}`);
  }

  logGroup(name: string): string {
    return this.regional("logs", `log-group:${name}`);
  }

  stateMachine(name: string): string {
    return this.regional("states", `stateMachine:${name}`);
  }

  glueWorkflow(name: string): string {
    return this.regional("glue", `workflow/${name}`);
  }

  alarms(): string {
    return this.regional("cloudwatch", "alarm:*");
  }

  eventRule(name: string): string {
    return this.regional("events", `rule/${name}`);
  }

  eventRules(namePrefix: string): string {
    return this.regional("events", `rule/${namePrefix}*`);
  }

  /** What ECS names as the source when a task takes its role (ECS developer guide, "Amazon ECS task IAM role"). */
  everyTask(): string {
    return this.regional("ecs", "*");
  }

  cluster(name: string): string {
    return this.regional("ecs", `cluster/${name}`);
  }

  ecsService(cluster: string, name: string): string {
    return this.regional("ecs", `service/${cluster}/${name}`);
  }

  private regional(service: string, resource: string): string {
    return `arn:${this.env.partition}:${service}:${this.env.region}:${this.env.accountId}:${resource}`;
  }
}

/**
 * Refuses an account, region or partition that cannot be right.
 * @throws ACCOUNT_INVALID, REGION_INVALID
 */
export function checkAwsEnvironment(env: AwsEnvironment, where: string): void {
  if (!/^\d{12}$/.test(env.accountId)) {
    throw new ModuleError("ACCOUNT_INVALID", {
      what: "account id not usable",
      where,
      expected: "twelve digits",
      got: JSON.stringify(env.accountId),
      todo: "write the account id as a quoted string",
    });
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(env.region) || !/^aws(-[a-z]+)*$/.test(env.partition)) {
    throw new ModuleError("REGION_INVALID", {
      what: "region or partition not usable",
      where,
      expected: "a partition such as aws and a region such as eu-central-1",
      got: JSON.stringify([env.partition, env.region]),
      todo: "name both in the settings",
    });
  }
}
