// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** Every way in which an approval does not count. Closed: each is the name of a tampering in the tests. */
export type ApprovalFault =
  | "MALFORMED"
  | "MEANING_FOREIGN"
  | "SIGNATURE_BROKEN"
  | "KEY_UNLISTED"
  | "KEY_EXPIRED"
  | "ROLE_UNLISTED"
  | "NAME_DIFFERS"
  | "ATTACHMENT_DIFFERS"
  | "COMPARED_BY_SIGNER"
  | "SYSTEM_UNKNOWN"
  | "SYSTEM_DIFFERS"
  | "OTHER_DOCUMENT"
  | "OTHER_BUNDLE"
  | "BEFORE_DOCUMENT"
  | "TOO_LATE"
  | "DUPLICATE"
  | "SAME_PERSON"
  | "EXECUTOR_REVIEWS"
  | "EXECUTOR_APPROVES"
  | "PROVISIONAL"
  | "REJECTED"
  | "MISSING";

/** Why one approval, or the approvals of one document, do not count. */
export interface Shortcoming {
  readonly fault: ApprovalFault;
  /** File of the record, or role and document. */
  readonly where: string;
  readonly what: string;
}

/** One approval that cannot be taken as one. */
export class ApprovalRefusal extends Part11Error implements Shortcoming {
  constructor(
    readonly fault: ApprovalFault,
    readonly where: string,
    readonly what: string,
  ) {
    super({
      code: "APPROVAL_REFUSED",
      what: `approval refused, ${fault}`,
      where,
      expected: "a record that counts by itself, and a list of allowed signers",
      got: what,
      todo: "see docs/decisions/0035-approvals.md",
    });
    this.name = "ApprovalRefusal";
  }
}

export function refusal(fault: ApprovalFault, where: string, what: string): ApprovalRefusal {
  return new ApprovalRefusal(fault, where, what);
}
