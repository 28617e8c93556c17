// SPDX-License-Identifier: Apache-2.0
import type { Table } from "../model";
import { table } from "./blocks";

/** What documents refer to, each with the edition that was read. */
export function references(): Table {
  return table("Regulations and guidance", { Reference: 30, Edition: 25, "Used for": 45 }, [
    ["21 CFR Part 11", "1997, as amended", "validation, records, audit trail, signatures"],
    [
      "EU GMP Annex 11",
      "2011; its revision is a draft of July 2025",
      "computerised systems; 4.7 on the tools of tests",
    ],
    ["EU GMP Annex 15", "2015", "customary contents of qualification protocols and reports"],
    ["ICH E6(R3)", "2025", "data governance of clinical trials"],
    [
      "EMA guideline on computerised systems and electronic data in clinical trials",
      "2023",
      "validation, audit trail, security",
    ],
    [
      "FDA guidance Electronic Systems, Electronic Records, and Electronic Signatures in Clinical Investigations: Questions and Answers",
      "2024",
      "Part 11 in clinical investigations",
    ],
    [
      "FDA guidance Computer Software Assurance for Production and Quality Management System Software",
      "February 2026",
      "good practice only: its scope is device production and quality systems",
    ],
    [
      "Plan, requirements, risk assessment and procedures of the organisation",
      "not recorded in this bundle",
      "what the system is for",
    ],
  ]);
}
