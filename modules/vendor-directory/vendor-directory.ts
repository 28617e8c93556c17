// SPDX-License-Identifier: Apache-2.0
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { DynamodbTableItem } from "@cdktf/provider-aws/lib/dynamodb-table-item";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption-key";
import type { RuntimeRole } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { checkVendors, sshKey } from "./checks";
import type { Vendor } from "./vendor";

export interface VendorDirectoryProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Who may log in, as `vendors.yaml` says. */
  readonly vendors: readonly Vendor[];
}

/**
 * The table that says who may log in, from where, with which keys and until when (21 CFR 11.10(d), (g), 11.300). Terraform
 * writes profiles and keys; a `deny` item, which shuts a vendor out at once, is written by `part11 vendor disable --now`
 * and never touched by Terraform (docs/decisions/0017).
 *
 * @throws VENDOR_INVALID, VENDOR_KEY, VENDOR_PREFIX, ADMINISTRATOR_MISSING
 */
export class VendorDirectory extends Construct {
  readonly table: DynamodbTable;
  readonly tableName: string;
  /** Literal ARN. */
  readonly tableArn: string;
  readonly key: EncryptionKey;
  readonly vendors: readonly Vendor[];
  private readonly region: string;

  constructor(scope: Construct, id: string, props: VendorDirectoryProps) {
    super(scope, id);
    checkVendors(props.vendors, this.node.path);
    const { env, identity } = props;
    const production = identity.environment === "production";
    const tags = { ...gxpTags(identity, "not a record"), Part11Role: "identity-provider" };
    this.vendors = props.vendors;
    this.region = env.region;
    this.tableName = `${props.namePrefix}-vendors`;
    this.tableArn = `arn:${env.partition}:dynamodb:${env.region}:${env.accountId}:table/${this.tableName}`;
    this.key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: this.tableName,
      administratorArns: props.administratorArns,
      tags,
    });
    this.table = new DynamodbTable(this, "Resource", {
      name: this.tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "vendor",
      rangeKey: "item",
      attribute: [
        { name: "vendor", type: "S" },
        { name: "item", type: "S" },
      ],
      serverSideEncryption: { enabled: true, kmsKeyArn: this.key.arn },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
    for (const vendor of props.vendors) this.addVendor(vendor);
  }

  /** Lets `role` read all items of one vendor at a time, and nothing else of the table. */
  grantRead(role: RuntimeRole): void {
    role.grant("read-vendors", [
      { Sid: "ReadVendors", Effect: "Allow", Action: "dynamodb:Query", Resource: this.tableArn },
    ]);
    role.grant("read-vendors-key", [
      {
        Sid: "KeyThroughDynamoDb",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: this.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${this.region}.amazonaws.com` } },
      },
    ]);
  }

  private addVendor({ id, studies, keys, cidrs, from, until, enabled = true, secretArn }: Vendor): void {
    this.addItem(`Profile-${id}`, {
      vendor: { S: id },
      item: { S: "profile" },
      enabled: { BOOL: enabled },
      from: { S: from },
      until: { S: until },
      cidrs: { L: cidrs.map((cidr) => ({ S: cidr })) },
      studies: { L: studies.map((study) => ({ S: study.id })) },
      ...(secretArn === undefined ? {} : { secretArn: { S: secretArn } }),
    });
    for (const { publicKey, notBefore, notAfter } of keys) {
      const key = sshKey(publicKey, this.node.path);
      this.addItem(`Key-${hexOf(key.fingerprint)}`, {
        vendor: { S: id },
        item: { S: `key#${key.fingerprint}` },
        publicKey: { S: key.publicKey },
        notBefore: { S: notBefore ?? from },
        notAfter: { S: notAfter },
      });
    }
  }

  /** Named by what it says of whom, never by its place in a list: taking one out moves no other. */
  private addItem(id: string, item: Readonly<Record<string, object>>): void {
    new DynamodbTableItem(this, id, {
      tableName: this.table.name,
      hashKey: "vendor",
      rangeKey: "item",
      item: JSON.stringify(item),
    });
  }
}

/** The digest of a fingerprint in hexadecimal: construct ids hold no slash. */
function hexOf(fingerprint: string): string {
  return Buffer.from(fingerprint.slice("SHA256:".length), "base64").toString("hex");
}
