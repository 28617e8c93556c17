// SPDX-License-Identifier: Apache-2.0
import { render } from "../../../../validation/gate";
import { control, decisions, EVERY_STATUS, FAILED, finding } from "./sample";

test("the comment reads as a review", () => {
  expect(render("markdown", { ...FAILED, controls: EVERY_STATUS.slice(0, 3) })).toMatchInlineSnapshot(`
"<!-- part11 gate -->
## ❌ part11 gate: fail, production

3 controls: 1 pass, 1 fail, 1 unknown; 3 resources judged; target aws.

### 11.10(c)

**\`P11-10c-02\`** Lock mode

- ❌ **fail** critical: \`aws_s3_bucket.raw\` \`rule.default_retention.mode\`
  - want \`COMPLIANCE\`
  - got \`GOVERNANCE\`
  - in \`zone/raw/lock\`
  - fix: Set the mode.

### 11.30

**\`P11-30-01\`** Doubted

- ❔ **unknown** medium: \`aws_kms_key.k\` \`rule.default_retention.mode\`
  - want \`COMPLIANCE\`
  - got \`GOVERNANCE\`
  - fix: Set the mode.

<details>
<summary>All controls</summary>

| control | status | severity | title |
|---|---|---|---|
| \`P11-10a-01\` | pass | critical | Passed |
| \`P11-10c-02\` | fail | critical | Lock mode |
| \`P11-30-01\` | unknown | medium | Doubted |

</details>

<details>
<summary>Digests and tools</summary>

- target: \`aws\`
- plan SHA-256: \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`
- synth SHA-256: \`not given\`
- lock SHA-256: \`not given\`
- policy SHA-256: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\`
- settings SHA-256: \`not given\`
- waivers SHA-256: \`not given\`
- bundle SHA-256: \`not given\`
- opa: \`1.22.0\`
- part11: \`0.1.0\`

</details>
"
`);
});

test("a comment stays below the limit of a forge and says what it leaves out", () => {
  const findings = Array.from({ length: 3_000 }, (_, i) => finding({ address: `aws_s3_bucket.b${i}` }));
  const controls = [
    control({ status: "fail", findings }),
    ...Array.from({ length: 108 }, (_, i) =>
      control({ id: `P11-10c-${i}`, title: "A title of some length, as they are" }),
    ),
  ];
  const comment = render("markdown", decisions("fail", controls));
  expect(comment.length).toBeLessThan(65_536);
  const shown = comment.match(/^- ❌/gm)!.length;
  expect(comment).toContain(`And ${3_000 - shown} more findings, too many for a comment`);
});
