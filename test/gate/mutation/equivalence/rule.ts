// SPDX-License-Identifier: Apache-2.0
import type { Generated } from "../generated";
import type { Changed } from "./changed-values";

/** What an attribute may say without weakening anything. */
export interface Rule {
  readonly of: (type: string, path: string) => boolean;
  /** Whether what stands there now is as good as what stood there. */
  readonly accepts: (changed: Changed, mutant: Generated) => boolean;
  readonly because: string;
}

/** Matches attributes by their names: `aws_kms_key deletion_window_in_days`. */
export function named(...names: readonly string[]): Rule["of"] {
  const all = new Set(names);
  return (type, path) => all.has(`${type} ${path}`);
}
