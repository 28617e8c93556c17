// SPDX-License-Identifier: Apache-2.0
import type { TerraformStack } from "cdktf";
import {
  AlertTopic,
  CodeSigning,
  EncryptionKey,
  type IdentityProvider,
  RecordBucket,
  Retention,
  SftpGateway,
  type SftpGatewayProps,
  type Vendor,
  VendorDirectory,
  VendorLogin,
  type VendorLoginProps,
} from "../../../modules";
import { deployer, env, identity } from "../synth";
import { key } from "./identity-provider/directory";

export const acme: Vendor = {
  id: "acme",
  studies: [{ id: "st-101" }],
  keys: [{ publicKey: key(1), notAfter: "2027-04-30" }],
  cidrs: ["192.0.2.16/28", "2001:db8:1::/64"],
  from: "2026-11-01",
  until: "2027-10-31",
};
export const beta: Vendor = {
  ...acme,
  id: "beta",
  keys: [{ publicKey: key(2), notAfter: "2027-04-30" }],
  cidrs: ["192.0.2.16/28", "198.51.100.8/32"],
};

export interface GatewayStackOptions {
  readonly vendors?: readonly Vendor[];
  readonly login?: Partial<VendorLoginProps>;
  readonly identityProvider?: IdentityProvider;
  readonly gateway?: Partial<SftpGatewayProps>;
}

/** A gateway with what it cannot be without: inbox, vendors, somebody who is told. */
export function addGateway(stack: TerraformStack, options: GatewayStackOptions = {}): SftpGateway {
  const common = { env, identity: identity(), namePrefix: "acme-clin", administratorArns: [deployer] };
  const inbox = new RecordBucket(stack, "Inbox", {
    ...common,
    bucketName: "acme-clin-inbox-111122223333",
    bucketRole: "inbox",
    retention: Retention.compliance({ days: 7 }),
    minimumRetention: { days: 7 },
  });
  const directory = new VendorDirectory(stack, "Vendors", { ...common, vendors: options.vendors ?? [acme, beta] });
  const alertTopic = new AlertTopic(stack, "Alerts", {
    env,
    topicName: "acme-clin-alerts-high",
    key: new EncryptionKey(stack, "AlertKey", {
      ...common,
      environment: "production",
      alias: "alerts",
      tags: {},
      serviceStatements: [
        {
          Sid: "AlarmsEncrypt",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": env.accountId } },
        },
      ],
    }),
    subscribers: [{ protocol: "email", endpoint: "on-call@example.org" }],
    tags: {},
  });
  const { configArn } = new CodeSigning(stack, "CodeSigning", { profileName: "acme_clin", tags: {} });
  const code = { bucketName: "acme-code", signingConfigArn: configArn };
  return new SftpGateway(stack, "Gateway", {
    ...common,
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    inbox,
    directory,
    identityProvider: options.identityProvider ?? new VendorLogin({ directory, code, ...options.login }),
    alertTopic,
    ...options.gateway,
  });
}
