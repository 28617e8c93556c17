// SPDX-License-Identifier: Apache-2.0
import type { Construct } from "constructs";
import { ModuleError } from "../errors";
import type { UnblindedStudy } from "../ingest";
import { PushAccess, type PushAccessProps, type Sender } from "../push-access";
import { denyUnhashedBytes } from "../push-access/conditions";
import type { RecordBucketBase } from "../record-bucket";
import type { RuntimeRole } from "../runtime-role";

/** A system of one's own that delivers files: it may add objects below one prefix, and nothing else. */
export interface Writer {
  /** Short name, part of the role's name. */
  readonly name: string;
  /** Vendor id, the segment of the prefix after `clinical/inbound/raw/`: 2-32 lower-case letters, digits, hyphens. */
  readonly vendor: string;
  /** Study id, the next segment, the same alphabet. @default - none, the writer may write for every study of the vendor */
  readonly study?: string;
  /**
   * `inbox` for vendors; `raw` for systems that send SHA-256 with every object, of which the role then requires it.
   * @default "inbox"
   */
  readonly bucket?: "inbox" | "raw";
  /** Exact ARNs of the principals that may assume the writer role. */
  readonly trustedBy: readonly string[];
}

/**
 * A system of one's own that pushes, of which it is known how it comes to a session and what it sends: SHA-256 is required
 * of who can send it. A DataSync agent cannot: it lands in the inbox, below a folder of its own (P11-30-08).
 */
export interface PushSender {
  /** Short name: the role is `<namePrefix>-push-<name>`. */
  readonly name: string;
  /** Segment of the prefix, an id as SFTP vendors have: 3-32 lower-case letters, digits, hyphens, a letter first. */
  readonly vendor: string;
  /** Next segment, 2-32 of the same alphabet. @default - none: every study of the vendor */
  readonly study?: string;
  /** `raw` only for senders of SHA-256 (docs/decisions/0019). @default "inbox" */
  readonly landing?: "inbox" | "raw";
  /** Who sends, and with what. */
  readonly sender: Sender;
}

type Surroundings = Omit<PushAccessProps, keyof PushSender>;

/** The ways in of systems that push, by name. @throws the codes of PushAccess */
export function addPushSenders(
  scope: Construct,
  senders: readonly PushSender[],
  surroundings: Surroundings,
): ReadonlyMap<string, PushAccess> {
  return new Map(
    senders.map((sender) => [
      sender.name,
      new PushAccess(scope, `Push-${sender.name}`, { ...surroundings, ...sender }),
    ]),
  );
}

/**
 * Lets a program of one's own add objects that are records from their first byte: no inbox keeps them for days, so that
 * their SHA-256 is required of it (21 CFR 11.10(a), docs/decisions/0019).
 */
export function landDirectly(role: RuntimeRole, bucket: RecordBucketBase, prefix: string): void {
  bucket.grantWrite(role, prefix);
  role.grant("conditions", denyUnhashedBytes(bucket.arn));
}

/**
 * Promotion alone tells blinded from unblinded: who writes to raw itself would carry it past.
 * @throws SETTINGS_INVALID
 */
export function refuseUnblindedIntoRaw(
  { name, vendor, study }: Pick<Writer, "name" | "vendor" | "study">,
  unblinded: readonly UnblindedStudy[],
  where: string,
): void {
  const other = unblinded.find((one) => one.vendor === vendor && (study === undefined || one.study === study));
  if (!other) return;
  throw new ModuleError("SETTINGS_INVALID", {
    what: "writer of unblinded data into raw",
    where,
    expected: `inbox for ${name}`,
    got: `raw, and ${vendor} sends unblinded data for ${other.study}`,
    todo: "let it write to the inbox",
  });
}
