// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type DocumentModel, renderHtml } from "../../../validation/documents";
import { COMMITMENTS, TARGET } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { sampleDocuments } from "./sample-documents";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());
const at = (name: string) => path.join(temporary.path, name);

const earlier = {
  number: 1,
  run: "the-run-before",
  manifestSha256: "ab".repeat(32),
  status: "FAILED",
  startedAt: "2026-11-20T08:00:00.000Z",
  finishedAt: "2026-11-20T09:00:00.000Z",
  reason: null,
} as const;
const attempt = { number: 2, reason: "The clock of the machine was wrong.", earlier: [earlier] };

const approved = sampleDocuments(at("approved"), { approved: true, attempt });
const provisional = sampleDocuments(at("provisional"));
const onAws = sampleDocuments(at("aws"), {
  approved: true,
  commitments: { ...COMMITMENTS, target: { ...TARGET, kind: "aws" } },
});
const ofAws = sampleDocuments(at("aws-provisional"), {
  commitments: { ...COMMITMENTS, target: { ...TARGET, kind: "aws" } },
});
const of = (models: readonly DocumentModel[], code: string) =>
  models.find(({ head }) => head.id === `${code}-sample-run`)!;

/** What 21 CFR 11.50(a) wants beside a signature, and what this is instead. */
const SHOWN = [
  "Anna Author",
  "Ravi Reviewer",
  "Olga Owner",
  "Quentin Quality",
  "2026-11-20T10:15:00+01:00",
  "not a Part 11 signature",
];

test.each(["IQ-PRO", "OQ-PRO", "IQ-REP", "OQ-REP", "SUM"])("%s shows who approved, when and as what", (code) => {
  const page = renderHtml(of(approved, code));
  for (const said of [...SHOWN, "Authorship:", "Review:", "Approval:"]) expect(page).toContain(said);
});

test("the report of the bundle shows them too", () => {
  const page = fs.readFileSync(path.join(at("approved"), "report.html"), "utf8");
  for (const said of [...SHOWN, "authorship", "review", "approval"]) expect(page).toContain(said);
});

test("nobody is shown where nobody approved", () => {
  for (const model of provisional) expect(JSON.stringify(model)).not.toContain('"signed"');
});

test.each(provisional.map((model) => [model.head.id, model] as const))("every page of %s is marked", (_, model) => {
  expect(model.head.status).toBe("PROVISIONAL");
  expect(renderHtml(model)).toMatch(/@top-center \{ content: "[^"]*executed without the required approvals/);
});

test("the report of a provisional bundle is marked on every printed page and on the screen", () => {
  const page = fs.readFileSync(path.join(at("provisional"), "report.html"), "utf8");
  expect(page).toMatch(/@bottom-left \{ content: "[^"]*PROVISIONAL: executed without the required approvals/);
  expect(page).toContain('<p class="banner">PROVISIONAL: executed without the required approvals.</p>');
});

test("an emulator's evidence stays provisional with every approval", () => {
  const { head } = of(approved, "IQ-PRO");
  expect(head).toMatchObject({ status: "PROVISIONAL", stamp: "development evidence, not qualification" });
});

test("on AWS an approved protocol is in effect since its last approval", () => {
  const { head } = of(onAws, "IQ-PRO");
  expect(head).toMatchObject({ status: "APPROVED", version: "1", effectiveDate: "2026-11-20T10:15:00+01:00" });
});

test("on AWS a run without approvals is provisional as well", () => {
  const stamp = "executed without the required approvals";
  for (const { head } of ofAws) expect(head).toMatchObject({ status: "PROVISIONAL", stamp });
});

test.each(["IQ-REP", "OQ-REP", "SUM"])("%s shows every attempt", (code) => {
  const page = renderHtml(of(approved, code));
  for (const said of ["the-run-before", "FAILED", "ab".repeat(32), attempt.reason]) expect(page).toContain(said);
});

test("a report says who executed, and that an emulator identifies nobody", () => {
  const page = renderHtml(of(approved, "IQ-REP"));
  expect(page).toContain("arn:aws:iam::111122223333:user/part11");
  expect(page).toContain("the emulator&#39;s own account, which identifies no person");
  expect(page).toContain("user of the operating system, not authenticated");
});
