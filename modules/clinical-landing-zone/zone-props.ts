// SPDX-License-Identifier: Apache-2.0
import type { TerraformProvider } from "cdktf";
import type { StartedProcess } from "../arrival-start";
import type { AwsEnvironment } from "../aws-environment";
import type { Subscriber } from "../monitoring";
import type { Retention, RetentionPeriod } from "../retention";
import type { SystemIdentity } from "../tags";
import type { PushSender, Writer } from "./own-senders";
import type { ReceivingSettings } from "./receiving";

/** Who reads what is unblinded. */
export interface UnblindedSettings {
  /** Exact ARNs of the principals that may assume the reader role, as for the inspector. @default - none: nobody reads what is unblinded */
  readonly readersTrustedBy?: readonly string[];
}

export interface ClinicalLandingZoneProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Second region, for replicas. */
  readonly replicaRegion: string;
  /** Provider (alias) of the second region. */
  readonly replicaProvider: TerraformProvider;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** Lock of raw, curated, unblinded and audit records. */
  readonly retention: Retention;
  /** Least retention that production accepts for this record class. @default 7 years */
  readonly minimumRetention?: RetentionPeriod;
  /**
   * Lock of the inbox: immutable from the first byte, without keeping vendors' debris for years.
   * @default COMPLIANCE 7 days in production, COMPLIANCE 1 day in qualification, GOVERNANCE 1 day in development
   */
  readonly inboxRetention?: Retention;
  /** Least lock of the inbox in production. @default 7 days */
  readonly minimumInboxRetention?: RetentionPeriod;
  /** Exact ARNs of the deploy roles. */
  readonly administratorArns: readonly string[];
  /** Who may deliver, each below a prefix of its own (21 CFR 11.10(d), (g)). */
  readonly writers: readonly Writer[];
  /** Systems of one's own that push by SDK, CLI, a file transfer server or DataSync (docs/guides/push.md). @default - none */
  readonly push?: readonly PushSender[];
  /**
   * Exact ARNs of the principals that may assume the inspector role. In production the gate takes roles of IAM Identity
   * Center only, which ask people for a second factor (P11-10g-02); the custodian's too.
   */
  readonly inspectorTrustedBy: readonly string[];
  /** Exact ARNs of the principals that may assume the legal-hold custodian role. */
  readonly custodianTrustedBy: readonly string[];
  /**
   * Data that people who work blinded must not know, such as a randomisation list: a bucket of its own, with its own key,
   * copy and reader. @default - none, and an unblinded delivery is refused
   */
  readonly unblinded?: UnblindedSettings;
  /** Told of what needs a person now (21 CFR 11.300(d)). At least one. */
  readonly highSubscribers: readonly Subscriber[];
  /** Told of what needs a look today. At least one. */
  readonly lowSubscribers: readonly Subscriber[];
  /**
   * Regions whose trail files the saved queries find besides `env.region`, `replicaRegion` and, in partition aws,
   * us-east-1, where global services such as IAM happen. Name every region that the account may be used in. @default - none
   */
  readonly auditedRegions?: readonly string[];
  /** Processes of the house that start for each new record in raw (docs/guides/processing.md); never for unblinded ones. @default - none */
  readonly startOnArrival?: readonly StartedProcess[];
  /** How files are received: code of the functions, expected files, SFTP server. */
  readonly receiving: ReceivingSettings;
  /** Manage the account-wide public access block in this stack; off where another stack of the account does. @default true */
  readonly manageAccountPublicAccessBlock?: boolean;
  /**
   * Manage what the account has once: the configuration recorder and the detection of misuse, in both regions. Off where the
   * organisation does, which somebody attests then (P11-10a-08, P11-300d-04). @default true
   */
  readonly manageAccountBaseline?: boolean;
}
