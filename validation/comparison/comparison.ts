// SPDX-License-Identifier: Apache-2.0

/**
 * What differs of an attribute: its value; whether it is known, sensitive or configured at all; what it refers to; the
 * statements of the policy that it holds; or, with path `*`, something of the resource that is no attribute of its own
 * (provider, region, lifecycle, provisioners).
 */
export type Aspect = "value" | "visibility" | "reference" | "policy" | "resource";

export interface AttributeChange {
  /** Dotted, without indexes; `*` of the aspect `resource`. */
  readonly path: string;
  readonly aspects: readonly Aspect[];
}

/** How one resource of a plan differs from the same address of another. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly kind: "added" | "removed" | "changed";
  /** Sorted by path; empty of what was added or removed. */
  readonly attributes: readonly AttributeChange[];
}

/** A difference outside of the resources' attributes: nobody can say what it touches. */
export interface OtherDifference {
  readonly where: string;
  readonly what: string;
}

export interface FactsComparison {
  /** Sorted by address. */
  readonly resources: readonly ResourceChange[];
  readonly others: readonly OtherDifference[];
}
