// SPDX-License-Identifier: Apache-2.0
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { ask, RefusedBySftp } from "../call";
import { type Challenge, expectRefusal } from "../challenge";
import type { Range } from "../range";
import { BY_SFTP_HOME, departure, refusalText } from "../refusal";
import { type SenderSession, STUDY } from "../senders";

/** The folders of a session's root: its studies, and the lane for trying things out. */
const OWN = [STUDY, "test"];

/** What a session cannot see. */
export const sftpOutsideChallenges: readonly Challenge[] = [listOutside()];

function listOutside(): Challenge {
  const title = "A vendor sees its own folders, and nothing above or beside them";
  return {
    step: {
      id: "OQ-sftp-ls-outside",
      title,
      controls: ["P11-10d-12"],
      requirements: ["URS-003"],
      clauses: ["11.10(d)", "11.10(g)"],
      kind: "negative",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      layer: BY_SFTP_HOME.layer,
      action:
        "ls of another vendor's folder, by its place in the bucket, by bucket and place, and by `..` from the own folder; another vendor's file lies there",
      expected: `${refusalText(BY_SFTP_HOME)}, each time`,
      acceptance: "every one refused, twin allowed, mutant goes through",
      twin: `ls of / and of /../ shows the own folders (${OWN.join(", ")}) and nothing else; ls of the own folder shows the own file and none of the other vendor`,
      mutant:
        "the other vendor's file is there: ListObjectsV2 of its prefix by the deploy role. That the vendor's role is refused there without a home shows OQ-sftp-neighbour-list",
    },
    async run(range) {
      const { senders } = range;
      const name = `OUTSIDE_${range.run}.csv`;
      const others = await senders.upload("oq-neighbour", `NEIGHBOURS_${name}`, "a,b\n");
      await senders.upload("oq-sender", name, "a,b\n");
      const folder = senders.prefix("oq-neighbour").slice(0, -1);
      const paths = [`/${folder}`, `/${range.inbox}/${folder}`, `/${STUDY}/../../oq-neighbour/${STUDY}`];
      const session = await senders.login("oq-sender", { privateKey: (await senders.key("oq-sender")).private });
      try {
        return await expectRefusal(title, {
          principal: { arn: senders.roleArn("oq-sender") },
          expected: BY_SFTP_HOME,
          call: () => firstNotRefused(session, paths),
          twin: async () => {
            const [root, above] = [await session.list("/"), await session.list("/../")];
            const own = await session.list(`/${STUDY}`);
            const alone = [root, above].every((names) => names.join() === OWN.join());
            const [has, strange] = [own.includes(name), own.filter((one) => one.startsWith("NEIGHBOURS_"))];
            return {
              ok: alone && has && strange.length === 0,
              seen: `/: ${root.join(", ")}; /../: ${above.join(", ")}; /${STUDY}: ${own.length} names, ${has ? "the own file" : "NOT the own file"} and ${strange.length} of the other vendor`,
            };
          },
          mutant: () => listed(range, `${folder}/`, others.key),
        });
      } finally {
        session.end();
      }
    },
  };
}

/**
 * Lists each path once, until one is not refused as it must be.
 *
 * @throws RefusedBySftp with the last answer, unless a listing was allowed
 */
export async function firstNotRefused(session: Pick<SenderSession, "list">, paths: readonly string[]): Promise<object> {
  let refusal: RefusedBySftp | undefined;
  for (const path of paths) {
    const answer = await ask(`ls ${path}`, () => session.list(path));
    if (answer.outcome === "allowed") return answer.value;
    refusal = new RefusedBySftp(answer.status, answer.code);
    if (departure(answer, BY_SFTP_HOME) !== undefined) break;
  }
  if (refusal) throw refusal;
  return { ok: false, seen: "nothing was listed" };
}

async function listed(range: Range, Prefix: string, key: string) {
  const administrator = await range.administrator();
  const { KeyCount, Contents = [] } = await administrator
    .s3()
    .send(new ListObjectsV2Command({ Bucket: range.inbox, Prefix }));
  const there = Contents.some(({ Key }) => Key === key);
  return { ok: there, seen: `${KeyCount} keys, ${there ? "the other vendor's file" : "NOT the other vendor's file"}` };
}
