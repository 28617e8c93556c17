// SPDX-License-Identifier: Apache-2.0

/** Where a run was, and how far it went there. */
export interface RunTarget {
  readonly name: string;
  readonly kind: "emulator" | "aws";
  /** `read-only`: what is installed was read, and no step that writes was executed. @default - all of the protocol may be */
  readonly access?: "read-only";
}

/** What a read-only run is, in the words of its mark. */
export const READ_ONLY =
  "read-only: what is installed was read, no step that writes was executed, nothing is qualified by it";

/** Whether a run on this target can qualify an environment at all. */
export function canQualify({ kind, access }: RunTarget): boolean {
  return kind === "aws" && access === undefined;
}
