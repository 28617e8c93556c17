// SPDX-License-Identifier: Apache-2.0
import { ask, inWords } from "../call";
import { type Challenge, expectAnswer, expectRefusal, observe, type Seen } from "../challenge";
import { type Findings, judged } from "../judged";
import { both, logged } from "../logged";
import type { Range } from "../range";
import { BY_SFTP_LOGIN, departure, refusalText } from "../refusal";
import { changedFor, type Setting } from "../restore";
import { SENDERS_ADDRESS, type SenderId, STUDY, sha256 } from "../senders";
import { WatchedAlarm } from "../watched-alarm";
import { stateOf } from "./alarm";

/** An address of the loopback that no profile names. */
const ELSEWHERE = "127.0.0.2";
const DAY_MS = 86_400_000;
const NOT_REFUSED = "the login is not refused as a login";

/** Who comes in by SFTP: the right key, from the right network, of a vendor who is let in today; and nobody else. */
export const sftpLoginChallenges: readonly Challenge[] = [
  upload(),
  // Before the others, whose refusals would have the alarm ringing already.
  refusedLoginAlarm(),
  wrongKey(),
  otherAddress(),
  notToday(
    "expired",
    "oq-expired",
    "A vendor whose last day is over cannot log in",
    "the last day set to tomorrow",
    () => ["until", { S: new Date(Date.now() + DAY_MS).toISOString().slice(0, 10) }],
  ),
  notToday("not enabled", "oq-offboarded", "An offboarded vendor cannot log in", "the profile enabled", () => [
    "enabled",
    { BOOL: true },
  ]),
  passwordOnly(),
];

