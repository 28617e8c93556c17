// SPDX-License-Identifier: Apache-2.0
import { GetObjectLockConfigurationCommand } from "@aws-sdk/client-s3";
import { type Challenge, type Checked, observe } from "../challenge";
import { type Findings, judged } from "../judged";
import { keptVersions, type ListedVersion } from "../kept-versions";
import { eventsOf } from "../ledger-events";
import { type Notice, untilTold } from "../notices";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { type SenderId, STUDY, TRIALS } from "../senders";
import { subscribeQueue } from "../subscriber";

const SENDER: SenderId = "oq-sender";
const DAY_MS = 86_400_000;
/** S3 tells when a version came in whole seconds, and counts its lock from then on. */
const CLOCK_MS = 60_000;

/** What a vendor sends to try things out. */
export const trialChallenges: readonly Challenge[] = [keptOut(), tooLarge()];

function keptOut(): Challenge {
  const title =
    "What a vendor sends to try things out never becomes a record, and is locked no longer than the inbox locks";
  return {
    step: {
      id: "OQ-trial-kept-out",
      title,
      controls: [],
      requirements: ["URS-010", "URS-022"],
      clauses: ["11.10(a)", "11.10(c)"],
      kind: "positive",
      principal:
        "vendor's role, by SFTP with the vendor's key from the vendor's network; inspector role reads, deploy role lists",
      action: `put a file into /${TRIALS}, then the same bytes under the same name into /${STUDY}, where a delivery expects them; the installed rules, queue and function do the rest. When the second is a record, look what became of the first`,
      expected:
        "one version of the trial in the inbox with the bytes that were sent, COMPLIANCE for the days of the inbox's own default and no longer; no event about it in the ledger; in the buckets of records no version of its name but the record of the second",
      acceptance: "every one of them, once the second is a record, within five minutes",
      twin: "the same bytes under the same name in the folder of the study become a record",
      mutant: "the same look at the second finds its events and its record, so that it is not blind",
    },
    async run(range) {
      const [name, content] = [`VOLUME_TRIAL_${range.run}.csv`, `subject,value\ntrial,${range.run}\n`];
      const trial = await range.senders.upload(SENDER, name, content, TRIALS);
      const sent = await range.senders.upload(SENDER, name, content);
      const events = await eventUntil(range, sent, "PROMOTED");
      const record = events.find(({ type }) => type === "PROMOTED")?.destination;
      const twin = await observe(`${title}: twin`, async () => {
        const types = events.map(({ type }) => type).sort();
        return { ok: types.join() === "ATTRIBUTED,PROMOTED,RECEIVED", seen: types.join(", ") || "no event" };
      });
      const mutant = await observe(`${title}: mutant`, async () => {
        const traces = await tracesOf(range, sent);
        return { ok: traces.events.length > 0 && traces.records.length > 0, seen: inWords(traces) };
      });
      const traces = await tracesOf(range, trial);
      const others = traces.records.filter(({ versionId }) => versionId !== record?.versionId);
      const findings: Findings = [
        {
          ...(await range.readable(await range.inspector(), trial)),
          reason: "the inbox does not have the bytes that were sent",
        },
        { ...(await lockedAsInbox(range, trial)), reason: "it is not locked as the inbox locks what comes" },
        {
          ok: traces.events.length === 0 && others.length === 0,
          seen: `${inWords(traces)}, ${others.length} of them not the second's`,
          reason: "a trial has become part of the ledger or of the records",
        },
      ];
      return judged({ arn: range.senders.roleArn(SENDER) }, findings, {
        twin: { observation: twin, reason: "what is no trial does not become a record either" },
        mutant: { observation: mutant, reason: "the look finds nothing of a record either, so it proves nothing" },
      });
    },
  };
}

