// SPDX-License-Identifier: Apache-2.0
import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { Executor } from "../../evidence";
import type { LiveClientConfig } from "../../iq";
import { assertCallerOf, ownWire, ReadOnlyGuard, readOnlyConfig, type SaidTarget, type Wire } from "../../target/aws";
import { Transcript } from "../../target/transcript";
import { executorOf } from "../executor";

/** In whose name calls are made. */
export interface Caller {
  readonly env: NodeJS.ProcessEnv;
  readonly said: SaidTarget;
  /** @default - the user's own credentials and connection; a test replaces it */
  readonly wire?: Wire | undefined;
}

/** A caller whom STS named, and what lets through nothing but reading in that name. */
export interface ConfirmedCaller {
  readonly executor: Executor;
  readonly guard: ReadOnlyGuard;
  readonly config: (region: string) => LiveClientConfig;
  /** The call that named the caller. */
  readonly transcript: Transcript;
}

/** @throws TARGET_REFUSED for a caller of another account, and for root; TRANSPORT when STS names nobody */
export async function confirmCaller({ env, said, wire }: Caller): Promise<ConfirmedCaller> {
  const guard = new ReadOnlyGuard();
  const config = readOnlyConfig(wire ?? ownWire(said.region), guard);
  const transcript = new Transcript();
  const executor = await executorOf(config(said.region) as STSClientConfig, "aws", env, (client) =>
    guard.attach(transcript.attach(client, "caller")),
  );
  assertCallerOf(executor.identity, said);
  return { executor, guard, config, transcript };
}
