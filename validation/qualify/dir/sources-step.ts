// SPDX-License-Identifier: Apache-2.0
import type { Bundle, Protocol, ProtocolStep } from "../../evidence";
import { canonicalJson, sha256Hex } from "../../json";
import { type SourceFile, sourcesOf } from "../../plan";

const ID = "IQ-SOURCES";

/** The step that binds a run to the files it was made from, each by its SHA-256. */
function sourcesStep(sources: readonly SourceFile[]): ProtocolStep {
  return {
    id: ID,
    title: "Sources of a stack that these modules did not make",
    controls: [],
    requirements: ["URS-031"],
    clauses: ["11.10(a)"],
    action: "Hash every file of the folder, when the stack is applied.",
    expected: [
      `${sources.length} files, and no other; ${digestOf(sources)} is the SHA-256 of their list (canonical JSON):`,
      ...sources.map(({ path, sha256 }) => `${sha256}  ${path}`),
    ].join("\n"),
    acceptance: "No file is another, is missing or was added.",
  };
}

/** An IQ protocol that begins with the sources. */
export function withSources(protocol: Protocol, sources: readonly SourceFile[]): Protocol {
  const title = `${protocol.title}, a stack that these modules did not make`;
  return { ...protocol, title, steps: [sourcesStep(sources), ...protocol.steps] };
}

/** Executes the step: the folder now against the files that were planned. */
export function executeSources(bundle: Bundle, protocol: string, dir: string, planned: readonly SourceFile[]): void {
  bundle.journal.append("step-started", { protocol, step: ID });
  const now = sourcesOf(dir);
  const differences = differencesOf(planned, now);
  const evidence = [bundle.addJson(`iq/${protocol}/${ID}.json`, { step: ID, planned, now, differences })];
  const base = { protocol, step: ID, evidence };
  const actual = differences.join("; ") || `${now.length} files, list ${digestOf(now)}: no difference`;
  bundle.journal.append(
    "step-finished",
    differences.length === 0
      ? { ...base, result: "PASS", actual }
      : { ...base, result: "FAIL", actual, reason: actual },
  );
}

function differencesOf(planned: readonly SourceFile[], now: readonly SourceFile[]): string[] {
  const [then, later] = [planned, now].map((files) => new Map(files.map(({ path, sha256 }) => [path, sha256])));
  return [
    ...planned.filter(({ path }) => !later!.has(path)).map(({ path }) => `${path} is missing`),
    ...now.filter(({ path }) => !then!.has(path)).map(({ path }) => `${path} was added`),
    ...now
      .filter(({ path, sha256 }) => then!.has(path) && then!.get(path) !== sha256)
      .map(({ path }) => `${path} is another`),
  ];
}

function digestOf(sources: readonly SourceFile[]): string {
  return sha256Hex(canonicalJson(sources));
}
