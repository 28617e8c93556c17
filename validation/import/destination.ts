// SPDX-License-Identifier: Apache-2.0
import type { Content } from "./content";

/** What S3 said to an object. */
export type Answer =
  | { readonly answer: "put"; readonly versionId: string | null }
  /** An object has that key already; nothing was written. */
  | { readonly answer: "taken" }
  /** The bytes that came are not those of the hash; nothing was written. */
  | { readonly answer: "other-bytes" };

/** Where an import puts objects: a writer's rights, no reading, no listing, no deleting. */
export interface Destination {
  /** ARN of the caller, for the record. */
  caller(): Promise<string>;
  /** Puts an object with its SHA-256 under a key that is free. Throws what the SDK throws otherwise. */
  put(bucket: string, key: string, content: Content, metadata: Readonly<Record<string, string>>): Promise<Answer>;
}
