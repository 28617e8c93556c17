// SPDX-License-Identifier: Apache-2.0
import { NATURE } from "../approvals/statement";
import { entriesOf, type RunRecord } from "../evidence";
import { html, type SafeHtml } from "../gate/escape/html";
import { code, evidenceList, table, tag } from "./parts";

/** Why a run is provisional, in the words of its mark. */
export const PROVISIONAL = "executed without the required approvals";

/** Who approved what before the run: 21 CFR 11.50(b) wants it in every form that people read. */
export function approvalsSection({ entries }: RunRecord): SafeHtml {
  const body = entriesOf(entries, "approvals")[0]?.body;
  if (!body) return html``;
  const list = body.signers ? html`<p>Allowed signers: ${evidenceList([body.signers])}</p>\n` : html``;
  return html`<section id="approvals">
<h2>Approvals before execution</h2>
<p>${body.provisional ? `This run is provisional: ${PROVISIONAL}.` : "Author, reviewer, system owner and quality approved each protocol before the run."} Each record below is an ${NATURE}, unless it says otherwise.</p>
${list}${table(
  ["Printed name", "Role", "Meaning", "Date, time, offset", "Protocol, SHA-256", "How", "Files"],
  body.given.map(({ statement: s, made, files }) => [
    s.printedName,
    s.role,
    s.reason === undefined ? s.meaning : `${s.meaning}: ${s.reason}`,
    s.signedAt,
    html`${s.document.id} version ${s.document.version} ${code(s.document.sha256)}`,
    made,
    evidenceList(files),
  ]),
)}</section>
`;
}

/** Every execution of this system that led here; an earlier one is never overwritten. */
export function attemptsSection({ entries, summary }: RunRecord): SafeHtml {
  const { attempt, after } = entriesOf(entries, "run-started")[0]?.body ?? {};
  if (!attempt) return html``;
  const { bundle: run, status, startedAt, finishedAt } = summary;
  const own = { number: attempt.number, run, status, startedAt, finishedAt, reason: attempt.reason };
  return html`<section id="attempts">
<h2>Attempts</h2>
${table(
  ["Attempt", "Run", "Status", "From, to (UTC)", "Reason", "SHA-256 of its manifest"],
  [...attempt.earlier, { ...own, manifestSha256: "this bundle" }].map((one) => [
    String(one.number),
    code(one.run),
    tag(one.status),
    `${one.startedAt} to ${one.finishedAt}`,
    one.reason ?? "first execution",
    code(one.manifestSha256),
  ]),
)}${after ? html`<p>Number ${after.sequence} of the system's chain of bundles, behind ${code(after.run)}, SHA-256 of its manifest ${code(after.manifestSha256)}.</p>\n` : html``}</section>
`;
}
