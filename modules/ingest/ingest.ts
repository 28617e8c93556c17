// SPDX-License-Identifier: Apache-2.0
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import type { DeliveryNotices } from "../delivery-notices";
import { EncryptionKey, EVENT_RULES_ENCRYPT } from "../encryption-key";
import { ModuleError } from "../errors";
import { Handler, type HandlerCode } from "../handler";
import { LargeArrivals, type LargeArrivalsProps, largeQueueUrl } from "../large-arrivals";
import type { Ledger } from "../ledger";
import type { Monitoring } from "../monitoring";
import type { RecordBucket } from "../record-bucket";
import type { RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import type { Delivery } from "./arrivals/delivery";
import { DeliveriesTable } from "./deliveries-table";
import { IngestAlarms } from "./ingest-alarms";
import { IngestQueues } from "./ingest-queues";
import { grantPromotion } from "./promotion";
import { type UnblindedStudy, unblindedStudies } from "./unblinded-studies";

export interface IngestProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Where vendors put files; what is complete and expected is promoted from here. */
  readonly inbox: RecordBucket;
  /** Where records are written. */
  readonly raw: RecordBucket;
  /** Where unblinded records are written, below the same prefixes. @default - none: an unblinded delivery is refused */
  readonly unblinded?: RecordBucket;
  /** Bucket of processed data, whose versions are hashed and recorded as well. @default - none */
  readonly curated?: RecordBucket;
  /** Where every event is recorded. */
  readonly ledger: Ledger;
  /** Literal name of the audit bucket, which holds the ledger's locked copies. */
  readonly auditBucketName: string;
  /** Whose topics are told of failures and refusals. */
  readonly monitoring: Monitoring;
  /** Where the function's code comes from. */
  readonly code: HandlerCode;
  /** What is expected of whom; nothing else is promoted. */
  readonly deliveries: readonly Delivery[];
  /** Topic that is told of every event of the ledger. @default - none: nobody is told, and no vendor gets a receipt */
  readonly notices?: DeliveryNotices;
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Largest version that the function hashes and copies, in bytes; a larger one is the task's, or without one ends in the dead-letter queue. @default 20,000,000,000, read in 400 s at 50 MB/s of the 900 s of a run (docs/decisions/0024) */
  readonly largestBytes?: number;
  /** Task that takes larger versions, and where it stands (docs/guides/large-files.md). @default - none */
  readonly larger?: Pick<LargeArrivalsProps, "image" | "network">;
  /** Largest file of `clinical/inbound/test/<vendor>/`, in bytes; a larger one is quarantined by its size, which alarms and tells the vendor. @default 100,000,000 */
  readonly largestTrialBytes?: number;
  /** Literal ARN of a function that is asked before a version is promoted (arrivals/aws-scan.ts says what it is given); without its CLEAN nothing is promoted. @default - nobody is asked */
  readonly scanFunctionArn?: string;
}

/** Seconds that a run may take. */
const TIMEOUT_SECONDS = 900;

/**
 * The way of every received version: from EventBridge by a queue to the function that hashes it, records it in the ledger
 * and, once it is complete and as expected, promotes it from inbox to raw (21 CFR 11.10(a), (e)). What fails comes again,
 * and in the end waits in a dead-letter queue that an alarm watches.
 *
 * @throws ADMINISTRATOR_MISSING, HANDLER_NOT_BUILT, SETTINGS_INVALID, and with `larger` IMAGE_INVALID, NETWORK_INVALID
 */
