// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { readJsonFile } from "../json";
import type { StateResource } from "../oq";
import { type PlanArtifacts, writeState } from "../plan";

const MAX_STATE_BYTES = 512 * 1024 * 1024 - 1;

interface StateModule {
  readonly resources?: ReadonlyArray<StateResource & { readonly mode: string }>;
  readonly child_modules?: readonly StateModule[];
}

/** Managed resources of the state after an apply. The file is gone when this returns: it may hold sensitive values. */
export async function readState(artifacts: PlanArtifacts, signal?: AbortSignal): Promise<StateResource[]> {
  const file = path.join(artifacts.workDir!, "state.json");
  try {
    await writeState(artifacts, file, { signal });
    const state = readJsonFile(file, { maxBytes: MAX_STATE_BYTES }) as { values?: { root_module?: StateModule } };
    return managed(state.values?.root_module ?? {});
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function managed(module: StateModule): StateResource[] {
  const own = (module.resources ?? []).filter(({ mode }) => mode === "managed");
  return [...own, ...(module.child_modules ?? []).flatMap(managed)];
}
