// SPDX-License-Identifier: Apache-2.0
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption-key";
import { AlertTopic, type Subscriber } from "../monitoring";
import type { RuntimeRole } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { RECEIPTS } from "./notice";

/** Who is sent the receipts of a vendor, as `vendors.yaml` names its contacts. */
export interface VendorContact {
  /** Id of the vendor. */
  readonly vendor: string;
  /** Address; it gets nothing before its owner has confirmed the subscription (SNS API Subscribe). */
  readonly email: string;
}

export interface DeliveryNoticesProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of the topic's name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Own people and systems: they are told everything. At least one. */
  readonly subscribers: readonly Subscriber[];
  /** Contacts of vendors: each is sent receipts and refusals of its own vendor's files. @default - none */
  readonly contacts?: readonly VendorContact[];
}

/**
 * Topic of what happens to deliveries. Each message carries the attributes vendor, study and status, by which a
 * subscriber chooses; a vendor's contact is sent its receipts (name, version, SHA-256, time) and refusals and nothing else
 * (docs/decisions/0020). Names of files that are unblinded, or not known to be blinded, stand in no message (0023).
 *
 * @throws SUBSCRIBER_MISSING, ADMINISTRATOR_MISSING
 */
export class DeliveryNotices extends Construct {
  readonly topic: AlertTopic;
  /** Literal ARN of the topic. */
  readonly arn: string;
  readonly key: EncryptionKey;
  private readonly region: string;

  constructor(scope: Construct, id: string, props: DeliveryNoticesProps) {
    super(scope, id);
    const { env, identity } = props;
    const tags = gxpTags(identity, "not a record");
    const topicName = `${props.namePrefix}-deliveries`;
    this.region = env.region;
    this.key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: topicName,
      administratorArns: props.administratorArns,
      tags,
    });
    this.topic = new AlertTopic(this, "Topic", { env, topicName, key: this.key, subscribers: props.subscribers, tags });
    this.arn = this.topic.arn;
    // One subscription an address: SNS takes a second one of the same for the first.
    for (const [email, vendors] of byAddress(props.contacts ?? [])) {
      new SnsTopicSubscription(this, `Contact-${email.replace(/[^A-Za-z0-9]/g, "-")}`, {
        topicArn: this.topic.topic.arn,
        protocol: "email",
        endpoint: email,
        // A message without one of the two attributes fits no filter: what is not marked reaches no vendor.
        filterPolicy: JSON.stringify({ vendor: vendors, status: RECEIPTS }),
        filterPolicyScope: "MessageAttributes",
      });
    }
  }

  /** Lets `role` publish to the topic. */
  grantPublish(role: RuntimeRole): void {
    role.grant("publish-notices", [
      { Sid: "PublishNotices", Effect: "Allow", Action: "sns:Publish", Resource: this.arn },
    ]);
    role.grant("publish-notices-key", [
      {
        Sid: "KeyThroughSns",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: this.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `sns.${this.region}.amazonaws.com` } },
      },
    ]);
  }
}

/** Vendors whose receipts an address gets, sorted, by address. */
function byAddress(contacts: readonly VendorContact[]): ReadonlyMap<string, readonly string[]> {
  const addresses = [...new Set(contacts.map(({ email }) => email))].sort();
  return new Map(
    addresses.map((address) => [
      address,
      [...new Set(contacts.flatMap(({ email, vendor }) => (email === address ? [vendor] : [])))].sort(),
    ]),
  );
}
