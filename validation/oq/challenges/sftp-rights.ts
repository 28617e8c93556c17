// SPDX-License-Identifier: Apache-2.0
import { DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { type Call, type Challenge, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import type { PutVersion, Range } from "../range";
import { BY_IDENTITY_POLICY, BY_SFTP_RIGHTS, type ExpectedRefusal, refusalText } from "../refusal";
import { copyOfRole } from "../role-copy";
import { type SenderSession, STUDY } from "../senders";

/** What an SFTP session may do: upload to its own folders, and nothing else. */
export const sftpRightsChallenges: readonly Challenge[] = [
  get(),
  removal("rm", "A vendor cannot remove what it has sent", (session, path) => session.remove(path)),
  removal("rename", "A vendor cannot rename what it has sent", (session, path) => session.rename(path, `${path}.old`)),
  mkdir(),
  neighboursFolder({
    id: "OQ-sftp-neighbour-list",
    title: "A vendor's role cannot list another vendor's prefix",
    controls: ["P11-10d-13"],
    right: "s3:ListBucket",
    call: "ListObjectsV2",
    attempt: (range, by, Prefix) => by.s3().send(new ListObjectsV2Command({ Bucket: range.inbox, Prefix })),
  }),
  neighboursFolder({
    id: "OQ-sftp-neighbour-put",
    title: "A vendor's role cannot write to another vendor's prefix",
    controls: ["P11-10d-13", "P11-10f-01"],
    right: "s3:PutObject",
    call: "PutObject",
    attempt: (range, by, prefix) => range.put(by, range.inbox, `${prefix}PLACED_${range.run}.csv`),
  }),
];

interface Operation {
  readonly id: string;
  readonly title: string;
  /** Controls of the gate that it shows at work. @default - those of what a session may not do with what it has sent */
  readonly controls?: readonly string[];
  readonly clauses: readonly string[];
  readonly action: string;
  readonly expected: ExpectedRefusal;
  readonly mutant: string;
  attempt(session: SenderSession, name: string): Promise<void>;
  through(range: Range, sent: PutVersion): Call;
}

/** One operation of a session on a file that the vendor has sent. */
function operation(one: Operation): Challenge {
  return {
    step: {
      id: one.id,
      title: one.title,
      controls: one.controls ?? ["P11-10d-11", "P11-10d-13"],
      requirements: ["URS-003"],
      clauses: one.clauses,
      kind: "negative",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      layer: one.expected.layer,
      action: one.action,
      expected: `${refusalText(one.expected)}; the version is as it was sent`,
      acceptance: "refused, the version unchanged, twin allowed, mutant goes through",
      twin: "put of another file into the own folder by the same session",
      mutant: one.mutant,
    },
    async run(range) {
      const { senders } = range;
      const inspector = await range.inspector();
      const name = `${one.id}_${range.run}.csv`;
      const sent = await senders.upload("oq-sender", name, `a,b\n${range.run}\n`);
      const session = await senders.login("oq-sender", { privateKey: (await senders.key("oq-sender")).private });
      try {
        return await expectRefusal(one.title, {
          principal: { arn: senders.roleArn("oq-sender") },
          expected: one.expected,
          call: async () => {
            await one.attempt(session, name);
            return {};
          },
          unchanged: () => range.readable(inspector, sent),
          twin: async () => {
            await session.put(`/${STUDY}/TWIN_${name}`, "a,b\n");
            return { ok: true, seen: "ok" };
          },
          mutant: one.through(range, sent),
        });
      } finally {
        session.end();
      }
    },
  };
}

function get(): Challenge {
  return operation({
    id: "OQ-sftp-get",
    title: "A vendor cannot read back what it has sent",
    clauses: ["11.10(d)", "11.10(g)"],
    action: "get of a file that the vendor has just sent",
    expected: BY_SFTP_RIGHTS,
    mutant: "the same object read through the S3 API by the inspector, who has that right",
    attempt: (session, name) => session.get(`/${STUDY}/${name}`),
    through: (range, sent) => async () => range.readable(await range.inspector(), sent),
  });
}

function removal(
  id: "rm" | "rename",
  title: string,
  attempt: (session: SenderSession, path: string) => Promise<void>,
): Challenge {
  const as = id === "rm" ? "the same removal" : "the removal that a rename ends with";
  return operation({
    id: `OQ-sftp-${id}`,
    title,
    clauses: ["11.10(c)", "11.10(d)"],
    action: `${id} of a file that the vendor has just sent`,
    expected: BY_SFTP_RIGHTS,
    mutant: `${as} through the S3 API by a role that is allowed every S3 call: it leaves a delete marker, and the version stays`,
    attempt: (session, name) => attempt(session, `/${STUDY}/${name}`),
    through:
      (range, { bucket, key }) =>
      async () =>
        (await range.challenger()).s3().send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
  });
}

function mkdir(): Challenge {
  return operation({
    id: "OQ-sftp-mkdir",
    title: "A vendor cannot make a folder",
    controls: ["P11-10d-11"],
    clauses: ["11.10(a)", "11.10(d)"],
    action: "mkdir below the own folder, which the server makes of an empty object whose key ends with a slash",
    expected: BY_SFTP_RIGHTS,
    mutant: "the same empty object put through the S3 API by a role that is allowed every S3 call",
    attempt: (session, name) => session.makeFolder(`/${STUDY}/${name}.d`),
    through:
      (range, { bucket, key }) =>
      async () =>
        range.put(await range.challenger(), bucket, `${key}.d/`, { Body: Buffer.alloc(0) }),
  });
}

function neighboursFolder(one: {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly string[];
  readonly right: string;
  readonly call: string;
  attempt(range: Range, by: Principal, prefix: string): Promise<object>;
}): Challenge {
  return {
    step: {
      id: one.id,
      title: one.title,
      controls: one.controls,
      requirements: ["URS-003"],
      clauses: ["11.10(d)", "11.10(g)"],
      kind: "negative",
      principal: "role with the policies of the vendor's role, which only Transfer itself may assume",
      layer: BY_IDENTITY_POLICY.layer,
      action: `${one.call} of another vendor's prefix through the S3 API: no home directory stands before it there`,
      expected: refusalText(BY_IDENTITY_POLICY),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: `${one.call} of the own prefix by the same role`,
      mutant: `the same call by a role with the same policies and ${one.right} everywhere`,
    },
    async run(range) {
      const { senders } = range;
      const administrator = await range.administrator();
      const { trustedBy } = range.zone.writer(range.raw);
      const subject = { roleArn: senders.roleArn("oq-sender"), trustedBy };
      const narrow = await copyOfRole(range, administrator, subject);
      const wide = await copyOfRole(range, administrator, subject, one.right);
      const [own, other] = [senders.prefix("oq-sender"), senders.prefix("oq-neighbour")];
      try {
        const [copy, widened] = [await narrow.assume(), await wide.assume()];
        return await expectRefusal(one.title, {
          principal: copy,
          expected: BY_IDENTITY_POLICY,
          call: () => one.attempt(range, copy, other),
          twin: () => one.attempt(range, copy, own),
          mutant: () => one.attempt(range, widened, other),
        });
      } finally {
        await narrow.remove();
        await wide.remove();
      }
    },
  };
}
