// SPDX-License-Identifier: Apache-2.0
import { isObject } from "./json-object";
import {
  lowerCase,
  parsePolicy,
  principal,
  type RawStatement,
  sortConditions,
  sortPrincipals,
} from "./policy-document";

/** References per statement block of `data.aws_iam_policy_document`: attribute -> `${…}` texts for what is unknown. */
export type StatementTokens = (index: number, attribute: string) => readonly string[];

interface List {
  readonly values: readonly string[];
  /** False when some part is not known. */
  readonly whole: boolean;
}

/**
 * Statements of a deferred `data.aws_iam_policy_document`: Terraform knows its actions even while resources are not.
 * Null when whole statements are not known. `effect` left out is null there and means Allow.
 */
export function parseDocumentData(
  after: unknown,
  unknown: unknown,
  tokens: StatementTokens,
): readonly RawStatement[] | null {
  if (!isObject(after)) return null;
  const marks = isObject(unknown) ? unknown : {};
  const sources = embedded(after, marks, ["source_json", "source_policy_documents"]);
  const overrides = embedded(after, marks, ["override_json", "override_policy_documents"]);
  if (marks.statement === true || !sources || !overrides) return null;
  const own: RawStatement[] = [];
  const listed = Array.isArray(after.statement) ? after.statement : [];
  for (let index = 0; index < listed.length; index++) {
    const mark: unknown = Array.isArray(marks.statement) ? marks.statement[index] : undefined;
    const statement = parseBlock(listed[index], mark, (attribute) => tokens(index, attribute));
    if (!statement) return null;
    own.push(statement);
  }
  const replaced = new Set(overrides.map((statement) => statement.sid).filter((sid) => sid !== null && sid !== ""));
  return [...[...sources, ...own].filter((statement) => !replaced.has(statement.sid)), ...overrides];
}

function embedded(
  after: Readonly<Record<string, unknown>>,
  marks: Readonly<Record<string, unknown>>,
  attributes: readonly string[],
): readonly RawStatement[] | null {
  const statements: RawStatement[] = [];
  for (const attribute of attributes) {
    if (holdsTrue(marks[attribute])) return null;
    const value = after[attribute];
    for (const text of Array.isArray(value) ? value : [value]) {
      if (text === null || text === undefined || text === "") continue;
      const parsed = typeof text === "string" ? parsePolicy(text) : null;
      if (!parsed) return null;
      statements.push(...parsed);
    }
  }
  return statements;
}

function parseBlock(
  block: unknown,
  mark: unknown,
  tokens: (attribute: string) => readonly string[],
): RawStatement | null {
  if (!isObject(block) || mark === true) return null;
  const marks = isObject(mark) ? mark : {};
  const effect = block.effect ?? "Allow";
  if ((effect !== "Allow" && effect !== "Deny") || marks.effect === true) return null;
  const read = (attribute: string) => list(block[attribute], marks[attribute], tokens(attribute));
  const actions = read("actions");
  const notActions = read("not_actions");
  if (!actions.whole || !notActions.whole) return null;
  const resources = read("resources");
  const notResources = read("not_resources");
  const principals = principalBlocks(block.principals, marks.principals, tokens("principals.identifiers"));
  const notPrincipals = principalBlocks(
    block.not_principals,
    marks.not_principals,
    tokens("not_principals.identifiers"),
  );
  const conditions = conditionBlocks(block.condition, marks.condition, tokens("condition.values"));
  const parts = [resources, notResources, principals, notPrincipals, conditions];
  return {
    sid: typeof block.sid === "string" ? block.sid : null,
    effect,
    principals: principals.values,
    notPrincipals: notPrincipals.values,
    actions: lowerCase(actions.values),
    notActions: lowerCase(notActions.values),
    resources: resources.values,
    notResources: notResources.values,
    conditions: conditions.values,
    partial: parts.some((part) => !part.whole),
  };
}

/** Known members, and in place of unknown ones what they refer to. Never whole then: a wildcard may surround it. */
function list(value: unknown, mark: unknown, tokens: readonly string[]): List {
  const known = (Array.isArray(value) ? value : [])
    .filter((item): item is string => typeof item === "string")
    .map(escaped);
  if (!holdsTrue(mark)) return { values: [...known].sort(), whole: true };
  return { values: [...known, ...tokens].sort(), whole: false };
}

/** A known text as a template: the document writes policy variables as `&{…}`, and nothing in it is a token. */
function escaped(text: string): string {
  // As functions: in a replacement text `$$` means one `$`.
  return text.replaceAll("${", () => "$${").replaceAll("&{", () => "$${");
}

function principalBlocks(value: unknown, mark: unknown, tokens: readonly string[]) {
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [];
  let whole = mark !== true;
  const principals = blocks.flatMap((block, index) => {
    const blockMark: unknown = Array.isArray(mark) ? mark[index] : undefined;
    const marks = isObject(blockMark) ? blockMark : {};
    const type = isObject(block) && typeof block.type === "string" ? block.type : null;
    const identifiers = list(isObject(block) ? block.identifiers : undefined, marks.identifiers, tokens);
    if (type === null || !identifiers.whole) whole = false;
    return identifiers.values.map((identifier) => principal(type ?? "AWS", identifier));
  });
  return { values: sortPrincipals(principals), whole };
}

function conditionBlocks(value: unknown, mark: unknown, tokens: readonly string[]) {
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [];
  let whole = mark !== true;
  const conditions: RawStatement["conditions"][number][] = [];
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    const blockMark: unknown = Array.isArray(mark) ? mark[index] : undefined;
    const marks = isObject(blockMark) ? blockMark : {};
    if (!isObject(block) || typeof block.test !== "string" || typeof block.variable !== "string") {
      whole = false;
      continue;
    }
    const values = list(block.values, marks.values, tokens);
    if (!values.whole) whole = false;
    conditions.push({ operator: block.test, key: block.variable.toLowerCase(), values: values.values });
  }
  return { values: sortConditions(conditions), whole };
}

function holdsTrue(mark: unknown): boolean {
  if (mark === true) return true;
  return Array.isArray(mark) && mark.some((item) => item === true);
}
