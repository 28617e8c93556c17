// SPDX-License-Identifier: Apache-2.0
import type { Dispositions } from "../deviations";
import { loadSidecar } from "../gate";
import { loadCrosswalk } from "../gate/crosswalk";
import { loadRequirements } from "../requirements";
import type { ExecutedRun } from "./executed-run";
import { traceMatrix } from "./join";
import type { TraceMatrix } from "./matrix";

/**
 * The matrix of these runs over the requirements and the catalogue of this package.
 *
 * @param runs the first execution and its re-executions, in their order
 * @throws what reading requirements, catalogue and crosswalk throws
 */
export function matrixOf(runs: readonly ExecutedRun[], dispositions?: Dispositions): TraceMatrix {
  return traceMatrix({
    requirements: loadRequirements(),
    controls: [...loadSidecar().sidecar.controls, ...loadCrosswalk().outside],
    runs,
    ...(dispositions === undefined ? {} : { dispositions }),
  });
}
