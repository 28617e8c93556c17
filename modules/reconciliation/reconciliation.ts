// SPDX-License-Identifier: Apache-2.0
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import type { HandlerCode } from "../handler";
import type { Ingest } from "../ingest";
import type { Ledger } from "../ledger";
import type { Monitoring } from "../monitoring";
import type { RecordBucket } from "../record-bucket";
import type { RuntimeRoleProps } from "../runtime-role";
import { ScheduledCheck } from "../scheduled-check";
import type { SystemIdentity } from "../tags";
import { DIFFERS } from "./compare/compare";

export interface ReconciliationProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Whose table of deliveries names the vendors. */
  readonly ingest: Ingest;
  /** Where stands what came. */
  readonly ledger: Ledger;
  /** The buckets whose versions ingest records: those of `Ingest.buckets`. */
  readonly buckets: readonly RecordBucket[];
  /** Whose topics are told of differences, of failures and of silence. */
  readonly monitoring: Monitoring;
  /** Where the function's code comes from. */
  readonly code: HandlerCode;
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
}

/**
 * Compares twice a day what the buckets hold with what the ledger says: versions that nobody recorded, and versions that
 * were recorded and are gone (21 CFR 11.10(a), (c)). Its role only reads, and is none of those whose work it checks.
 *
 * @throws HANDLER_NOT_BUILT, ADMINISTRATOR_MISSING
 */
export class Reconciliation extends Construct {
  readonly check: ScheduledCheck;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    super(scope, id);
    const { env, identity, namePrefix, administratorArns, boundary, code, buckets } = props;
    this.check = new ScheduledCheck(this, "Check", {
      handler: {
        ...{ env, identity, namePrefix, administratorArns, boundary, code },
        source: "reconciliation/compare",
        name: "reconciliation",
        timeoutSeconds: 900,
        memoryMegabytes: 1769,
        environment: {
          BUCKETS: buckets.map(({ bucketName }) => bucketName).join(","),
          LEDGER_TABLE: props.ledger.tableName,
          DELIVERIES_TABLE: props.ingest.deliveries.tableName,
        },
      },
      everyMinutes: 720,
      finding: {
        mark: DIFFERS,
        says: "Buckets and ledger differ: versions are missing, or were never recorded.",
      },
      monitoring: props.monitoring,
    });
    const { role } = this.check.handler;
    props.ledger.grantRead(role);
    props.ingest.deliveries.grantRead(role);
    role.grant("list-versions", [
      {
        Sid: "ListVersions",
        Effect: "Allow",
        Action: "s3:ListBucketVersions",
        Resource: buckets.map(({ arn }) => arn),
      },
    ]);
  }
}
