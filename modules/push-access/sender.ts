// SPDX-License-Identifier: Apache-2.0
import type { SenderNetwork } from "./conditions";
import type { DataSyncSender } from "./data-sync";
import type { SenderTrust } from "./trust";

/** A program of one's own that puts objects with an AWS SDK, each with its SHA-256. */
export interface ApplicationSender {
  /** Tells the senders apart. */
  readonly kind: "application";
  /** How the program comes to a session of the role. */
  readonly trust: SenderTrust;
  /** From where it may send. @default - from anywhere */
  readonly network?: SenderNetwork;
}

/** A scheduled job that puts objects with the AWS CLI, each with its SHA-256. */
export interface BatchSender {
  /** Tells the senders apart. */
  readonly kind: "batch";
  /** How the job comes to a session of the role. */
  readonly trust: SenderTrust;
  /** From where it may send. @default - from anywhere */
  readonly network?: SenderNetwork;
}

/** Products whose instructions are written out. */
export type MftProduct = "Axway SecureTransport" | "Fortra GoAnywhere" | "Globalscape EFT" | "another agent";

/** A managed file transfer server or a third party's agent, which puts objects with its own S3 connector. */
export interface MftSender {
  /** Tells the senders apart. */
  readonly kind: "mft";
  /** Whose connector the instructions speak of. */
  readonly product: MftProduct;
  /** How the server comes to a session of the role. */
  readonly trust: SenderTrust;
  /** From where it may send: a server stands still, so its network is always named. */
  readonly network: SenderNetwork;
  /** The connector signs the SHA-256 of what it sends. Only then is it required. @default false - the inbox hashes it */
  readonly sendsSha256?: boolean;
}

/** Who pushes, and with what. */
export type Sender = ApplicationSender | BatchSender | MftSender | DataSyncSender;

/** True for a sender whose every request carries the SHA-256 of its bytes. */
export function sendsSha256(sender: Sender): boolean {
  if (sender.kind === "datasync") return false;
  return sender.kind === "mft" ? (sender.sendsSha256 ?? false) : true;
}
