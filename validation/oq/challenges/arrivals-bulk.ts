// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Arrived, arrivedOnce, departuresOf, type KeptVersion, type SentFile } from "../arrived";
import { ChainNews } from "../chain-news";
import { type Challenge, expectAnswer, type Tell } from "../challenge";
import { keptVersions } from "../kept-versions";
import type { Told } from "../ledger-events";
import type { Range } from "../range";
import { STUDY, sha256 } from "../senders";

const POLL_MS = 1000;
/** How long the ledger may stand still while files are missing: what hangs so long does not come. */
const PATIENCE_MS = 3 * 60_000;
/** Sessions that send at the same time. */
const SESSIONS = 4;
const SENDER = "oq-sender";
/** Files after which a line tells how far it is. */
const LINE_EVERY = 250;

/** Many files at once: nothing is lost, and nothing is taken twice. @param count of files */
export function arrivalsBulkChallenges(count: number): readonly Challenge[] {
  return [bulk(count)];
}

function bulk(count: number): Challenge {
  const title = `${count} files arrive, each once`;
  return {
    step: {
      id: "OQ-arrivals-bulk",
      title,
      controls: [],
      requirements: ["URS-019", "URS-022", "URS-025"],
      clauses: ["11.10(a)", "11.10(e)"],
      kind: "positive",
      principal: `vendor's role, by SFTP in ${SESSIONS} sessions at the same time, with the vendor's key from the vendor's network`,
      action: `put of ${count} different files of a delivery without manifest into /${STUDY}; the installed rules, queue and function do the rest. The number is an option of the run`,
      expected:
        "of every file one version in the inbox with RECEIVED, ATTRIBUTED and PROMOTED once each in the ledger, and one version of its record with RECEIVED; the SHA-256 of both, as the ledger tells it, is that of what was sent",
      acceptance: `${count} of ${count}, none missing, none twice. The rate is recorded and nothing is accepted by it: the step ends when the last has come, or when the ledger has stood still for ${PATIENCE_MS / 60_000} minutes`,
    },
    async run(range, tell = () => undefined) {
      const principal = { arn: range.senders.roleArn(SENDER) };
      let observed: object = {};
      let remark: string | undefined;
      const seen = await expectAnswer(principal, title, async () => {
        const news = new ChainNews(range, SENDER);
        await news.next();
        const started = performance.now();
        const sent = await send(range, count, tell);
        const sentSeconds = (performance.now() - started) / 1000;
        const { told, promotedSeconds } = await untilArrived(news, sent, started, tell);
        const prefix = range.senders.prefix(SENDER);
        const arrived: Arrived = {
          sent,
          told,
          inbox: await versionsOf(range, range.inbox, prefix, range.run),
          raw: await versionsOf(range, range.raw, prefix, range.run),
        };
        const { ok, seen: said } = arrivedOnce(arrived);
        const rate = promotedSeconds && { promotedSeconds, perSecond: count / promotedSeconds };
        const promoted = rate
          ? `the last promoted after ${rate.promotedSeconds.toFixed(1)} s: ${rate.perSecond.toFixed(1)} a second`
          : "not all promoted";
        remark = `${count} files sent in ${sentSeconds.toFixed(1)} s, ${promoted}`;
        observed = { count, sentSeconds, ...rate, departures: departuresOf(arrived) };
        return { ok, seen: `${said}; ${remark}` };
      });
      return { ...seen, observed, ...(remark === undefined ? {} : { remark }) };
    },
  };
}

function nameOf(range: Range, index: number): string {
  return `VOLUME_${range.run}_${String(index).padStart(6, "0")}.csv`;
}

async function send(range: Range, count: number, tell: Tell): Promise<SentFile[]> {
  const { senders } = range;
  const privateKey = (await senders.key(SENDER)).private;
  const sent: SentFile[] = [];
  let next = 0;
  const sender = async () => {
    const session = await senders.login(SENDER, { privateKey });
    try {
      while (next < count) {
        const name = nameOf(range, next);
        const content = `subject,value\n${String(next).padStart(6, "0")},${range.run}\n`;
        next += 1;
        await session.put(`/${STUDY}/${name}`, content);
        sent.push({ key: `${senders.prefix(SENDER)}${name}`, sha256: sha256(content) });
        if (sent.length % LINE_EVERY === 0) tell(`${sent.length} of ${count} sent`);
      }
    } catch (error) {
      // The others end as well: nothing is to be sent any more while the next step runs.
      next = count;
      throw error;
    } finally {
      session.end();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: SESSIONS }, sender));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return sent;
}

/** Follows the vendor's chain until every file is promoted and its record received, or the chain stands still for too long. */
async function untilArrived(news: ChainNews, sent: readonly SentFile[], started: number, tell: Tell) {
  const awaited = new Set(sent.map(({ key }) => key));
  const records = new Set<string>();
  const told: Told[] = [];
  let promotedSeconds: number | undefined;
  let line = 0;
  for (let last = performance.now(); performance.now() - last < PATIENCE_MS; ) {
    const fresh = await news.next();
    if (fresh.length > 0) last = performance.now();
    told.push(...fresh);
    for (const { type, key, destination } of fresh) {
      if (type === "PROMOTED" && awaited.delete(key) && destination) records.add(destination.key);
    }
    for (const { type, key } of told) if (type === "RECEIVED") records.delete(key);
    const promoted = sent.length - awaited.size;
    if (promoted - line >= LINE_EVERY) {
      line = promoted;
      tell(`${promoted} of ${sent.length} promoted`);
    }
    if (awaited.size === 0) promotedSeconds ??= (performance.now() - started) / 1000;
    if (awaited.size === 0 && records.size === 0) break;
    await sleep(POLL_MS);
  }
  return { told, promotedSeconds };
}

/** Versions of the files of a run and of their records. */
async function versionsOf(range: Range, bucket: string, prefix: string, run: string): Promise<readonly KeptVersion[]> {
  return (await keptVersions(range, bucket, prefix)).filter(({ key }) => key.includes(`/VOLUME_${run}_`));
}
