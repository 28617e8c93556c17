// SPDX-License-Identifier: Apache-2.0
import type { Meaning } from "./statement";

/** What another system of electronic signatures says of one signature. */
export interface ExternalSignature {
  readonly envelope: string;
  /** SHA-256 of the document that was signed there. */
  readonly documentSha256: string;
  readonly person: string;
  readonly printedName: string;
  readonly meaning: Meaning;
  /** ISO 8601 with offset. */
  readonly signedAt: string;
}

/**
 * A system outside this project in which people sign (21 CFR 11.50, 11.100 to 11.300 are its own matter). It is known here by
 * the record that it exports of an envelope; none is built in, and a record of a system that nobody can read counts for nothing.
 */
export interface ExternalSystem {
  readonly name: string;
  /** Verifies the system's own record offline and says what it holds. Throws when it is not genuine. */
  read(record: Buffer): readonly ExternalSignature[];
}
