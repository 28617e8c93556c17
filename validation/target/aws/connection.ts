// SPDX-License-Identifier: Apache-2.0
import type { LiveClientConfig } from "../../iq/live/clients";
import type { ReadOnlyGuard } from "./read-only-guard";
import { onlyToAws, type Wire } from "./wire";

/** Settings of clients of a read-only run: AWS itself, in the name of the caller, nothing that the guard does not let through. */
export function readOnlyConfig(wire: Wire, guard: ReadOnlyGuard): (region: string) => LiveClientConfig {
  const requestHandler = guard.handler(onlyToAws(wire.handler)) as unknown as NonNullable<
    LiveClientConfig["requestHandler"]
  >;
  return (region) => ({ region, credentials: wire.credentials, requestHandler });
}
