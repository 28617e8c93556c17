// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { assertSchema, digestOf } from "../json";

/** What will be done and what must come of it, fixed before the first step. */
export interface Protocol {
  readonly schemaVersion: 1;
  /** Letters, digits, `.`, `_`, `-`; file name of the protocol in the bundle. */
  readonly id: string;
  readonly kind: "IQ" | "OQ";
  readonly title: string;
  /** Name of the target it is written for. */
  readonly target: string;
  /** Of a protocol that was issued to be approved. @default - none: it was written and executed by one command */
  readonly issue?: ProtocolIssue;
  readonly steps: readonly ProtocolStep[];
}

export interface ProtocolIssue {
  readonly version: string;
  /** UTC, whole seconds. */
  readonly issuedAt: string;
  /** Why there is this version. */
  readonly reason: string;
}

export interface ProtocolStep {
  /** Unique in a run, over all its protocols. */
  readonly id: string;
  readonly title: string;
  readonly controls: readonly string[];
  readonly requirements: readonly string[];
  readonly clauses: readonly string[];
  /** A negative step passes when the call is refused. */
  readonly kind?: "positive" | "negative";
  /** Who makes the call. With a principal the result must name one too. */
  readonly principal?: string;
  /** What must refuse. The result must name the same layer. */
  readonly layer?: string;
  readonly action: string;
  readonly expected: string;
  readonly acceptance: string;
  /** The allowed call beside it. With a twin the result must hold a passed observation of it. */
  readonly twin?: string;
  /** The same call without the layer, which must go through. With a mutant the result must hold a passed observation of it. */
  readonly mutant?: string;
  /** Of a step that reads one resource back: what its rows must be, one for each attribute and no other. */
  readonly readBack?: { readonly address: string; readonly attributes: readonly string[] };
  /** A step that only AWS itself can run, or one that runs where the AWS CLI is. @default - any target, and no program of others */
  readonly requires?: "aws" | "aws-cli";
}

/** SHA-256 of the canonical protocol: what the journal fixes and the report quotes. */
export function protocolHash(protocol: Protocol): string {
  return digestOf(protocol);
}

/**
 * Accepts a value that is a protocol with unique step ids.
 *
 * @throws SCHEMA_MISMATCH
 */
export function assertProtocol(value: unknown, where: string): asserts value is Protocol {
  assertSchema("protocol", value, where);
  const seen = new Set<string>();
  for (const { id } of (value as Protocol).steps) {
    if (seen.has(id)) {
      const todo = "give each step an id of its own";
      const parts = { what: "protocol refused", where, expected: "unique step ids", got: `${id} twice`, todo };
      throw new Part11Error({ code: "SCHEMA_MISMATCH", ...parts });
    }
    seen.add(id);
  }
}
