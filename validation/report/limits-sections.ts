// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type RunRecord } from "../evidence";
import { html, type SafeHtml } from "../gate/escape/html";
import { table } from "./parts";

/** What no result on this target speaks for, as its profile commits it. */
export function cannotShowSection({ commitments }: RunRecord): SafeHtml {
  if (commitments.cannotShow.length === 0) return html``;
  return html`<section id="cannot-show">
<h2>What this target cannot show</h2>
<p>Committed by the target profile before the run. A step that passed says nothing of these properties.</p>
${table(
  ["Property of AWS", "Why nothing here speaks for it"],
  commitments.cannotShow.map(({ property, reason }) => [property, reason]),
)}</section>
`;
}

/** What the record takes for granted and what it leaves out on purpose. */
export function basisSection({ entries }: RunRecord): SafeHtml {
  const approved = entriesOf(entries, "approvals")[0]?.body.provisional === false;
  const { sealKey, sealKeyArn } = entriesOf(entries, "run-finished")[0]?.body ?? {};
  const statements = [
    "Requirements (URS) are cited by their ids and are not part of this bundle; whether they are the right ones is for their owner to say.",
    "All times are those of this machine's clock, in UTC; no trusted time source stamped them.",
    approved
      ? "The protocols were issued and approved before the run; it executed exactly those bytes. The approval records are no signatures in the sense of 21 CFR 11.50, and the list of allowed signers is the organisation's to keep."
      : "Each protocol was fixed by hash before its first step, but the people who must approve it did not all do so.",
    "The executor is recorded as the target's STS and the machine name them; a login of the operating system identifies no person.",
    "Left out on purpose: plan.bin, plan.json and the state, which may hold sensitive values. The plan files are named by SHA-256; a run whose apply took another file than the judged one is FAILED.",
    "What the policies judged is here as facts.json, without sensitive values: with the policies whose digest the decisions name, anybody can decide again and compare.",
    "What a second plan read otherwise is in second-plan/, each attribute before and after, sensitive values masked, so that the committed reasons can be checked.",
    ...(sealKey === "ephemeral"
      ? [
          "The seal's key was made for this run and is gone: nobody can seal with it again, and nobody but this bundle names it unless its id was recorded elsewhere.",
        ]
      : []),
    ...(sealKey === "given" ? ["The seal's key was given to the run by --key; whoever holds it can seal again."] : []),
    ...(sealKeyArn
      ? [`The seal was made with the AWS KMS key ${sealKeyArn}; whoever may call kms:Sign with it can seal again.`]
      : []),
  ];
  return html`<section id="basis">
<h2>What this record rests on</h2>
<ul>
${statements.map((text) => html`<li>${text}</li>\n`)}</ul>
</section>
`;
}
