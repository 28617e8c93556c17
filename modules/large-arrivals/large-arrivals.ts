// SPDX-License-Identifier: Apache-2.0
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey, logsEncrypt } from "../encryption-key";
import { ModuleError } from "../errors";
import type { Monitoring } from "../monitoring";
import type { RuntimeRole, RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { LargeAlarms } from "./large-alarms";
import { LargeQueues, largeQueueUrl } from "./large-queues";
import { TaskScaling } from "./task-scaling";
import { TaskService } from "./task-service";

/** Where the task stands: it is given no public address. */
export interface LargeNetwork {
  /** Private subnets that reach S3, DynamoDB, SQS, CloudWatch Logs and ECR, and Lambda where there is a scan. At least one. */
  readonly subnetIds: readonly string[];
  /** Groups that let nothing in and TLS out to those. At least one: without, the task is in the default group. */
  readonly securityGroupIds: readonly string[];
}

export interface LargeArrivalsProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Image of `dist/tasks/large-arrivals-worker` (docs/guides/large-files.md): `<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex>`. */
  readonly image: string;
  /** Where the task stands. */
  readonly network: LargeNetwork;
  /** Role of the function, which trusts ECS tasks too: one writer below each prefix of records (P11-10f-01). */
  readonly role: RuntimeRole;
  /** What the function's code reads from its environment; the same code runs here. No secret: it stands in the plan. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whose topics are told of failures and refusals. */
  readonly monitoring: Monitoring;
  /** Permissions boundary of the role that starts the task. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Days that CloudWatch Logs keeps the log: one of its own steps, at most 3653. @default 3653 */
  readonly logGroupDays?: number;
}

/**
 * Runs the code of ingest as a task on Fargate for versions that are too large for a function: a queue of its own, a service
 * that has one task while there is a message and none while there is none, alarms (21 CFR 11.10(a)). Its image is named by
 * digest, its root file system is read-only, and it has no address that the internet knows.
 *
 * @throws IMAGE_INVALID, NETWORK_INVALID, ADMINISTRATOR_MISSING
 */
export class LargeArrivals extends Construct {
  readonly queues: LargeQueues;
  readonly service: TaskService;
  readonly alarms: LargeAlarms;

  constructor(scope: Construct, id: string, props: LargeArrivalsProps) {
    super(scope, id);
    const { env, identity, namePrefix, network, role, monitoring } = props;
    this.checkNetwork(network);
    const name = `${namePrefix}-ingest-large`;
    const logGroupName = `/part11/${namePrefix}/ingest-large`;
    const logGroupDays = props.logGroupDays ?? 3653;
    const tags = gxpTags(identity, "not a record");
    const key = this.key(props, name, new Arns(env).logGroup(logGroupName));
    this.queues = new LargeQueues(this, "Queues", { env, namePrefix, key, tags });
    this.queues.grant(role);
    this.service = new TaskService(this, "Task", {
      ...{ env, name, logGroupName, logGroupDays, key, network, role },
      image: props.image,
      boundary: props.boundary,
      environment: { ...props.environment, LARGE_QUEUE_URL: largeQueueUrl(env, namePrefix) },
      production: identity.environment === "production",
      tags: gxpTags(identity, `${logGroupDays} days`),
    });
    new TaskScaling(this, "Scaling", { service: this.service, queueName: this.queues.versionsName, tags });
    const { queues, service } = this;
    this.alarms = new LargeAlarms(this, "Alarms", { env, namePrefix, monitoring, queues, service, tags });
  }

  private key(props: LargeArrivalsProps, alias: string, logGroupArn: string): EncryptionKey {
    const { env, identity, administratorArns } = props;
    return new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias,
      administratorArns,
      serviceStatements: [logsEncrypt(env, logGroupArn)],
      tags: gxpTags(identity, "not a record"),
    });
  }

  private checkNetwork({ subnetIds, securityGroupIds }: LargeNetwork): void {
    if (subnetIds.length > 0 && securityGroupIds.length > 0) return;
    throw new ModuleError("NETWORK_INVALID", {
      what: "network of the task not usable",
      where: this.node.path,
      expected: "at least one subnet and one security group",
      got: `${subnetIds.length} and ${securityGroupIds.length}`,
      todo: "name private subnets and a group of the task's own",
    });
  }
}
