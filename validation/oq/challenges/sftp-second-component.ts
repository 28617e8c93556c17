// SPDX-License-Identifier: Apache-2.0
import { type Call, type Challenge, type Checked, expectAnswer, expectRefusal, type Seen } from "../challenge";
import { logged, unspoken } from "../logged";
import type { Range } from "../range";
import { BY_SFTP_LOGIN, refusalText } from "../refusal";
import { changedFor } from "../restore";
import { made, SecondComponent } from "../second-component";
import { SENDERS_ADDRESS, STUDY, sha256 } from "../senders";
import { refusalLogged } from "./sftp-login";

const VENDOR = "oq-sender";
const ASKED =
  "The installed server asks for the key alone, so the deploy role changes what an apply of settings with sftp.secondComponent would (what the server asks for, variables and memory of the identity provider, its right to the secret, the vendor's profile) and puts a secret with the scrypt hash of a password that this run makes, under Secrets Manager's own key; all is put back and read again. The password is recorded nowhere";

/** A password beside the key, where the server asks for both. */
export const sftpSecondComponentChallenges: readonly Challenge[] = [
  twoComponents(),
  oneWrong({
    id: "OQ-sftp-wrong-password",
    title: "The right key with a wrong password does not log in",
    action: "login as the vendor from its network with its own key and another password",
    reason: "wrong password",
    mutant: "the same login while the vendor's secret holds the hash of that password; it is put back and read again",
    async attempts(range, component) {
      const [privateKey, other] = [(await range.senders.key(VENDOR)).private, await made(range)];
      const attempt = () => range.senders.visit(VENDOR, { privateKey, password: other.password });
      const secret = await component.otherPassword(other.password, other.hash);
      return { attempt, mutant: () => changedFor(secret, attempt) };
    },
  }),
  oneWrong({
    id: "OQ-sftp-key-without-password",
    title: "The right key alone does not log in where a password is asked for",
    action: "login as the vendor from its network with its own key and no password",
    mutant: "the same login when everything is put back: the key alone is asked for",
    async attempts(range, component) {
      const privateKey = (await range.senders.key(VENDOR)).private;
      const attempt = () => range.senders.visit(VENDOR, { privateKey });
      const mutant = async () => {
        await component.remove();
        return attempt();
      };
      return { attempt, mutant };
    },
  }),
  oneWrong({
    id: "OQ-sftp-password-without-key",
    title: "The right password alone does not log in where both are asked for",
    controls: ["P11-10d-08"],
    action: "login as the vendor from its network with the right password and no key",
    mutant:
      "the same login while the server takes either of the two, as it does where no method is stated; it is put back and read again",
    async attempts(range, component) {
      const attempt = () => range.senders.visit(VENDOR, { password: component.password });
      return { attempt, mutant: () => changedFor(component.eitherOne(), attempt) };
    },
  }),
];

function twoComponents(): Challenge {
  const title = "Key and password together log in where the server asks for both";
  return {
    step: {
      id: "OQ-sftp-two-components",
      title,
      controls: [],
      requirements: ["URS-001", "URS-002"],
      clauses: ["11.10(d)", "11.300(d)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key and its password from the vendor's network",
      action: `login with the vendor's own key and its password; put of a file into /${STUDY}. ${ASKED}`,
      expected:
        "the login is accepted and one version of the file lies in the inbox, with the bytes sent; the server's log and the identity provider's name the login; no line of either holds the password",
      acceptance: "every one of them; everything is put back and read again",
    },
    async run(range) {
      const component = await SecondComponent.asked(range, VENDOR);
      try {
        return await expectAnswer({ arn: range.senders.roleArn(VENDOR) }, title, () => uploaded(range, component));
      } finally {
        await component.remove();
      }
    },
  };
}

async function uploaded(range: Range, { password }: SecondComponent): Promise<Checked> {
  const { senders, run, zone } = range;
  const since = new Date();
  const [name, content] = [`VOLUME_BOTH_${run}.csv`, `visit,value\nboth,${run}\n`];
  const session = await senders.login(VENDOR, { privateKey: (await senders.key(VENDOR)).private, password });
  await session.put(`/${STUDY}/${name}`, content);
  session.end();
  const sent = await senders.uploaded(VENDOR, name, content);
  const checks = [await range.readable(await range.inspector(), { ...sent, sha256: sha256(content) })];
  const [server, provider] = [zone.sftpLogGroup(), zone.logGroupOf("-identity-provider")];
  const connected = { "activity-type": "CONNECTED", user: VENDOR, "source-ip": SENDERS_ADDRESS };
  const allowed = { event: "login", user: VENDOR, method: "password", decision: "allowed" };
  checks.push(await logged(range, server, connected, since), await logged(range, provider, allowed, since));
  checks.push(await unspoken(range, server, password, since), await unspoken(range, provider, password, since));
  return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
}

interface OneWrong {
  readonly id: string;
  readonly title: string;
  /** Controls of the gate that it shows at work. @default - none */
  readonly controls?: readonly string[];
  readonly action: string;
  /** Why the identity provider says that it denies. @default - the server refuses by itself */
  readonly reason?: string;
  readonly mutant: string;
  attempts(range: Range, component: SecondComponent): Promise<{ readonly attempt: Call; readonly mutant: Call }>;
}

/** A login of which one of the two components is wrong or not there. */
function oneWrong({ id, title, controls = [], action, reason, mutant, attempts }: OneWrong): Challenge {
  const told = reason === undefined ? "" : ` and the identity provider's with the reason "${reason}"`;
  return {
    step: {
      id,
      title,
      controls,
      requirements: ["URS-002"],
      clauses: ["11.10(d)", "11.300(d)"],
      kind: "negative",
      principal: `SFTP client that claims to be ${VENDOR}`,
      layer: BY_SFTP_LOGIN.layer,
      action: `${action}. ${ASKED}`,
      expected: `${refusalText(BY_SFTP_LOGIN)}; the server's log holds the attempt${told}`,
      acceptance: "refused and recorded, twin allowed, mutant goes through; everything is put back and read again",
      twin: "the vendor logs in with its own key and its password",
      mutant,
    },
    async run(range): Promise<Seen> {
      const { senders } = range;
      const component = await SecondComponent.asked(range, VENDOR);
      try {
        const made = await attempts(range, component);
        const [privateKey, since] = [(await senders.key(VENDOR)).private, new Date()];
        return await expectRefusal(title, {
          principal: { arn: senders.roleArn(VENDOR) },
          expected: BY_SFTP_LOGIN,
          call: made.attempt,
          recorded: () => refusalLogged(range, { user: VENDOR, from: SENDERS_ADDRESS, reason, since }),
          twin: () => senders.visit(VENDOR, { privateKey, password: component.password }),
          mutant: made.mutant,
        });
      } finally {
        await component.remove();
      }
    },
  };
}
