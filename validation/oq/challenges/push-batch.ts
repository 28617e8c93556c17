// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../package-root";
import { runCommand } from "../../toolchain";
import { type Challenge, type Checked, observe } from "../challenge";
import { type Findings, judged } from "../judged";
import { keptVersions } from "../kept-versions";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { STUDY, sha256 } from "../senders";

/** Sender of stacks/settings/qualification.yaml, and its vendor. */
const SENDER = "nightly-batch";
export const BATCH_PREFIX = `clinical/inbound/raw/labs/${STUDY}/`;
const SCRIPT = path.join("modules", "push-access", "examples", "batch", "send.sh");

/** A scheduled job of the house that has the AWS CLI. */
export const pushBatchChallenges: readonly Challenge[] = [sent()];

function sent(): Challenge {
  const title = "What a batch job sends by the AWS CLI becomes a record, and is not written over";
  return {
    step: {
      id: "OQ-push-batch",
      title,
      controls: [],
      requirements: ["URS-006", "URS-019"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "role of a batch job, which the job takes by the AWS CLI with a session of its own",
      action: `run ${SCRIPT} with a file, as a program of its own with no credentials but those of the job; the installed rules, queue and function do the rest`,
      expected:
        "RECEIVED with the SHA-256 of the file, PROMOTED; the record in the raw bucket has the bytes of the file",
      acceptance: "every one of them, within five minutes",
      twin: "the same file sent again is refused with PreconditionFailed, and the inbox has one version of it",
      requires: "aws-cli",
    },
    async run(range) {
      const principal = await range.pusher(SENDER);
      const work = fs.mkdtempSync(path.join(os.tmpdir(), "part11-oq-"));
      try {
        const [name, content] = [`BATCH_${range.run}.csv`, `subject,value\nbatch,${range.run}\n`];
        fs.writeFileSync(path.join(work, name), content);
        const first = await send(range, work, name);
        const key = `${BATCH_PREFIX}${name}`;
        const findings: Findings = [
          { ok: first.code === 0, seen: `exit ${first.code}`, reason: `the job could not send: ${first.said}` },
          {
            ...(await became(range, key, sha256(content))),
            reason: "what the job sent is no record of the same bytes",
          },
        ];
        const twin = await observe(`${title}: twin`, async () => {
          const again = await send(range, work, name);
          const versions = (await versionsOf(range, key)).length;
          const refused = again.code !== 0 && again.said.includes("PreconditionFailed");
          return { ok: refused && versions === 1, seen: `exit ${again.code}, ${again.said}; ${versions} versions` };
        });
        const reason = "what is sent again is not refused, or writes over what is there";
        return judged(principal, findings, { twin: { observation: twin, reason } });
      } finally {
        fs.rmSync(work, { recursive: true });
      }
    },
  };
}

interface Sent {
  readonly code: number;
  /** Last line of what the job said. */
  readonly said: string;
}

async function send(range: Range, work: string, name: string): Promise<Sent> {
  const { roleArn, trustedBy } = range.pushRole(SENDER);
  const env = {
    ...range.target.environment(await range.target.outsideRole(trustedBy)),
    PATH: process.env.PATH,
    // The CLI keeps sessions in the home folder.
    HOME: work,
    PART11_ROLE_ARN: roleArn,
    PART11_BUCKET: range.inbox,
    PART11_PREFIX: BATCH_PREFIX,
  };
  const { code, stdout, stderr } = await runCommand(path.join(packageRoot(), SCRIPT), [path.join(work, name)], {
    cwd: work,
    env,
  });
  const said = `${stderr.trim() || stdout.trim()}`.split("\n").at(-1) ?? "";
  range.transcript.keep({
    principal: roleArn,
    operation: `${SCRIPT} of ${name}`,
    request: { scheme: "program", method: "run", path: SCRIPT, query: {}, headers: {}, body: null },
    response: { status: code, headers: {}, body: { text: `${stdout}${stderr}` } },
    transportError: null,
  });
  return { code, said };
}

async function versionsOf(range: Range, key: string) {
  const kept = await keptVersions(range, range.inbox, key, await range.administrator());
  return kept.filter((one) => one.key === key);
}

async function became(range: Range, key: string, hash: string): Promise<Checked> {
  const versions = await versionsOf(range, key);
  if (versions.length !== 1) return { ok: false, seen: `${versions.length} versions in the inbox` };
  const sent: PutVersion = { bucket: range.inbox, key, versionId: versions[0]!.versionId, sha256: hash };
  const events = await eventUntil(range, sent, "PROMOTED");
  const types = events.map(({ type }) => type).sort();
  const record = events.find(({ type }) => type === "PROMOTED")?.destination;
  if (!record) return { ok: false, seen: types.join(", ") || "no event" };
  const computed = events.find(({ type }) => type === "RECEIVED")?.sha256;
  const read = await range.readable(await range.inspector(), { ...record, sha256: hash });
  return {
    ok: types.join() === "PROMOTED,RECEIVED" && computed === hash && read.ok,
    seen: `${types.join(", ")}; SHA-256 of the file ${hash}, computed ${computed}; ${read.seen}`,
  };
}
