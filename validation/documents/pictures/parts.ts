// SPDX-License-Identifier: Apache-2.0
import type { Tint } from "../drawing";
import type { Node, PlanGraph } from "./plan-graph";

/** A group of resources that a plan has, and its place in the picture. */
export interface Part {
  readonly title: string;
  /** From the left, 0 to 2. */
  readonly column: number;
  /** From the top. */
  readonly row: number;
  readonly fill: Tint;
  readonly members: readonly Node[];
}

interface Kind extends Omit<Part, "members"> {
  readonly holds: (node: Node) => boolean;
}

const isType =
  (...types: readonly string[]) =>
  ({ type }: Node) =>
    types.includes(type);

const isBucket =
  (role: string) =>
  ({ type, bucketRole }: Node) =>
    type === "aws_s3_bucket" && bucketRole === role;

/** What carries a role's tag and does none of its work. */
const BESIDE = ["aws_iam_role", "aws_kms_key", "aws_cloudwatch_log_group", "aws_security_group"];

const hasRole =
  (role: string) =>
  ({ type, part11Role }: Node) =>
    part11Role === role && !BESIDE.includes(type);

/** The first that holds a resource has it: what a tag says goes before what a type says. */
const KINDS: readonly Kind[] = [
  {
    title: "Senders",
    column: 0,
    row: 0,
    fill: "paper",
    holds: ({ type, part11Role }) => type === "aws_iam_role" && part11Role === "sender",
  },
  {
    title: "Gateways and logins",
    column: 1,
    row: 0,
    fill: "paper",
    holds: (node) => isType("aws_transfer_server", "aws_datasync_task")(node) || hasRole("identity-provider")(node),
  },
  { title: "Inbox", column: 0, row: 1, fill: "warn", holds: isBucket("inbox") },
  { title: "Promotion", column: 0, row: 2, fill: "paper", holds: hasRole("ingest") },
  { title: "Ledger", column: 1, row: 2, fill: "good", holds: hasRole("ledger") },
  { title: "Backup", column: 1, row: 1, fill: "paper", holds: isType("aws_backup_vault") },
  { title: "Records", column: 0, row: 3, fill: "good", holds: isBucket("record") },
  { title: "Replicas", column: 1, row: 3, fill: "good", holds: isBucket("replica") },
  { title: "Audit bucket", column: 2, row: 3, fill: "good", holds: isBucket("audit") },
  { title: "Evidence", column: 2, row: 5, fill: "good", holds: isBucket("evidence") },
  { title: "Audit trail", column: 2, row: 2, fill: "paper", holds: isType("aws_cloudtrail") },
  {
    title: "Monitoring",
    column: 2,
    row: 1,
    fill: "paper",
    holds: isType("aws_cloudwatch_metric_alarm", "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_dashboard"),
  },
  { title: "Topics", column: 2, row: 0, fill: "paper", holds: isType("aws_sns_topic") },
  { title: "Other functions", column: 0, row: 4, fill: "paper", holds: isType("aws_lambda_function") },
  { title: "Results of searches", column: 2, row: 4, fill: "soft", holds: isBucket("results") },
  { title: "Access logs", column: 1, row: 5, fill: "soft", holds: isBucket("access-log") },
  { title: "Other buckets", column: 0, row: 5, fill: "soft", holds: isType("aws_s3_bucket") },
  { title: "Other tables", column: 1, row: 4, fill: "soft", holds: isType("aws_dynamodb_table") },
];

/** The parts of a plan. Nothing is a part that has no resource in it. */
export function partsOf({ nodes }: PlanGraph): readonly Part[] {
  const members = new Map<Kind, Node[]>(KINDS.map((kind) => [kind, []]));
  for (const node of nodes.values()) {
    const kind = KINDS.find(({ holds }) => holds(node));
    if (kind) members.get(kind)!.push(node);
  }
  return [...members]
    .filter(([, found]) => found.length > 0)
    .map(([{ title, column, row, fill }, found]) => ({ title, column, row, fill, members: found }));
}
