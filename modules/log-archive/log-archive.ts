// SPDX-License-Identifier: Apache-2.0
import { Construct } from "constructs";
import type { AuditBucket } from "../audit-bucket";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { HandlerCode } from "../handler";
import type { Monitoring } from "../monitoring";
import type { RuntimeRoleProps } from "../runtime-role";
import { ScheduledCheck } from "../scheduled-check";
import type { SystemIdentity } from "../tags";
import { LOGS } from "./copy/copy";

export interface LogArchiveProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Literal names of the log groups that are copied. */
  readonly logGroupNames: readonly string[];
  /** Where the copies are locked, below `mirror/logs/`. */
  readonly auditBucket: AuditBucket;
  /** Whose topics are told of runs that failed or never were. */
  readonly monitoring: Monitoring;
  /** Where the function's code comes from. */
  readonly code: HandlerCode;
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
}

/**
 * Copies log groups to the audit bucket every quarter of an hour: who deletes a log group, or whose retention ends it, takes
 * nothing of the copies, which are locked as the trail is (21 CFR 11.10(e); docs/decisions/0021).
 *
 * @throws HANDLER_NOT_BUILT, ADMINISTRATOR_MISSING
 */
export class LogArchive extends Construct {
  readonly check: ScheduledCheck;

  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const { env, identity, namePrefix, administratorArns, boundary, code, logGroupNames } = props;
    this.check = new ScheduledCheck(this, "Check", {
      handler: {
        ...{ env, identity, namePrefix, administratorArns, boundary, code },
        source: "log-archive/copy",
        name: "log-archive",
        timeoutSeconds: 840,
        memoryMegabytes: 512,
        environment: { LOG_GROUPS: logGroupNames.join(","), AUDIT_BUCKET: props.auditBucket.records.bucketName },
      },
      everyMinutes: 15,
      monitoring: props.monitoring,
    });
    const { role } = this.check.handler;
    const arns = new Arns(env);
    role.grant("read-logs", [
      {
        Sid: "ReadLogs",
        Effect: "Allow",
        Action: "logs:FilterLogEvents",
        Resource: logGroupNames.map((name) => `${arns.logGroup(name)}:*`),
      },
    ]);
    props.auditBucket.grantMirror(role, LOGS);
  }
}
