// SPDX-License-Identifier: Apache-2.0
import type { Call, Checked } from "../../oq/challenge";
import { BY_BUCKET_POLICY } from "../../oq/refusal";
import type { SelfTestCase } from "../case";

const RESOURCE_POLICY = "with an explicit deny in a resource-based policy";

/** A call that AWS answers with this status, error and message. */
const refusing =
  (status: number, name: string, message: string): Call =>
  () =>
    Promise.reject(Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } }));
const refused = refusing(403, "AccessDenied", RESOURCE_POLICY);
const allowed: Call = async () => ({ $metadata: { httpStatusCode: 200 } });

interface Answers {
  readonly call?: Call;
  readonly twin?: Call;
  readonly mutant?: Call;
  readonly unchanged?: () => Promise<Checked>;
}

/** A challenge of a bucket policy, with recorded answers. */
function challenge(name: string, title: string, expected: string, answers: Answers): SelfTestCase {
  return {
    id: `operation.${name}`,
    kind: expected === "PASS" ? "good" : "fault",
    title,
    expected,
    run: async ({ expectRefusal }) => {
      const { result, reason } = await expectRefusal(name, {
        principal: { arn: "arn:aws:iam::111122223333:role/challenger" },
        expected: BY_BUCKET_POLICY,
        call: refused,
        twin: allowed,
        mutant: allowed,
        ...answers,
      });
      return [reason ?? result];
    },
  };
}

const log = (...lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const applied = { type: "apply_complete", hook: { resource: { addr: "aws_kms_key.raw" } } };
const errored = { type: "apply_errored", hook: { resource: { addr: "aws_s3_bucket.raw" } } };
const NOTHING = { type: "change_summary", changes: { add: 0, change: 0, remove: 0 } };

function applyLog(name: string, title: string, expected: string, text: string): SelfTestCase {
  return {
    id: `operation.${name}`,
    kind: expected === "applied aws_kms_key.raw" ? "good" : "fault",
    title,
    expected,
    run: ({ applyEvents }) => {
      const events = applyEvents(text);
      return [
        ...events.applied.map((address) => `applied ${address}`),
        ...events.failed.map(({ address, message }) => `failed ${address}: ${message.split(":", 1)[0]}`),
      ];
    },
  };
}

function planLog(name: string, title: string, expected: string, text: string): SelfTestCase {
  const run: SelfTestCase["run"] = ({ readPlanLog }) => [String(readPlanLog(text).nothingDiffers)];
  return { id: `operation.${name}`, kind: expected === "true" ? "good" : "fault", title, expected, run };
}

/** What challenges must notice of AWS's answers, and the run of Terraform's. */
export const OPERATION_CASES: readonly SelfTestCase[] = [
  challenge(
    "refused",
    "a call that the policy refuses, beside one that is allowed and one without the policy",
    "PASS",
    {},
  ),
  challenge("not-refused", "the forbidden call goes through", "the call was not refused", { call: allowed }),
  challenge(
    "refused-by-another-layer",
    "an identity policy refuses before the bucket policy is asked",
    "refused by another layer: identity policy",
    { call: refusing(403, "AccessDenied", "because no identity-based policy allows the action") },
  ),
  challenge("another-error", "the call fails for another reason", "refused with NoSuchKey instead of AccessDenied", {
    call: refusing(404, "NoSuchKey", "no such key"),
  }),
  challenge("service-broke", "the service breaks, which refuses nothing", "TRANSPORT", {
    call: refusing(503, "SlowDown", "slow down"),
  }),
  challenge("no-answer", "no answer comes", "TRANSPORT", { call: () => Promise.reject(new Error("socket hang up")) }),
  challenge(
    "twin-refused",
    "credentials are broken: everything is refused",
    "the allowed call beside it failed, so the refusal proves nothing",
    { twin: refused },
  ),
  challenge(
    "mutant-refused",
    "without the policy the call is refused as well",
    "without the layer the call is refused too, so another layer refuses",
    { mutant: refused },
  ),
  challenge(
    "changed-all-the-same",
    "the call is refused and yet takes effect",
    "refused, and not seen to be as it was afterwards",
    {
      unchanged: async () => ({ ok: false, seen: "another policy" }),
    },
  ),
  applyLog("apply-whole", "the log of an apply that made everything", "applied aws_kms_key.raw", log(applied)),
  applyLog(
    "apply-failed",
    "a resource could not be made",
    "failed aws_s3_bucket.raw: not applied",
    log(applied, errored),
  ),
  applyLog(
    "apply-log-cut",
    "the log ends in the middle of a line",
    "failed : not a line of Terraform's log",
    log(applied).slice(0, -10),
  ),
  planLog("nothing-to-change", "a second plan without any change", "true", log(NOTHING)),
  planLog("plan-log-empty", "a second plan whose log says nothing", "false", ""),
  planLog(
    "plan-log-not-understood",
    "a second plan with a line that nobody knows",
    "false",
    log(NOTHING, { type: "new" }),
  ),
];