function upload(): Challenge {
  const title = "A vendor's file lies in the inbox as it was sent, locked";
  return {
    step: {
      id: "OQ-sftp-upload",
      title,
      controls: ["P11-10e-08"],
      requirements: ["URS-001", "URS-017"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(d)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put of a file into the study folder /${STUDY} over TCP; HeadObject and GetObject of its version by the inspector`,
      expected: "one version with the SHA-256 of what was sent, COMPLIANCE, retained; the server's log names the login",
      acceptance: "every one of them",
    },
    async run(range) {
      const [inspector, since] = [await range.inspector(), new Date()];
      const principal = { arn: range.senders.roleArn("oq-sender") };
      return expectAnswer(principal, title, async () => {
        const content = `subject,value\n001,${range.run}\n`;
        const put = await range.senders.upload("oq-sender", `UPLOADED_${range.run}.csv`, content);
        const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = await range.head(inspector, put);
        const read = await range.readable(inspector, { ...put, sha256: sha256(content) });
        const locked = mode === "COMPLIANCE" && Number(until) > Date.now();
        const lines = await logged(
          range,
          range.zone.sftpLogGroup(),
          { "activity-type": "CONNECTED", user: "oq-sender", "source-ip": SENDERS_ADDRESS },
          since,
        );
        return both({ ok: read.ok && locked, seen: `${read.seen}, ${mode} until ${until?.toISOString()}` }, lines);
      });
    },
  };
}

interface RefusedLogin {
  readonly id: string;
  readonly requirements: readonly string[];
  readonly title: string;
  /** Controls of the gate that it shows at work. @default - none */
  readonly controls?: readonly string[];
  readonly vendor: SenderId;
  readonly action: string;
  readonly from?: string;
  /** Why the identity provider says that it denies; undefined where the server refuses after the provider's answer. */
  readonly reason?: string;
  readonly twin: string;
  readonly admitted: SenderId;
  readonly mutant: string;
  /** What lets the same login in. */
  setting(range: Range): Promise<Setting>;
  /** Key that is offered. @default the vendor's own */
  key?(range: Range): Promise<string>;
}

function refusedLogin(login: RefusedLogin): Challenge {
  const { id, title, vendor, reason, from = SENDERS_ADDRESS } = login;
  const told = reason === undefined ? "" : ` and the identity provider's with the reason "${reason}"`;
  return {
    step: {
      id,
      title,
      controls: login.controls ?? [],
      requirements: login.requirements,
      clauses: ["11.10(d)", "11.10(g)", "11.300(d)"],
      kind: "negative",
      principal: `SFTP client that claims to be ${vendor}`,
      layer: BY_SFTP_LOGIN.layer,
      action: login.action,
      expected: `${refusalText(BY_SFTP_LOGIN)}; the server's log holds the attempt${told}`,
      acceptance: "refused and recorded, twin allowed, mutant goes through",
      twin: login.twin,
      mutant: `${login.mutant}; the vendors table is put back and read again`,
    },
    async run(range): Promise<Seen> {
      const { senders } = range;
      const privateKey = (await login.key?.(range)) ?? (await senders.key(vendor)).private;
      const since = new Date();
      const attempt = () => senders.visit(vendor, { privateKey, from });
      return expectRefusal(title, {
        principal: { arn: senders.roleArn(vendor) },
        expected: BY_SFTP_LOGIN,
        call: attempt,
        recorded: () => refusalLogged(range, { user: vendor, from, reason, since }),
        twin: async () => senders.visit(login.admitted, { privateKey: (await senders.key(login.admitted)).private }),
        mutant: async () => changedFor(await login.setting(range), attempt),
      });
    },
  };
}

/** The attempt in the log of the server, and in that of the identity provider where it is the one that denies. */
export async function refusalLogged(
  range: Range,
  { user, from, reason, since }: { user: SenderId; from: string; reason: string | undefined; since: Date },
) {
  const failure = { "activity-type": "AUTH_FAILURE", user, "source-ip": from };
  const server = await logged(range, range.zone.sftpLogGroup(), failure, since);
  if (reason === undefined) return server;
  const denial = { event: "login", user, ip: from, decision: "denied", reason };
  return both(server, await logged(range, range.zone.logGroupOf("-identity-provider"), denial, since));
}

function wrongKey(): Challenge {
  const pairs = new WeakMap<Range, ReturnType<Range["senders"]["strangeKey"]>>();
  const pairOf = (range: Range) => {
    const pair = pairs.get(range) ?? range.senders.strangeKey();
    pairs.set(range, pair);
    return pair;
  };
  return refusedLogin({
    id: "OQ-sftp-wrong-key",
    requirements: ["URS-002"],
    title: "A key that is not the vendor's does not log in",
    vendor: "oq-sender",
    action: "login as a vendor from the vendor's network with a key that was never registered",
    twin: "the vendor logs in with its own key",
    admitted: "oq-sender",
    mutant: "the same login while the key stands among the vendor's",
    key: async (range) => pairOf(range).private,
    setting: (range) => range.senders.keyRowSetting("oq-sender", pairOf(range)),
  });
}

function otherAddress(): Challenge {
  return refusedLogin({
    id: "OQ-sftp-other-address",
    requirements: ["URS-004"],
    controls: ["P11-10d-06"],
    title: "The right key from another network does not log in",
    vendor: "oq-sender",
    from: ELSEWHERE,
    action: `login with the vendor's own key from ${ELSEWHERE}, which no profile names`,
    reason: "network not listed",
    twin: `the same key from ${SENDERS_ADDRESS}`,
    admitted: "oq-sender",
    mutant: `the same login while the profile names ${ELSEWHERE}/32`,
    setting: (range) => range.senders.profile("oq-sender", "cidrs", { L: [{ S: `${ELSEWHERE}/32` }] }),
  });
}

function notToday(
  reason: string,
  vendor: SenderId,
  title: string,
  mutant: string,
  change: () => [string, { S: string } | { BOOL: boolean }],
): Challenge {
  return refusedLogin({
    id: `OQ-sftp-${vendor.replace("oq-", "")}`,
    requirements: ["URS-005"],
    title,
    vendor,
    action: "login from the vendor's network with a key of the vendor that is valid today",
    reason,
    twin: "another vendor, who is let in, logs in from the same address",
    admitted: "oq-sender",
    mutant: `the same login with ${mutant}`,
    setting: (range) => range.senders.profile(vendor, ...change()),
  });
}

function passwordOnly(): Challenge {
  const title = "A password alone does not log in";
  return {
    step: {
      id: "OQ-sftp-password-only",
      title,
      controls: ["P11-10d-08"],
      requirements: ["URS-002"],
      clauses: ["11.10(d)", "11.300(d)"],
      kind: "positive",
      principal: "SFTP client that claims to be oq-sender",
      action: "login as a vendor from the vendor's network with a password and no key",
      expected: `${refusalText(BY_SFTP_LOGIN)}; the server's log holds the attempt`,
      acceptance: "refused and recorded, twin allowed",
      twin: "the vendor logs in with its key",
    },
    async run(range) {
      const { senders } = range;
      const since = new Date();
      const principal = { arn: senders.roleArn("oq-sender") };
      const answer = await ask(title, () => senders.visit("oq-sender", { password: `oq-${range.run}` }));
      const recorded = await refusalLogged(range, {
        user: "oq-sender",
        from: SENDERS_ADDRESS,
        reason: undefined,
        since,
      });
      const privateKey = (await senders.key("oq-sender")).private;
      const twin = await observe(`${title}: twin`, () => senders.visit("oq-sender", { privateKey }));
      const findings: Findings = [
        { ok: departure(answer, BY_SFTP_LOGIN) === undefined, seen: inWords(answer), reason: NOT_REFUSED },
        { ...recorded, seen: `recorded: ${recorded.seen}`, reason: "refused, and no record of the refusal was seen" },
      ];
      const reason = "the login with the key failed, so the refusal proves nothing";
      return judged(principal, findings, { twin: { observation: twin, reason } });
    },
  };
}

function refusedLoginAlarm(): Challenge {
  const title = "A refused login reaches a subscriber";
  return {
    step: {
      id: "OQ-alarm-sftp-refused",
      title,
      controls: ["P11-300d-02"],
      requirements: ["URS-021", "URS-023"],
      clauses: ["11.300(d)", "11.10(d)"],
      kind: "positive",
      principal: "deploy role, which subscribes a queue; the SFTP client claims to be oq-sender",
      action: `login with the vendor's own key from ${ELSEWHERE}; the identity provider denies, its log is filtered, the alarm notifies. The receiver is a queue that the test subscribes to the topic and removes again; delivery by e-mail is not exercised`,
      expected:
        "the alarms on denied logins and on refused logins are in state ALARM; the queue receives the notification within five minutes",
      acceptance: "notification of the alarm on denied logins received, both states; the twin's login makes none",
      twin: "a login that is let in: the alarm stays quiet",
    },
    async run(range) {
      const administrator = await range.administrator();
      const failed = range.zone.alarmOn("sftp-auth-failure");
      const privateKey = (await range.senders.key("oq-sender")).private;
      const denied = await WatchedAlarm.on(range, "sftp-login-denied", "sftp");
      const stateOfFailed = async () => {
        const state = await stateOf(administrator, failed);
        return { ok: state === "ALARM", seen: `${failed} ${state}` };
      };
      try {
        const twin = await observe(`${title}: twin`, async () => {
          const quiet = await denied.quietAfter(() => range.senders.visit("oq-sender", { privateKey }));
          const other = await stateOfFailed();
          return both(quiet, { ...other, ok: !other.ok });
        });
        const answer = await ask(title, () => range.senders.visit("oq-sender", { privateKey, from: ELSEWHERE }));
        const rang = await denied.rings();
        const findings: Findings = [
          { ok: departure(answer, BY_SFTP_LOGIN) === undefined, seen: inWords(answer), reason: NOT_REFUSED },
          { ...rang, reason: "refused, and nobody was told" },
          { ...(await stateOfFailed()), reason: "the alarm on refused logins does not ring" },
        ];
        const reason = "with a login that is let in an alarm rings as well, so it proves nothing";
        return judged(administrator, findings, { twin: { observation: twin, reason } });
      } finally {
        await denied.remove();
      }
    },
  };
}
