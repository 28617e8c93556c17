// SPDX-License-Identifier: Apache-2.0
import type { TerraformStack } from "cdktf";
import {
  type DataSyncSender,
  PushAccess,
  type PushAccessProps,
  RecordBucket,
  Retention,
  type Sender,
} from "../../../modules";
import { deployer, env, identity } from "../synth";

export const appRole = "arn:aws:iam::111122223333:role/edc-export";

export const dataSync: DataSyncSender = {
  kind: "datasync",
  source: {
    nfs: {
      hostname: "nas.example.org",
      path: "/export/ecg",
      agentArns: ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef0"],
    },
  },
  schedule: "rate(1 hour)",
};

export const mft: Sender = {
  kind: "mft",
  product: "Fortra GoAnywhere",
  trust: {
    rolesAnywhere: {
      trustAnchorArn:
        "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/0a1b2c3d-0000-4000-8000-000000000000",
      commonName: "mft01.example.org",
    },
  },
  network: { cidrs: ["192.0.2.16/28"] },
};

/** One sender of each kind, each below a prefix of its own. */
export const senders: Readonly<Record<string, Sender>> = {
  edc: { kind: "application", trust: { roleArns: [appRole] } },
  batch: {
    kind: "batch",
    trust: {
      oidc: {
        providerArn: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
        audience: "sts.amazonaws.com",
        subject: "repo:example/exports:ref:refs/heads/main",
      },
    },
  },
  ecg: dataSync,
  mft,
};

const locked = { env, identity: identity(), administratorArns: [deployer] };

export function addBuckets(stack: TerraformStack): { inbox: RecordBucket; raw: RecordBucket } {
  const inbox = new RecordBucket(stack, "Inbox", {
    ...locked,
    bucketName: "acme-clin-inbox-111122223333",
    bucketRole: "inbox",
    retention: Retention.compliance({ days: 7 }),
    minimumRetention: { days: 7 },
  });
  const raw = new RecordBucket(stack, "Raw", {
    ...locked,
    bucketName: "acme-clin-raw-111122223333",
    retention: Retention.compliance({ years: 7 }),
  });
  return { inbox, raw };
}

/** A way in for one sender; the vendor is called as the sender. */
export function addPush(
  stack: TerraformStack,
  buckets: Pick<PushAccessProps, "inbox" | "raw">,
  name: string,
  sender: Sender,
  overrides: Partial<PushAccessProps> = {},
): PushAccess {
  return new PushAccess(stack, `Push-${name}`, {
    ...locked,
    namePrefix: "acme-clin",
    name,
    vendor: name,
    study: "st-101",
    sender,
    ...buckets,
    ...overrides,
  });
}
