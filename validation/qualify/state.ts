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

/** State after an apply as Terraform's JSON. The file is gone when this returns: it may hold sensitive values. */
export async function readState(artifacts: PlanArtifacts, signal?: AbortSignal): Promise<unknown> {
  const file = path.join(artifacts.workDir!, "state.json");
  try {
    await writeState(artifacts, file, { signal });
    return readJsonFile(file, { maxBytes: MAX_STATE_BYTES });
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Managed resources of a state, nested modules included. */
export function managedResources(state: unknown): StateResource[] {
  return managed((state as { values?: { root_module?: StateModule } } | null)?.values?.root_module ?? {});
}

function managed(module: StateModule): StateResource[] {
  const own = (module.resources ?? []).filter(({ mode }) => mode === "managed");
  return [...own, ...(module.child_modules ?? []).flatMap(managed)];
}
