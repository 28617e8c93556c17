// SPDX-License-Identifier: Apache-2.0
import { DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type Challenge, expectAnswer } from "../challenge";
import { rememberedFindings } from "../delivery-check";
import { installedSettings } from "../installed-settings";
import { JOINED } from "../joined-vendor";
import { listing } from "../kept-versions";
import { LOG_COPIES } from "../log-copies";
import type { Principal } from "../principal";
import { CHALLENGED_METRIC, type Range } from "../range";
import { TRIALS } from "../senders";
import { STREAM_PREFIX, stateOf } from "./alarm";
import { ROOTS } from "./ledger-root";
import { DEAD_LETTERS_ALARM } from "./poison";
import { BATCH_PREFIX } from "./push-batch";
import { IMPORT_PREFIX } from "./push-import";
import { PUSH_PREFIX } from "./push-promoted";
import { OUTSIDE_KEY } from "./writing";

const base = {
  controls: [],
  requirements: ["URS-033"],
  clauses: ["11.10(a)"],
  kind: "positive",
  principal: "deploy role",
} as const;
const SETTINGS =
  "the account's public access block, policy, lock configuration and versioning of inbox, raw, unblinded and challenged bucket, trust, policies and boundary of the roles that challenge, the items of the tables of vendors and of deliveries, the event rules with schedule, pattern and state, the visibility timeout of the queue of arrivals, the variables of the scan function, what server and identity provider ask for at a login, the policies of the identity provider's role, and which secrets, buckets, roles, tables, trails (logging or not), queues and subscribers of the topics of alarms and of deliveries there are";

/** First step: the settings that challenges change, before the first of them. */
export const asFound: Challenge = {
  step: {
    ...base,
    id: "OQ-as-found",
    title: "The installed system before the first challenge",
    action: `Read ${SETTINGS}.`,
    expected: "every setting can be read; the trail is logging, versioning is enabled on both buckets",
    acceptance: "as expected; the values are what OQ-as-left compares with",
  },
  async run(range) {
    return expectAnswer(await range.administrator(), asFound.step.title, async () => {
      const settings = await installedSettings(range);
      range.asFound = settings;
      const versioned = [range.raw, range.challenged].every(
        (bucket) => settings.get(`versioning of ${bucket}`) === JSON.stringify("Enabled"),
      );
      const trails = JSON.parse(settings.get("trails")!) as Array<{ name: string; logging: boolean }>;
      const logging = trails.some(({ name, logging }) => name === range.zone.trailName() && logging);
      const seen = `${settings.size} settings read; trail ${logging ? "logging" : "NOT logging"}, versioning ${versioned ? "enabled" : "NOT enabled"}`;
      return { ok: versioned && logging, seen };
    });
  },
};

/** Last step: the same settings again, and what stays. */
export const asLeft: Challenge = {
  step: {
    ...base,
    id: "OQ-as-left",
    title: "The installed system is as it was",
    action: `Remove the bucket without a lock, then read again ${SETTINGS}; list the object versions that challenges have written.`,
    expected:
      "every setting is as before the first challenge; what remains is listed: locked object versions and their replicas until their retention ends, events in the log groups of trail and SFTP server, what the check of deliveries remembers to have told, copies of logs and daily roots in the audit bucket, the states of the alarms that rang",
    acceptance:
      "no setting differs from OQ-as-found; the listed object versions stand in the evidence, each with its key",
  },
  async run(range) {
    const administrator = await range.administrator();
    return expectAnswer(administrator, asLeft.step.title, async () => {
      await range.close();
      const before = range.asFound;
      if (!before)
        return { ok: false, seen: "nothing to compare with: the settings were not read before the challenges" };
      const after = await installedSettings(range);
      const differing = differences(before, after);
      const said =
        differing.length === 0 ? `${after.size} settings as before` : `NOT as before: ${differing.join("; ")}`;
      return { ok: differing.length === 0, seen: `${said}. Remains: ${await residue(range, administrator)}` };
    });
  },
};

/** Settings that differ or stand on one side only, each with both values. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${name}: ${after.get(name) ?? "not there"}, was ${before.get(name) ?? "not there"}`);
}

async function residue(range: Range, administrator: Principal): Promise<string> {
  const replica = range.zone.replicaOf(range.raw);
  const places = [
    { bucket: range.raw, prefix: range.runPrefix },
    { bucket: range.raw, prefix: OUTSIDE_KEY },
    { bucket: range.challenged, prefix: range.runPrefix },
    { bucket: range.inbox, prefix: range.senders.prefix("oq-sender") },
    { bucket: range.inbox, prefix: range.senders.prefix("oq-sender", TRIALS) },
    { bucket: range.inbox, prefix: range.senders.prefix("oq-neighbour") },
    { bucket: range.inbox, prefix: range.senders.prefix("oq-unblinded") },
    { bucket: range.inbox, prefix: range.senders.prefix(JOINED) },
    { bucket: range.inbox, prefix: PUSH_PREFIX },
    { bucket: range.inbox, prefix: IMPORT_PREFIX },
    { bucket: range.inbox, prefix: BATCH_PREFIX },
    { bucket: range.raw, prefix: range.senders.prefix("oq-sender") },
    { bucket: range.raw, prefix: PUSH_PREFIX },
    { bucket: range.raw, prefix: IMPORT_PREFIX },
    { bucket: range.raw, prefix: BATCH_PREFIX },
    { bucket: range.unblinded, prefix: range.senders.prefix("oq-unblinded") },
    { bucket: range.zone.bucket("audit"), prefix: LOG_COPIES },
    { bucket: range.zone.bucket("audit"), prefix: ROOTS },
    { bucket: replica, prefix: range.runPrefix, region: range.zone.regionOf(replica) },
    { bucket: replica, prefix: OUTSIDE_KEY, region: range.zone.regionOf(replica) },
  ];
  const lines: string[] = [];
  for (const { bucket, prefix, region } of places) {
    const { versions, deleteMarkers } = await listing(administrator.s3(region ? { region } : {}), bucket, prefix);
    lines.push(`${versions.length} versions and ${deleteMarkers.length} delete markers in ${bucket} under ${prefix}`);
  }
  const alarms = [range.zone.alarmOn(CHALLENGED_METRIC), range.zone.alarmNamed(DEAD_LETTERS_ALARM).name];
  for (const group of [range.zone.trailLogGroup(), range.zone.sftpLogGroup()])
    lines.push(await logStreams(administrator, group));
  lines.push(`${(await rememberedFindings(range)).length} findings that the check of deliveries remembers`);
  for (const alarm of alarms) lines.push(`alarm ${alarm} in state ${await stateOf(administrator, alarm)}`);
  return lines.join("; ");
}

/** The streams that challenges have made, as the log group lists them. */
async function logStreams(administrator: Principal, logGroupName: string): Promise<string> {
  const command = new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: STREAM_PREFIX });
  const { logStreams = [] } = await administrator.logs().send(command);
  return `log streams ${logStreams.map((stream) => stream.logStreamName).join(", ") || "none"} in ${logGroupName}`;
}
