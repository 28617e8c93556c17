// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, observe } from "../challenge";
import { type Findings, judged } from "../judged";
import { keptVersions, versionsNamed } from "../kept-versions";
import type { Told } from "../ledger-events";
import { type Notice, untilTold } from "../notices";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { type SenderId, STUDY, sha256 } from "../senders";
import { subscribeQueue } from "../subscriber";

const SENDER: SenderId = "oq-sender";
/** One name for all: what comes again is a further version, and the newest that names a file speaks of it. */
const MANIFEST = "SHA256SUMS";
const OF_RECORD = "ATTRIBUTED,MANIFEST_OK,PROMOTED,RECEIVED";

/** One file that speaks of others: delivery `oq-listed` of stacks/settings/vendors-qualification.yaml asks for it. */
export const deliveryManifestChallenges: readonly Challenge[] = [listed(), listedOtherwise()];

function listed(): Challenge {
  const title = "A file that needs a manifest becomes a record by it, whichever of them comes first";
  return {
    step: {
      id: "OQ-manifest-listed",
      title,
      controls: [],
      requirements: ["URS-019", "URS-022"],
      clauses: ["11.10(a)", "11.10(e)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put into /${STUDY} a ${MANIFEST}, wait until it is promoted, and put the file that it lists; then put another file, wait until it is received and attributed, and put a ${MANIFEST} that lists that one. The delivery requires a manifest; the installed rules, queue and function do the rest`,
      expected:
        "the second file waits with RECEIVED and ATTRIBUTED alone until its manifest comes; of both files RECEIVED, ATTRIBUTED, MANIFEST_OK with the sender's SHA-256 and the version of the manifest that states it, and PROMOTED; the record has the bytes that were sent",
      acceptance: "every one of them, each within five minutes",
    },
    async run(range) {
      const [after, before] = [`LISTED_AFTER_${range.run}.csv`, `LISTED_BEFORE_${range.run}.csv`];
      const first = await sendManifest(range, { [after]: contentOf(range, after) });
      await eventUntil(range, first, "PROMOTED");
      const late = await send(range, after);
      const proved = await provedBy(range, late, first);
      const early = await send(range, before);
      const waiting = (await eventUntil(range, early, "ATTRIBUTED")).map(({ type }) => type).sort();
      const second = await sendManifest(range, { [before]: contentOf(range, before) });
      const findings: Findings = [
        { ...proved, reason: "what comes after its manifest is not proved by it, or no record" },
        {
          ok: waiting.join() === "ATTRIBUTED,RECEIVED",
          seen: `before its manifest the other waits with ${waiting.join(", ") || "no event"}`,
          reason: "what has no manifest yet does not wait for it",
        },
        {
          ...(await provedBy(range, early, second)),
          reason: "what comes before its manifest is not proved by it, or no record",
        },
      ];
      return judged({ arn: range.senders.roleArn(SENDER) }, findings);
    },
  };
}

function listedOtherwise(): Challenge {
  const title = "A file that its manifest lists with another SHA-256 is refused, told of, and never becomes a record";
  return {
    step: {
      id: "OQ-manifest-mismatch",
      title,
      controls: [],
      requirements: ["URS-019", "URS-022", "URS-024"],
      clauses: ["11.10(a)", "11.10(c)"],
      kind: "positive",
      principal:
        "vendor's role, by SFTP with the vendor's key from the vendor's network; deploy role, as the subscriber",
      action: `put into /${STUDY} a ${MANIFEST} that lists two files, one of them with the SHA-256 of other bytes, then both files; the installed rules, queue and function do the rest. The receiver is a queue with the filter of the vendor's contact; delivery by e-mail is not exercised`,
      expected:
        "of the file with other bytes RECEIVED, ATTRIBUTED and MANIFEST_MISMATCH with both hashes and the version of the manifest; the queue receives MANIFEST_MISMATCH with vendor and study as message attributes; no PROMOTED, and no version of its name in the raw bucket",
      acceptance: "every one of them, within five minutes",
      twin: "the file that the same manifest lists as it is becomes a record",
    },
    async run(range) {
      const administrator = await range.administrator();
      const topic = range.zone.topicNamed("-deliveries");
      const queue = await subscribeQueue(
        range,
        administrator,
        topic,
        "manifest",
        range.zone.subscriptionFilter(topic, SENDER),
      );
      const told: Notice[] = [];
      try {
        const [right, wrong] = [`LISTED_RIGHT_${range.run}.csv`, `LISTED_WRONG_${range.run}.csv`];
        const stated = `${contentOf(range, wrong)}of other bytes\n`;
        const manifest = await sendManifest(range, { [wrong]: stated, [right]: contentOf(range, right) });
        await eventUntil(range, manifest, "PROMOTED");
        const altered = await send(range, wrong);
        const sound = await send(range, right);
        const refused = await refusedBy(range, altered, manifest, sha256(stated));
        await untilTold(range, queue.url, altered, told, ["MANIFEST_MISMATCH"]);
        const twin = await observe(`${title}: twin`, () => provedBy(range, sound, manifest));
        const findings: Findings = [
          { ...refused, reason: "what is not as its manifest states is not refused for it" },
          { ...noticeFits(told), reason: "the vendor is not told of it, or not as it must be" },
        ];
        const beside = { observation: twin, reason: "what is as the same manifest states is refused as well" };
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

function contentOf(range: Range, name: string): string {
  return `subject,value\n${name},${range.run}\n`;
}

function send(range: Range, name: string): Promise<PutVersion> {
  return range.senders.upload(SENDER, name, contentOf(range, name));
}

/** Sends one more version of the manifest. @param files what is stated of each, by name */
async function sendManifest(range: Range, files: Readonly<Record<string, string>>): Promise<PutVersion> {
  const { senders } = range;
  const lines = Object.entries(files).map(([name, content]) => `${sha256(content)}  ${name}\n`);
  const session = await senders.login(SENDER, { privateKey: (await senders.key(SENDER)).private });
  await session.put(`/${STUDY}/${MANIFEST}`, lines.join(""));
  session.end();
  const [bucket, key] = [range.inbox, `${senders.prefix(SENDER)}${MANIFEST}`];
  // Listed with the newest first.
  const versions = await keptVersions(range, bucket, key, await range.administrator());
  const { versionId } = versions.find((one) => one.key === key)!;
  return { bucket, key, versionId, sha256: sha256(lines.join("")) };
}

async function provedBy(range: Range, sent: PutVersion, manifest: PutVersion): Promise<Checked> {
  const events = await eventUntil(range, sent, "PROMOTED");
  const types = events.map(({ type }) => type).sort();
  const proof = events.find(({ type }) => type === "MANIFEST_OK");
  const record = events.find(({ type }) => type === "PROMOTED")?.destination;
  if (!proof || !record) return { ok: false, seen: types.join(", ") || "no event" };
  const read = await range.readable(await range.inspector(), { ...record, sha256: sent.sha256 });
  const stated = proof.senderSha256 === sent.sha256 && proof.sha256 === sent.sha256;
  return {
    ok: types.join() === OF_RECORD && stated && isBy(proof, manifest) && read.ok,
    seen: `${types.join(", ")}; SHA-256 of the sender ${proof.senderSha256}, computed ${proof.sha256}, by version ${proof.manifest?.versionId} of ${MANIFEST}; ${read.seen}`,
  };
}

async function refusedBy(range: Range, sent: PutVersion, manifest: PutVersion, stated: string): Promise<Checked> {
  const events = await eventUntil(range, sent, "MANIFEST_MISMATCH");
  const types = events.map(({ type }) => type).sort();
  const refusal = events.find(({ type }) => type === "MANIFEST_MISMATCH");
  const name = sent.key.split("/").pop()!;
  const records = await versionsNamed(range, range.raw, range.senders.prefix(SENDER), name);
  const hashes = refusal?.senderSha256 === stated && refusal.sha256 === sent.sha256;
  return {
    ok: types.join() === "ATTRIBUTED,MANIFEST_MISMATCH,RECEIVED" && hashes && isBy(refusal, manifest) && records === 0,
    seen: `${types.join(", ") || "no event"}; SHA-256 of the sender ${refusal?.senderSha256}, computed ${refusal?.sha256}, by version ${refusal?.manifest?.versionId} of ${MANIFEST}; ${records} versions of its name in ${range.raw}`,
  };
}

function isBy({ manifest }: Told, { key, versionId }: PutVersion): boolean {
  return manifest?.key === key && manifest.versionId === versionId;
}

function noticeFits(told: readonly Notice[]): Checked {
  const about = told.find(({ status }) => status === "MANIFEST_MISMATCH");
  return {
    ok: about?.vendor === SENDER && about.study === STUDY,
    seen: about ? `told: MANIFEST_MISMATCH (vendor ${about.vendor}, study ${about.study})` : "not told",
  };
}
