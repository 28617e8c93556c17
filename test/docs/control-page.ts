// SPDX-License-Identifier: Apache-2.0
import type { ControlMetadata } from "../../validation/gate";
import { TYPES_WITHOUT_READER } from "../../validation/iq/types-without-reader";
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
    `## Verified by\n\n${control.verified_by.map((step) => verification(step, control)).join("\n")}`,
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
    ["Waivers", [control.waivable === false ? "never" : "by name, until a day"]],
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

function verification(step: string, { attributes }: ControlMetadata): string {
  if (step === "IQ") return installation(sortedTypes(attributes));
  return step.startsWith("none: ") ? `- no step: ${step.slice("none: ".length)}` : `- ${step}`;
}

/** So far every run was on the embedded AWS: the page says what IQ can read, the report what it read. */
function installation(types: readonly string[]): string {
  const unread = types.filter((type) => Object.hasOwn(TYPES_WITHOUT_READER, type));
  const read = types.filter((type) => !unread.includes(type));
  const named = (list: readonly string[]) => list.map((type) => `\`${type}\``).join(", ");
  const lines = [
    ...(read.length > 0
      ? [`- IQ: reads the attributes back from the target and compares them with the plan: ${named(read)}`]
      : []),
    ...(unread.length > 0 ? [`- no reader yet, so IQ does not cover: ${named(unread)}`] : []),
  ];
  return lines.join("\n");
}

function sortedTypes(attributes: ControlMetadata["attributes"]): readonly string[] {
  return [...new Set(attributes.map(({ type }) => type))].sort();
}
