// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { visible } from "./terminal";

/** HTML whose every inserted text was escaped. Made by `html` only. */
export class SafeHtml {
  constructor(readonly text: string) {}
}

type Insert = string | number | SafeHtml | readonly SafeHtml[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Tagged template: what is inserted is text, escaped and with invisible characters written out, unless it is HTML of this tag. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): SafeHtml {
  return new SafeHtml(parts.map((part, i) => part + (i < inserts.length ? insert(inserts[i]!) : "")).join(""));
}

function insert(value: Insert): string {
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return value.map(({ text }) => text).join("");
}

function escaped(text: string): string {
  const lines = text.split("\n").map(visible);
  return lines.join("\n").replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** Policy of a page that loads nothing and runs nothing, its one style sheet allowed by digest. */
export function contentSecurityPolicy(style: string): string {
  const digest = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
}
