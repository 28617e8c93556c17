// SPDX-License-Identifier: Apache-2.0
import type { Referring } from "./expressions";
import type { Reference, ResourceFacts } from "./facts";
import type { Literal } from "./literals";
import type { ExpressionBlock } from "./plan-document";
import type { Scope } from "./resolver";

/** A resource change once read: all but its references, which need every other resource first. */
export interface Draft {
  /** Key in the facts: the address, with the deposed key where there is one. */
  readonly id: string;
  /** `refs` are empty until the end. */
  readonly facts: Omit<ResourceFacts, "refs" | "values"> & {
    refs: ResourceFacts["refs"];
    readonly values: Record<string, unknown>;
  };
  /** As the configuration writes them; undefined for what is not there after the plan. */
  readonly expressions: ExpressionBlock | undefined;
  readonly referring: readonly Referring[];
  /** Dotted paths where a reference stands within a longer text: which resource that names cannot be told. */
  readonly embedded: ReadonlySet<string>;
  readonly scope: Scope;
  readonly literals: readonly Literal[];
  /** Filled once every resource has been read. */
  readonly refs: Map<string, readonly Reference[]>;
}
