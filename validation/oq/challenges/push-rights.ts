// SPDX-License-Identifier: Apache-2.0
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { type Challenge, type Checked, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import type { PutVersion, Range } from "../range";
import { BY_BUCKET_POLICY, BY_IDENTITY_POLICY, type ExpectedRefusal, refusalText } from "../refusal";
import { STUDY } from "../senders";
import { putUnsigned } from "../unsigned-put";
import { PUSH_PREFIX } from "./push-promoted";

/** What a system that pushes may do: put objects below its prefix, with their SHA-256, and nothing else. */
export const pushRightsChallenges: readonly Challenge[] = [
  right({
    id: "OQ-push-get",
    title: "A system that pushes cannot read back what it has sent",
    controls: ["P11-10d-19"],
    expected: BY_BUCKET_POLICY,
    action: "GetObject of an object that it has just put",
    attempt: (by, { bucket, key }) => by.s3().send(new GetObjectCommand({ Bucket: bucket, Key: key })),
    mutant: "the same version read by the inspector, whom the policy leaves out",
    through: async (range, sent) => range.readable(await range.inspector(), sent),
  }),
  right({
    id: "OQ-push-delete",
    title: "A system that pushes cannot delete what it has sent",
    expected: BY_IDENTITY_POLICY,
    action: "DeleteObject of an object that it has just put",
    attempt: remove,
    mutant: "the same call by a role that is allowed every S3 call: it leaves a delete marker, and the version stays",
    through: async (range, sent) => remove(await range.challenger(), sent),
  }),
  right({
    id: "OQ-push-outside-prefix",
    title: "A system that pushes cannot write below another sender's prefix",
    controls: ["P11-10f-01"],
    expected: BY_IDENTITY_POLICY,
    action: "PutObject below the prefix of oq-neighbour, a vendor by SFTP",
    attempt: putOutside,
    mutant: "the same call by a role that is allowed every S3 call",
    through: async (range, sent) => putOutside(await range.challenger(), sent),
  }),
  right({
    id: "OQ-push-unhashed",
    title: "A system that pushes cannot send bytes whose SHA-256 it does not sign",
    expected: BY_IDENTITY_POLICY,
    action: "PutObject below the own prefix with x-amz-content-sha256 UNSIGNED-PAYLOAD",
    attempt: sendUnsigned,
    mutant: "the same call by a role that is allowed every S3 call",
    through: async (range, sent) => sendUnsigned(await range.challenger(), sent),
  }),
];

interface Right {
  readonly id: string;
  readonly title: string;
  /** Controls of the gate that it shows at work. @default - none */
  readonly controls?: readonly string[];
  readonly expected: ExpectedRefusal;
  readonly action: string;
  readonly mutant: string;
  attempt(by: Principal, sent: PutVersion): Promise<object>;
  through(range: Range, sent: PutVersion): Promise<object>;
}

function right({ id, title, controls = [], expected, action, mutant, attempt, through }: Right): Challenge {
  return {
    step: {
      id,
      title,
      controls,
      requirements: ["URS-003", "URS-006"],
      clauses: ["11.10(d)", "11.10(g)"],
      kind: "negative",
      principal: "role of a system that pushes by SDK",
      layer: expected.layer,
      action,
      expected: `${refusalText(expected)}; what was sent is as it was`,
      acceptance: "refused, the version unchanged, twin allowed, mutant goes through",
      twin: "PutObject with its SHA-256 below the own prefix by the same role",
      mutant,
    },
    async run(range) {
      const [pusher, inspector] = [await range.pusher(), await range.inspector()];
      const put = (label: string) => range.put(pusher, range.inbox, `${PUSH_PREFIX}${id}_${label}_${range.run}.csv`);
      const sent = await put("SENT");
      return expectRefusal(title, {
        principal: pusher,
        expected,
        call: () => attempt(pusher, sent),
        unchanged: (): Promise<Checked> => range.readable(inspector, sent),
        twin: () => put("TWIN"),
        mutant: () => through(range, sent),
      });
    },
  };
}

function remove(by: Principal, { bucket, key }: PutVersion) {
  return by.s3().send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

function putOutside(by: Principal, { bucket, key }: PutVersion) {
  const Key = `clinical/inbound/raw/oq-neighbour/${STUDY}/${key.slice(PUSH_PREFIX.length)}`;
  return by.s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body: "a,b\n" }));
}

function sendUnsigned(by: Principal, { bucket, key }: PutVersion) {
  return putUnsigned(by, bucket, `${key}.unsigned`);
}
