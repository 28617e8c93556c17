// SPDX-License-Identifier: Apache-2.0
import type { STSClientConfig } from "@aws-sdk/client-sts";
import { Part11Error } from "../../error";
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
  ).catch((cause: unknown) => {
    throw cause instanceof Part11Error ? cause : notNamed(cause);
  });
  assertCallerOf(executor.identity, said);
  return { executor, guard, config, transcript };
}

/** No credentials, a session that ended, no way to AWS: the SDK says which. */
function notNamed(cause: unknown): Part11Error {
  const got = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new Part11Error(
    {
      code: "TRANSPORT",
      what: "caller not known",
      where: "STS GetCallerIdentity",
      expected: "an answer of AWS to your own credentials",
      got,
      todo: "give credentials as for any AWS SDK (AWS_PROFILE, SSO, a role of the CI), and see that AWS can be reached",
    },
    { cause },
  );
}
