// SPDX-License-Identifier: Apache-2.0
import type { TerraformStack } from "cdktf";
import {
  AuditBucket,
  AuditTrail,
  DeliveryCheck,
  DeliveryNotices,
  type ExpectedDelivery,
  gxpTags,
  Ingest,
  type IngestProps,
  Ledger,
  LogArchive,
  Monitoring,
  Reconciliation,
  RecordBucket,
  Retention,
  RuntimeRole,
} from "../../../modules";
import { deployer, env, identity } from "../synth";
import { delivery } from "./bench";

const common = { env, namePrefix: "acme", administratorArns: [deployer] };
const told = [{ protocol: "email" as const, endpoint: "alerts@example.org" }];

export interface ReceivingOptions {
  readonly environment?: "production" | "qualification";
  readonly deliveries?: readonly ExpectedDelivery[];
  readonly ingest?: Partial<IngestProps>;
}

/** All that receives data, and what it cannot be without. */
export function addReceiving(
  stack: TerraformStack,
  { environment = "production", deliveries = [delivery], ...options }: ReceivingOptions = {},
): void {
  const own = { ...common, identity: identity(environment) };
  const retention =
    environment === "production" ? Retention.compliance({ years: 7 }) : Retention.compliance({ days: 1 });
  const bucket = (name: string, bucketRole: "record" | "inbox") =>
    new RecordBucket(stack, name, {
      ...own,
      bucketName: `acme-${name}-111122223333`,
      bucketRole,
      retention: name === "inbox" && environment === "production" ? Retention.compliance({ days: 7 }) : retention,
      minimumRetention: { days: 1 },
    });
  const inbox = bucket("inbox", "inbox");
  const [raw, curated, unblinded] = [
    bucket("raw", "record"),
    bucket("curated", "record"),
    bucket("unblinded", "record"),
  ];
  for (const [name, bucket, prefix] of [
    ["sender", inbox, "clinical/inbound/"],
    ["processing", curated, "clinical/"],
  ] as const) {
    const trust = { service: "transfer.amazonaws.com" };
    const tags = gxpTags(own.identity, "not a record");
    bucket.grantWrite(new RuntimeRole(stack, name, { env, roleName: `acme-${name}`, trust, tags }), prefix);
  }
  const auditBucket = new AuditBucket(stack, "audit", {
    ...own,
    bucketName: "acme-audit-111122223333",
    retention,
    minimumRetention: { days: 1 },
    trailName: "acme-trail",
  });
  const trail = new AuditTrail(stack, "trail", {
    ...own,
    trailName: "acme-trail",
    auditBucket,
    recordedBucketArns: [raw.arn],
  });
  const monitoring = new Monitoring(stack, "monitoring", {
    ...own,
    trail,
    recordBuckets: [],
    replications: [],
    highSubscribers: told,
    lowSubscribers: told,
  });
  const ledger = new Ledger(stack, "ledger", { ...own, auditBucket });
  const notices = new DeliveryNotices(stack, "notices", {
    ...own,
    subscribers: told,
    contacts: [{ vendor: "acme", email: "data@acme.example" }],
  });
  const code = { bucketName: "acme-code-111122223333" };
  const ingest = new Ingest(stack, "ingest", {
    ...own,
    ...{ inbox, raw, curated, unblinded, ledger, notices, monitoring, code, deliveries },
    auditBucketName: "acme-audit-111122223333",
    ...options.ingest,
  });
  new DeliveryCheck(stack, "delivery-check", {
    ...own,
    ...{ ingest, ledger, notices, monitoring, code },
    recordBucketNames: [raw.bucketName, unblinded.bucketName],
  });
  new LogArchive(stack, "log-archive", {
    ...own,
    ...{ auditBucket, monitoring, code },
    logGroupNames: ["/part11/acme/sftp", "/part11/acme/identity-provider"],
  });
  new Reconciliation(stack, "reconciliation", {
    ...own,
    ...{ ingest, ledger, monitoring, code },
    buckets: ingest.buckets,
  });
}
