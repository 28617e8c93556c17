// SPDX-License-Identifier: Apache-2.0
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Part11Error } from "../../error";
import type { Bundle, EntryBodies, Executor } from "../../evidence";
import { ReadOnlyGuard, readOnlyConfig, type SaidTarget } from "../../target/aws";
import type { Transcript } from "../../target/transcript";

type Check = EntryBodies["preflight"]["checks"][number];

/** What was confirmed before the journal was opened. */
export interface Confirmed {
  readonly said: SaidTarget;
  readonly executor: Executor;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Calls that confirmed it. */
  readonly transcript: Transcript;
  /** SHA-256 of what the user gave, by name. */
  readonly given: Readonly<Record<string, string>>;
}

/**
 * Writes what was confirmed of the target, and that a guard like the one of the run refuses what it must.
 *
 * @throws TARGET_REFUSED, once it is written, where the guard does not: such a run reads nothing
 */
export async function journalPreflight(
  bundle: Pick<Bundle, "addJson" | "journal">,
  confirmed: Confirmed,
  guard = new ReadOnlyGuard(),
): Promise<void> {
  const { said, executor, startedAt, finishedAt, transcript, given } = confirmed;
  const { accountId, region, environment } = said;
  const evidence = [bundle.addJson("transcripts/preflight.json", transcript.exchanges)];
  const checks: Check[] = [
    {
      id: "PF-01",
      title: "The account is the one that was named",
      result: "PASS",
      expected: `account ${accountId}, not its root`,
      actual: `STS GetCallerIdentity: account ${executor.identity.account}, ${executor.identity.arn}`,
    },
    {
      id: "PF-02",
      title: "Plan, settings and state are of that account, region and environment",
      result: "PASS",
      expected: `${accountId}, ${region}, ${environment}`,
      actual: `as expected; SHA-256 ${Object.entries(given)
        .map(([name, sha256]) => `of ${name} ${sha256}`)
        .join(", ")}`,
    },
    await guardRefuses(said, guard),
  ];
  const times = { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() };
  bundle.journal.append("preflight", { ...times, evidence, checks });
  for (const { id, result, expected, actual } of checks) if (result !== "PASS") throw refusedBy(id, expected, actual);
}

function refusedBy(id: string, expected = "PASS", got = "none"): Part11Error {
  return new Part11Error({
    code: "TARGET_REFUSED",
    what: "nothing read on AWS",
    where: `preflight ${id}`,
    expected,
    got,
    todo: "install the package again with the dependencies of its lock file; report it where that changes nothing",
  });
}

/** A guard is tried on a wire that leads nowhere and counts what comes. */
export async function guardRefuses({ region }: Pick<SaidTarget, "region">, guard: ReadOnlyGuard): Promise<Check> {
  let sent = 0;
  const wire = {
    handler: {
      handle: async () => {
        sent += 1;
        throw new Error("a wire that leads nowhere");
      },
    },
    credentials: async () => ({ accessKeyId: "preflight", secretAccessKey: "preflight" }),
  };
  const config = readOnlyConfig(wire, guard)(region) as ConstructorParameters<typeof S3Client>[0] & object;
  const write = new PutObjectCommand({ Bucket: "part11-preflight", Key: "preflight", Body: "preflight" });
  const outcomes = await Promise.all([
    outcomeOf(guard.attach(new S3Client(config)).send(write)),
    outcomeOf(
      new STSClient(config as ConstructorParameters<typeof STSClient>[0] & object).send(
        new GetCallerIdentityCommand({}),
      ),
    ),
  ]);
  const ok = sent === 0 && outcomes.every((code) => code === "WRITE_REFUSED");
  return {
    id: "PF-03",
    title: "A call that writes, and a client without guard, send nothing",
    result: ok ? "PASS" : "FAIL",
    expected: "PutObject of a guarded client and any call of another one: WRITE_REFUSED, no request",
    actual: `${outcomes.join(", ")}; ${sent} requests`,
  };
}

async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "answered",
    (error: { code?: string; name?: string }) => error.code ?? error.name ?? "an error",
  );
}
