// SPDX-License-Identifier: Apache-2.0
import * as net from "node:net";
import { ask, inWords } from "../call";
import { type Challenge, type Checked, observe } from "../challenge";
import { type Findings, judged } from "../judged";
import { logged } from "../logged";
import type { Range } from "../range";
import { BY_SFTP_LOGIN, departure } from "../refusal";
import { SENDERS_ADDRESS } from "../senders";
import { WatchedAlarm } from "../watched-alarm";

const SENDER = "oq-sender";
/** How long a server that rejects a connection may leave it open. */
const CLOSED_MS = 60_000;
const TWIN = "a login that is let in: the alarm stays quiet and the queue without a notification of it";

/** What the server itself turns away reaches somebody, before an identity provider is asked and after it has answered. */
export const sftpAlarmsChallenges: readonly Challenge[] = [
  turnedAway({
    id: "OQ-alarm-sftp-auth-failure",
    title: "A login that the server refuses reaches a subscriber",
    metric: "sftp-auth-failure",
    controls: ["P11-300d-02"],
    action:
      "login as a vendor from the vendor's network with a key that was never registered: the identity provider answers, and the server refuses and writes AUTH_FAILURE",
    activity: "AUTH_FAILURE",
    says: { user: SENDER, "source-ip": SENDERS_ADDRESS },
    provoke: async ({ senders }) => {
      const privateKey = senders.strangeKey().private;
      const answer = await ask("login", () => senders.visit(SENDER, { privateKey }));
      return { ok: departure(answer, BY_SFTP_LOGIN) === undefined, seen: inWords(answer) };
    },
  }),
  turnedAway({
    id: "OQ-alarm-sftp-rejected",
    title: "A connection that the server rejects reaches a subscriber",
    metric: "sftp-connection-rejected",
    controls: [],
    action:
      "connect to the server and send a line that is not of SSH: no user is named, and the server writes CONNECTION_REJECTED. Which connections AWS itself rejects so, its documentation does not say",
    activity: "CONNECTION_REJECTED",
    says: { "source-ip": SENDERS_ADDRESS },
    provoke: connectWithoutSsh,
  }),
];

interface TurnedAway {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  /** Controls of the gate that it shows at work. */
  readonly controls: readonly string[];
  readonly action: string;
  /** Activity type of the server's log (Transfer Family user guide, "CloudWatch log structure"). */
  readonly activity: string;
  /** What its line says beside. */
  readonly says: Readonly<Record<string, string>>;
  provoke(range: Range): Promise<Checked>;
}

function turnedAway({ id, title, metric, controls, action, activity, says, provoke }: TurnedAway): Challenge {
  return {
    step: {
      id,
      title,
      controls,
      requirements: ["URS-021", "URS-023"],
      clauses: ["11.300(d)", "11.10(d)"],
      kind: "positive",
      principal: "SFTP client; deploy role, which subscribes a queue",
      action: `${action}. The installed server writes the line, nobody else does. The receiver is a queue that the test subscribes to the topic and removes again; delivery by e-mail is not exercised`,
      expected: `${activity} in the server's log with the client's address; filter, alarm, topic: the alarm goes to ALARM and the queue receives its notification within five minutes`,
      acceptance: "every one of them; the twin's login makes no notification",
      twin: TWIN,
    },
    async run(range) {
      const { senders } = range;
      const alarm = await WatchedAlarm.on(range, metric, metric);
      try {
        const privateKey = (await senders.key(SENDER)).private;
        const twin = await observe(`${title}: twin`, () =>
          alarm.quietAfter(() => senders.visit(SENDER, { privateKey })),
        );
        const since = new Date();
        const provoked = await provoke(range);
        const line = await logged(range, range.zone.sftpLogGroup(), { "activity-type": activity, ...says }, since);
        const rang = await alarm.rings();
        const findings: Findings = [
          { ...provoked, reason: "the server does not turn it away" },
          { ...line, reason: "turned away, and not in the server's log" },
          { ...rang, reason: "turned away and logged, and nobody was told" },
        ];
        return judged(await range.administrator(), findings, {
          twin: { observation: twin, reason: "a login that is let in alarms as well, so the alarm proves nothing" },
        });
      } finally {
        await alarm.remove();
      }
    },
  };
}

/** Whether the server ends a connection on which something else than SSH is spoken. */
async function connectWithoutSsh({ target, transcript, run }: Range): Promise<Checked> {
  const { host, port } = target.sftp;
  const said: string[] = [];
  const ended = await new Promise<boolean>((resolve, reject) => {
    const socket = net.connect({ host, port, localAddress: SENDERS_ADDRESS }, () => socket.write(`OQ ${run}\r\n\r\n`));
    socket.setTimeout(CLOSED_MS, () => {
      resolve(false);
      socket.destroy();
    });
    socket.on("data", (bytes) => said.push(bytes.toString("latin1")));
    // A reset is an end as well.
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? resolve(true) : reject(error)));
    socket.on("close", () => resolve(true));
  });
  const [greeting = ""] = said.join("").split("\r\n");
  transcript.exchanges.push({
    principal: "none: no user is named",
    operation: `TCP connection from ${SENDERS_ADDRESS}`,
    request: { scheme: "tcp", method: "connect", path: "", query: {}, headers: {}, body: { text: `OQ ${run}` } },
    response: { status: 0, headers: {}, body: { text: greeting } },
    transportError: null,
  });
  const after = ended ? "ended by the server" : `still open after ${CLOSED_MS / 1000} seconds`;
  return { ok: ended, seen: `connection without SSH ${after}, its greeting ${JSON.stringify(greeting)}` };
}
