// SPDX-License-Identifier: Apache-2.0
import { SCAN_REASON } from "../../target/qualification-scanner";
import { type Challenge, type Checked, expectAnswer, observe, type Seen } from "../challenge";
import { scheduleOf } from "../clock";
import { versionsNamed } from "../kept-versions";
import { logged } from "../logged";
import { type Notice, untilTold } from "../notices";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { changedFor } from "../restore";
import { asked, outage } from "../scanner";
import { type SenderId, STUDY } from "../senders";
import { subscribeQueue } from "../subscriber";

const SENDER: SenderId = "oq-sender";
const SCANNER =
  "The scan function of the qualification stands beside the stack, as that of a house would: it knows the EICAR test file by its SHA-256";

/** Nothing becomes a record before the scan of the house has called it clean. */
export const scanChallenges: readonly Challenge[] = [refused(), undecided()];

function refused(): Challenge {
  const title = "A file that the scan refuses is quarantined and told of, and never becomes a record";
  return {
    step: {
      id: "OQ-scan-refused",
      title,
      controls: [],
      requirements: ["URS-022", "URS-024"],
      clauses: ["11.10(a)"],
      kind: "positive",
      principal:
        "vendor's role, by SFTP with the vendor's key from the vendor's network; deploy role, as the subscriber",
      action: `put the EICAR test file, and after it a harmless one, under names of an installed delivery; the installed rules, queue and function do the rest. ${SCANNER}. The receiver is a queue with the filter of the vendor's contact; delivery by e-mail is not exercised`,
      expected: `RECEIVED, ATTRIBUTED and QUARANTINED with the reason "scan: ${SCAN_REASON}"; the queue receives QUARANTINED with vendor and study as message attributes; no version of the name in the raw bucket; the scanner's own log says that it was asked about that very version and its SHA-256`,
      acceptance: "every one of them, within five minutes",
      twin: 'the harmless file becomes a record, and its PROMOTED says "scan: clean"',
    },
    async run(range) {
      const { senders, run } = range;
      const administrator = await range.administrator();
      const topic = range.zone.topicNamed("-deliveries");
      const filter = range.zone.subscriptionFilter(topic, SENDER);
      const queue = await subscribeQueue(range, administrator, topic, "scan", filter);
      const [since, told] = [new Date(), [] as Notice[]];
      try {
        const seen = await expectAnswer({ arn: senders.roleArn(SENDER) }, title, async () => {
          const sent = await senders.upload(SENDER, `VOLUME_EICAR_${run}.csv`, eicar());
          const quarantined = await quarantinedByScan(range, sent);
          await untilTold(range, queue.url, sent, told, ["QUARANTINED"]);
          const checks = [quarantined, noticeFits(told), await asked(range, sent, since, false)];
          return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
        });
        const twin = await observe(`${title}: twin`, async () => {
          const sent = await senders.upload(SENDER, `VOLUME_CLEAN_${run}.csv`, `visit,value\nclean,${run}\n`);
          return promotedAsClean(range, sent);
        });
        return concluded(
          { ...seen, observed: { notices: told } },
          twin,
          "what is clean does not become a record either",
        );
      } finally {
        await queue.remove();
      }
    },
  };
}

