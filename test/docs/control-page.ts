// SPDX-License-Identifier: Apache-2.0
import type { ControlMetadata } from "../../validation/gate";
import { exampleOf, type ShownExample } from "./examples";

/** The page of one control, from its METADATA and its two examples. */
export function controlPage(control: ControlMetadata): string {
  const sections = [
    `# ${control.id}: ${control.title}`,
    facts(control),
    `## Why\n\n${control.description}`,
    reads(control),
    example("Fails", exampleOf(control, "fail")),
    example("Passes", exampleOf(control, "pass")),
    `## Fix\n\n${control.fix}`,
    `## Verified by\n\n${control.verified_by.map(verification).join("\n")}`,
    `Generated from the METADATA of \`policies/${control.package.replaceAll(".", "/")}\` by \`npm run docs\`.`,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function facts(control: ControlMetadata): string {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["Severity", [control.severity]],
    ["21 CFR Part 11", control.clauses],
    ["EU GMP Annex 11 (2011)", control.annex11],
    ["ALCOA+", control.alcoa],
    ["Requirements", control.requirements],
    ["Environments", control.environments],
    ["Bucket roles", control.bucket_roles],
    [
      "Pending",
      control.pending === undefined ? [] : [`waits for the module \`${control.pending}\`; decides nothing yet`],
    ],
    ["Package", [`\`${control.package}\``]],
  ];
  const filled = rows.filter(([, values]) => values.length > 0);
  return ["| | |", "|---|---|", ...filled.map(([name, values]) => `| ${name} | ${values.join(", ")} |`)].join("\n");
}

function reads({ resources, attributes }: ControlMetadata): string {
  const types = [...new Set([...resources, ...attributes.map(({ type }) => type)])].sort();
  if (types.length === 0) return "## Reads\n\nThe plan as a whole, no resource of it.";
  const paths = (wanted: string) =>
    attributes
      .filter(({ type }) => type === wanted)
      .map(({ path }) => `\`${path}\``)
      .sort()
      .join(", ");
  const rows = types.map((type) => `| \`${type}\` | ${paths(type)} |`);
  return ["## Reads", "", "| resource | attributes |", "|---|---|", ...rows].join("\n");
}

function example(title: string, shown: ShownExample | undefined): string {
  if (!shown) return "";
  const blocks = shown.files.map(({ name, language, text }) => {
    const heading = shown.files.length > 1 ? `\`${name}\`\n\n` : "";
    return `${heading}\`\`\`${language}\n${text}\n\`\`\``;
  });
  const parts = [`## ${title}`, shown.remarks.join(" "), ...blocks, shown.finding ?? ""];
  return parts.filter((part) => part !== "").join("\n\n");
}

function verification(step: string): string {
  if (step === "IQ") return "- IQ: the attributes above are read back from AWS and compared with the plan";
  return step.startsWith("none: ") ? `- no step: ${step.slice("none: ".length)}` : `- ${step}`;
}
