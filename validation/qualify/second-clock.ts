// SPDX-License-Identifier: Apache-2.0
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { Part11Error } from "../error";
import { type ClockReading, skewOf } from "../evidence";

/** What tells the time here. */
export interface OwnClocks {
  /** Wall clock of the machine. */
  readonly now: () => Date;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonicMs: () => number;
}

export const OWN_CLOCKS: OwnClocks = {
  now: () => new Date(),
  monotonicMs: () => Number(process.hrtime.bigint() / 1_000_000n),
};

/** The `Date` header of one answer of a target, and who answered. */
export type AskDate = () => Promise<{ readonly dateHeader: string | undefined; readonly host: string }>;

/**
 * The machine's clock beside that of the target.
 *
 * @param target an emulator answers by this machine's own clock, and the reading says so
 * @throws TRANSPORT for an answer without a time
 */
export async function readClocks(
  ask: AskDate,
  target: "emulator" | "aws",
  own: OwnClocks = OWN_CLOCKS,
): Promise<ClockReading> {
  const askedAt = own.now().toISOString();
  const { dateHeader, host } = await ask();
  const [answeredAt, monotonicMs] = [own.now().toISOString(), own.monotonicMs()];
  const skewMs = skewOf({ dateHeader: dateHeader ?? "", answeredAt });
  if (dateHeader === undefined || skewMs === undefined) throw noTime(host, dateHeader ?? "none");
  const kind = target === "aws" ? "aws" : "same-machine";
  const name = `Date header of STS GetCallerIdentity, ${host}`;
  return { source: { kind, name }, askedAt, answeredAt, monotonicMs, dateHeader, skewMs };
}

/**
 * Asks the target's STS who calls: the one call that every caller may make, and that changes nothing.
 *
 * @param attach called with the client before its call
 */
export function dateOfSts(
  config: STSClientConfig,
  attach: (client: STSClient) => STSClient = (client) => client,
): AskDate {
  return async () => {
    const client = attach(new STSClient(config));
    let said: { headers: Readonly<Record<string, string>>; host: string } | undefined;
    client.middlewareStack.add(
      (next) => async (args) => {
        const done = await next(args);
        const { headers } = done.response as { headers: Readonly<Record<string, string>> };
        said = { headers, host: (args.request as { hostname: string }).hostname };
        return done;
      },
      { step: "deserialize", priority: "low" },
    );
    try {
      await client.send(new GetCallerIdentityCommand({}));
    } finally {
      client.destroy();
    }
    const [, dateHeader] = Object.entries(said?.headers ?? {}).find(([name]) => name.toLowerCase() === "date") ?? [];
    return { dateHeader, host: said?.host ?? "STS" };
  };
}

function noTime(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "TRANSPORT",
    what: "no second source of time",
    where,
    expected: "a Date header as RFC 9110 has it",
    got,
    todo: "run it where the target's STS answers itself, without a proxy that takes its headers away",
  });
}