function undecided(): Challenge {
  const title = "While the scan fails nothing becomes a record, and it does as soon as the scan answers again";
  return {
    step: {
      id: "OQ-scan-fails",
      title,
      controls: [],
      requirements: ["URS-022", "URS-025"],
      clauses: ["11.10(a)"],
      kind: "positive",
      principal: "vendor's role, by SFTP; deploy role, as who sets the clock and breaks the scanner",
      action: `have the scan function fail, and put a harmless file under a name of an installed delivery; let it answer again, and shorten the schedule of the installed sweep from an hour to a minute until it has asked again. Function and schedule are put back. ${SCANNER}`,
      expected:
        "RECEIVED and ATTRIBUTED alone; the function that asks logs SCAN_UNDECIDED on that version, and the scanner's own log that it was asked; no version of the name in the raw bucket",
      acceptance: "every one of them; function and schedule are put back and read again",
      twin: 'the same version is promoted by the sweep after the scan answers again, and its PROMOTED says "scan: clean"',
    },
    async run(range) {
      const { senders, run } = range;
      const since = new Date();
      let sent: PutVersion | undefined;
      const seen = await expectAnswer({ arn: senders.roleArn(SENDER) }, title, async () => {
        const checks: Checked[] = [];
        const broken = await changedFor(outage(range), async () => {
          sent = await senders.upload(SENDER, `VOLUME_WAITS_${run}.csv`, `visit,value\nwaits,${run}\n`);
          checks.push(await waits(range, sent, since));
          return undefined;
        });
        return {
          ok: broken.ok && checks.length > 0 && checks.every(({ ok }) => ok),
          seen: [...checks, broken].map((one) => one.seen).join("; "),
        };
      });
      const twin = await observe(`${title}: twin`, async () => {
        if (!sent) return { ok: false, seen: "nothing sent" };
        const version = sent;
        const clock = await changedFor(await scheduleOf(range, "-ingest-sweep"), async () => {
          await eventUntil(range, version, "PROMOTED");
          return undefined;
        });
        const clean = await promotedAsClean(range, version);
        return { ok: clock.ok && clean.ok, seen: `${clean.seen}; ${clock.seen}` };
      });
      return concluded(seen, twin, "a file that had to wait is lost");
    },
  };
}

/** The test file of the European Institute for Computer Antivirus Research; in two parts, or scanners take this file for it. */
export function eicar(): string {
  return ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("-");
}

function concluded(seen: Seen, twin: Awaited<ReturnType<typeof observe>>, reason: string): Seen {
  return twin.result === "PASS" ? { ...seen, twin } : { ...seen, twin, result: "FAIL", reason };
}

async function quarantinedByScan(range: Range, sent: PutVersion): Promise<Checked> {
  const events = await eventUntil(range, sent, "QUARANTINED");
  const types = events.map(({ type }) => type).sort();
  const reason = events.find(({ type }) => type === "QUARANTINED")?.reason;
  const records = await recordsOf(range, sent);
  return {
    ok: types.join() === "ATTRIBUTED,QUARANTINED,RECEIVED" && reason === `scan: ${SCAN_REASON}` && records === 0,
    seen: `${types.join(", ") || "no event"}; reason ${reason}; ${records} versions of its name in ${range.raw}`,
  };
}

async function promotedAsClean(range: Range, sent: PutVersion): Promise<Checked> {
  const events = await eventUntil(range, sent, "PROMOTED");
  const types = events.map(({ type }) => type).sort();
  const reason = events.find(({ type }) => type === "PROMOTED")?.reason;
  const records = await recordsOf(range, sent);
  return {
    ok: types.join() === "ATTRIBUTED,PROMOTED,RECEIVED" && reason === "scan: clean" && records === 1,
    seen: `${types.join(", ") || "no event"}; reason ${reason}; ${records} versions of its name in ${range.raw}`,
  };
}

async function waits(range: Range, sent: PutVersion, since: Date): Promise<Checked> {
  const { key, versionId } = sent;
  const failed = {
    error: "SCAN_UNDECIDED",
    message: `no verdict on version ${versionId} of ${key}: the scan failed: Unhandled`,
  };
  const checks = [
    await asked(range, sent, since, true),
    await logged(range, range.zone.logGroupOf("-ingest"), failed, since),
  ];
  const types = (await eventUntil(range, sent, "ATTRIBUTED")).map(({ type }) => type).sort();
  const records = await recordsOf(range, sent);
  checks.push({
    ok: types.join() === "ATTRIBUTED,RECEIVED" && records === 0,
    seen: `${types.join(", ") || "no event"}; ${records} versions of its name in ${range.raw}`,
  });
  return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
}

function recordsOf(range: Range, { key }: PutVersion): Promise<number> {
  return versionsNamed(range, range.raw, range.senders.prefix(SENDER), key.split("/").pop()!);
}

function noticeFits(told: readonly Notice[]): Checked {
  const about = told.find(({ status }) => status === "QUARANTINED");
  return {
    ok: about?.vendor === SENDER && about.study === STUDY,
    seen: about ? `told: QUARANTINED (vendor ${about.vendor}, study ${about.study})` : "not told",
  };
}
