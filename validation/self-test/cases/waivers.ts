// SPDX-License-Identifier: Apache-2.0
import type { Finding } from "../../gate";
import type { SelfTestCase } from "../case";
import type { Harness } from "../harness";
import { decidedBy, LOCK, policyBy, statuses } from "../samples/judge";
import { samplePlan } from "../samples/plan";

/** A control of which the sample plan has one finding that may be waived. */
const TRAIL = "P11-10e-01";
const ABOUT_WAIVERS = "META-07";
const AS_OF = "2026-11-21";

function finding(harness: Harness): Finding {
  return decidedBy(harness, samplePlan()).controls.find(({ id }) => id === TRAIL)!.findings[0]!;
}

/** The file of one waiver of that finding; members may be given otherwise. */
function written(harness: Harness, more: Readonly<Record<string, string>>): Buffer {
  const { address, attribute, actual, expectedDigest, valueDigest } = finding(harness);
  const members = {
    control: TRAIL,
    address,
    attribute,
    actual,
    digest: expectedDigest!,
    valueDigest: valueDigest!,
    reason: "The trail of the organisation records this account.",
    author: "ann.lee@example.org",
    approver: "bo.chen@example.org",
    ticket: "QA-17",
    granted: "2026-11-01",
    expires: "2026-12-01",
    ...more,
  };
  const lines = Object.entries(members).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}\n`);
  return Buffer.from(`schemaVersion: 1\nwaivers:\n  -\n${lines.join("")}`);
}

function waived(more: Readonly<Record<string, string>>): SelfTestCase["run"] {
  return (harness) => {
    const { controls } = policyBy(harness).sidecar;
    const waivers = harness.parseWaivers(written(harness, more), "waivers.yaml", AS_OF, controls);
    return statuses(decidedBy(harness, samplePlan(), waivers), TRAIL, ABOUT_WAIVERS);
  };
}

function fault(name: string, title: string, expected: string, more: Readonly<Record<string, string>>): SelfTestCase {
  return { id: `waiver.${name}`, kind: "fault", title, expected, run: waived(more) };
}

/** What the gate must notice of waivers. */
export const WAIVER_CASES: readonly SelfTestCase[] = [
  {
    id: "waiver.valid",
    kind: "good",
    title: "a waiver of one finding, approved by a second person, until a day to come",
    expected: `${ABOUT_WAIVERS} pass, ${TRAIL} waived`,
    run: async (harness, ground) => [[...(await waived({})(harness, ground))].sort().join(", ")],
  },
  fault("expired", "the waiver ended the day before", `${ABOUT_WAIVERS} fail`, { expires: "2026-11-20" }),
  fault("expired-covers-nothing", "the finding of a waiver that has ended is open", `${TRAIL} fail`, {
    expires: "2026-11-20",
  }),
  fault("of-another-value", "what was waived is not what was found", `${TRAIL} fail`, { valueDigest: "0".repeat(64) }),
  fault("of-another-place", "the waiver names another resource", `${TRAIL} fail`, { address: "aws_cloudtrail.audit" }),
  fault("approved-by-its-author", "author and approver are one person, spelt in two ways", "WAIVER_REFUSED", {
    approver: "Lee Ann@example.org",
  }),
  fault("wildcard", "the waiver names every resource", "WAIVER_REFUSED", { address: "*" }),
  fault("too-long", "the waiver holds for more than ninety days", "WAIVER_REFUSED", { expires: "2027-02-01" }),
  fault("granted-tomorrow", "the waiver is granted in the future", "WAIVER_REFUSED", { granted: "2026-11-22" }),
  fault("of-what-is-never-waived", "the waiver is of the lock itself", "WAIVER_REFUSED", { control: LOCK }),
  fault("of-no-control", "the waiver names a control that nobody has", "WAIVER_REFUSED", { control: "P11-10e-99" }),
];