function tooLarge(): Challenge {
  const title = "A trial above the limit is refused by its size and told of, and is neither hashed nor promoted";
  return {
    step: {
      id: "OQ-trial-too-large",
      title,
      controls: [],
      requirements: ["URS-022", "URS-024"],
      clauses: ["11.10(a)", "11.10(f)"],
      kind: "positive",
      principal:
        "vendor's role, by SFTP with the vendor's key from the vendor's network; deploy role, as the subscriber",
      action: `put into /${TRIALS} a file of exactly as many bytes as the installed function lets pass (LARGEST_TRIAL_BYTES), then one of a byte more; the installed rules, queue and function do the rest. The receiver is a queue with the filter of the vendor's contact; delivery by e-mail is not exercised`,
      expected:
        "of the larger one QUARANTINED alone, in the chain of its vendor, with both sizes as reason and without a SHA-256; the queue receives QUARANTINED with vendor and study none as message attributes; no version of its name in the buckets of records",
      acceptance: "every one of them, within five minutes",
      twin: "the trial of exactly the limit, sent before it, leaves no event",
    },
    async run(range) {
      const administrator = await range.administrator();
      const limit = Number(range.zone.variableOf("-ingest", "LARGEST_TRIAL_BYTES"));
      const topic = range.zone.topicNamed("-deliveries");
      const filter = range.zone.subscriptionFilter(topic, SENDER);
      const queue = await subscribeQueue(range, administrator, topic, "trial", filter);
      const told: Notice[] = [];
      try {
        const fits = await range.senders.upload(SENDER, `FITS_${range.run}.bin`, "0".repeat(limit), TRIALS);
        const large = await range.senders.upload(SENDER, `LARGE_${range.run}.bin`, "0".repeat(limit + 1), TRIALS);
        const refused = await refusedFor(range, large, limit);
        await untilTold(range, queue.url, large, told, ["QUARANTINED"]);
        const twin = await observe(`${title}: twin`, async () => {
          const traces = await tracesOf(range, fits);
          return { ok: traces.events.length + traces.records.length === 0, seen: `${limit} bytes: ${inWords(traces)}` };
        });
        const findings: Findings = [
          { ...refused, reason: "the ledger does not say of it what it must, or a record was made of it" },
          { ...noticeFits(told), reason: "the vendor is not told of it, or not as it must be" },
        ];
        const beside = { observation: twin, reason: "what keeps to the limit is refused or recorded as well" };
        return {
          ...judged({ arn: range.senders.roleArn(SENDER) }, findings, { twin: beside }),
          observed: { notices: told },
        };
      } finally {
        await queue.remove();
      }
    },
  };
}

/** What ledger and buckets of records have of a version, and of others of its name. */
interface Traces {
  /** Types of the events about the version. */
  readonly events: readonly string[];
  /** Versions of its name, in whatever folder. */
  readonly records: readonly ListedVersion[];
}

async function tracesOf(range: Range, of: PutVersion): Promise<Traces> {
  const events = (await eventsOf(range, of)).map(({ type }) => type).sort();
  const name = of.key.split("/").pop()!;
  const administrator = await range.administrator();
  const kept = [
    ...(await keptVersions(range, range.raw, "", administrator)),
    ...(await keptVersions(range, range.unblinded, "", administrator)),
  ];
  return { events, records: kept.filter(({ key }) => key.split("/").pop() === name) };
}

function inWords({ events, records }: Traces): string {
  return `${events.join(", ") || "no event"}; ${records.length} versions of its name in the buckets of records`;
}

async function lockedAsInbox(range: Range, trial: PutVersion): Promise<Checked> {
  const command = new GetObjectLockConfigurationCommand({ Bucket: range.inbox });
  const { ObjectLockConfiguration } = await (await range.administrator()).s3().send(command);
  const days = ObjectLockConfiguration?.Rule?.DefaultRetention?.Days;
  const head = await range.head(await range.inspector(), trial);
  const lockedMs = Number(head.ObjectLockRetainUntilDate) - Number(head.LastModified);
  const asLong = days !== undefined && Math.abs(lockedMs - days * DAY_MS) <= CLOCK_MS;
  return {
    ok: head.ObjectLockMode === "COMPLIANCE" && asLong,
    seen: `${head.ObjectLockMode} until ${head.ObjectLockRetainUntilDate?.toISOString()}, received ${head.LastModified?.toISOString()}; the inbox locks for ${days} days`,
  };
}

async function refusedFor(range: Range, large: PutVersion, limit: number): Promise<Checked> {
  const events = await eventUntil(range, large, "QUARANTINED");
  const [event] = events;
  const traces = await tracesOf(range, large);
  const reason = `is a trial of ${limit + 1} bytes, and trials have at most ${limit}`;
  return {
    ok:
      traces.events.join() === "QUARANTINED" &&
      event?.reason === reason &&
      event.vendor === SENDER &&
      event.sha256 === undefined &&
      traces.records.length === 0,
    seen: `${inWords(traces)}; reason ${event?.reason}; chain of ${event?.vendor}; SHA-256 ${event?.sha256 ?? "none"}`,
  };
}

function noticeFits(told: readonly Notice[]): Checked {
  const seen = told.map(({ vendor, study, status }) => `${status} (vendor ${vendor}, study ${study})`).join(", ");
  const [about] = told;
  return {
    ok: told.length === 1 && about?.status === "QUARANTINED" && about.vendor === SENDER && about.study === "none",
    seen: `told: ${seen || "nothing"}`,
  };
}