export class Ingest extends Construct {
  readonly handler: Handler;
  readonly queues: IngestQueues;
  /** The table of what is expected. */
  readonly deliveries: DeliveriesTable;
  readonly alarms: IngestAlarms;
  /** Takes what is too large for the function. */
  readonly large: LargeArrivals | undefined;
  /** Buckets whose versions are hashed and recorded. */
  readonly buckets: readonly RecordBucket[];
  /** Studies of which everything that a vendor sends is unblinded. */
  readonly unblindedStudies: readonly UnblindedStudy[];

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const { env, identity, namePrefix, administratorArns, inbox, raw, curated, unblinded } = props;
    this.unblindedStudies = unblindedStudies(props.deliveries, this.node.path);
    if (!unblinded && this.unblindedStudies.length > 0) this.refuse(this.unblindedStudies[0]!);
    const tags = gxpTags(identity, "not a record");
    const key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: `${namePrefix}-ingest-queues`,
      administratorArns,
      serviceStatements: [EVENT_RULES_ENCRYPT],
      tags,
    });
    const buckets = [inbox, raw, curated, unblinded].filter((bucket) => bucket !== undefined);
    this.buckets = buckets;
    this.queues = new IngestQueues(this, "Queues", {
      env,
      namePrefix,
      key,
      bucketNames: buckets.map(({ bucketName }) => bucketName),
      entriesBucketName: props.notices && props.auditBucketName,
      runSeconds: TIMEOUT_SECONDS,
      tags,
    });
    const tableName = `${namePrefix}-deliveries`;
    this.deliveries = new DeliveriesTable(this, "Deliveries", {
      env,
      tableName,
      environment: identity.environment,
      key,
      deliveries: props.deliveries,
      tags,
    });
    const code = {
      INBOX_BUCKET: inbox.bucketName,
      RAW_BUCKET: raw.bucketName,
      ...(curated ? { CURATED_BUCKET: curated.bucketName } : {}),
      ...(unblinded ? { UNBLINDED_BUCKET: unblinded.bucketName } : {}),
      AUDIT_BUCKET: props.auditBucketName,
      LEDGER_TABLE: props.ledger.tableName,
      DELIVERIES_TABLE: tableName,
      ...(props.scanFunctionArn === undefined ? {} : { SCAN_FUNCTION: props.scanFunctionArn }),
      LARGEST_TRIAL_BYTES: String(props.largestTrialBytes ?? 100_000_000),
    };
    this.handler = new Handler(this, "Handler", {
      env,
      identity,
      namePrefix,
      administratorArns,
      boundary: props.boundary,
      source: "ingest/arrivals",
      name: "ingest",
      part11Role: "ingest",
      code: props.code,
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMegabytes: 1769,
      environment: {
        ...code,
        ...(props.notices ? { NOTICES_TOPIC: props.notices.arn } : {}),
        ...(props.larger ? { LARGE_QUEUE_URL: largeQueueUrl(env, namePrefix) } : {}),
        LARGEST_BYTES: String(props.largestBytes ?? 20_000_000_000),
      },
      alsoRunsAsTask: props.larger !== undefined,
    });
    const { role } = this.handler;
    this.queues.grantTake(role);
    props.notices?.grantPublish(role);
    if (props.scanFunctionArn !== undefined) {
      role.grant("ask-scan", [
        { Sid: "AskScan", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: props.scanFunctionArn },
      ]);
    }
    props.ledger.grantAppend(role);
    grantPromotion(role, { raw, unblinded, buckets, deliveries: props.deliveries });
    this.deliveries.grantRead(role);
    const common = {
      env,
      identity,
      namePrefix,
      administratorArns,
      boundary: props.boundary,
      monitoring: props.monitoring,
    };
    this.large =
      props.larger && new LargeArrivals(this, "Large", { ...common, ...props.larger, role, environment: code });
    new LambdaEventSourceMapping(this, "Mapping", {
      eventSourceArn: this.queues.arrivals.arn,
      functionName: this.handler.function.functionName,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      enabled: true,
      tags,
      dependsOn: role.policies,
    });
    this.alarms = new IngestAlarms(this, "Alarms", {
      namePrefix,
      monitoring: props.monitoring,
      handler: this.handler,
      deadLetterNames: [this.queues.deadLetterName],
      tags,
    });
  }

  private refuse({ vendor, study }: UnblindedStudy): never {
    throw new ModuleError("SETTINGS_INVALID", {
      what: "unblinded delivery without a bucket for it",
      where: this.node.path,
      expected: "a bucket of unblinded records",
      got: `none, and ${vendor} sends unblinded data for ${study}`,
      todo: "say in the settings who reads unblinded data",
    });
  }
}
