// SPDX-License-Identifier: Apache-2.0
import { membersOf, textOf, textsOf } from "../contents/as-found";
import type { Node, PlanGraph } from "./plan-graph";

/** What one resource of a plan does to another one, as the plan says. */
export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly verb: string;
}

type Finder = (graph: PlanGraph) => readonly Relation[];

/** Every tie that the picture knows; one that the plan does not say outright is not drawn. */
export function relationsOf(graph: PlanGraph): readonly Relation[] {
  return FINDERS.flatMap((find) => find(graph));
}

const FINDERS: readonly Finder[] = [
  assumptions,
  (graph) => grants(graph, "may put objects", "aws_s3_bucket", ["s3:putobject"]),
  (graph) => grants(graph, "may write items", "aws_dynamodb_table", ["dynamodb:putitem", "dynamodb:updateitem"]),
  (graph) => grants(graph, "may publish", "aws_sns_topic", ["sns:publish"]),
  events,
  notifications,
  (graph) =>
    between(graph, "aws_s3_bucket_replication_configuration", "bucket", "rule.destination.bucket", "replicates"),
  (graph) => from(graph, "aws_cloudtrail", "s3_bucket_name", "delivers to"),
  (graph) => from(graph, "aws_cloudtrail", "sns_topic_name", "tells of deliveries"),
  filtered,
  (graph) => from(graph, "aws_cloudwatch_metric_alarm", "alarm_actions", "alarms"),
  backups,
];

const FRONT: Readonly<Record<string, string>> = {
  aws_transfer_server: "transfer.amazonaws.com",
  aws_datasync_task: "datasync.amazonaws.com",
};

function assumptions({ nodes, assumedBy }: PlanGraph): readonly Relation[] {
  return ofTypes(nodes, ...Object.keys(FRONT)).flatMap(({ address, type }) =>
    [...assumedBy]
      .filter(([role, services]) => nodes.get(role)!.part11Role === "sender" && services.includes(FRONT[type]!))
      .map(([role]) => ({ from: address, to: role, verb: "assumes" })),
  );
}

/** By the sender itself, or by the function or task that runs with the role. */
function grants(graph: PlanGraph, verb: string, type: string, actions: readonly string[]): readonly Relation[] {
  return graph.grants
    .filter((grant) => grant.actions.some((pattern) => actions.some((action) => covers(pattern, action))))
    .flatMap(({ role, on }) => {
      const targets = on.filter((address) => graph.nodes.get(address)!.type === type);
      return bearers(graph, role).flatMap((bearer) => targets.map((to) => ({ from: bearer, to, verb })));
    });
}

function covers(pattern: string, action: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  return rest.length === 0 ? pattern === action : rest.join("") === "" && action.startsWith(start);
}

const RUN_AS: Readonly<Record<string, string>> = {
  aws_lambda_function: "role",
  aws_ecs_task_definition: "task_role_arn",
};

function bearers({ nodes }: PlanGraph, role: string): readonly string[] {
  const running = ofTypes(nodes, ...Object.keys(RUN_AS)).filter(({ type, refs }) =>
    refs.get(RUN_AS[type]!)?.includes(role),
  );
  return [role, ...running.map(({ address }) => address)];
}

/** Rules of EventBridge whose pattern names a bucket, or the uploads of SFTP servers. */
function events({ nodes }: PlanGraph): readonly Relation[] {
  const buckets = new Map(ofTypes(nodes, "aws_s3_bucket").map(({ name, address }) => [name, address]));
  const servers = ofTypes(nodes, "aws_transfer_server").map(({ address }) => address);
  return ofTypes(nodes, "aws_cloudwatch_event_target").flatMap(({ refs }) => {
    const rules = (refs.get("rule") ?? []).flatMap((address) => nodes.get(address) ?? []);
    const sources = rules.flatMap(({ values }) => {
      const pattern = patternOf(values.event_pattern);
      const named = textsOf(membersOf(membersOf(pattern.detail).bucket).name).flatMap(
        (name) => buckets.get(name) ?? [],
      );
      return textsOf(pattern.source).includes("aws.transfer") ? [...named, ...servers] : named;
    });
    return sources.flatMap((source) =>
      (refs.get("arn") ?? []).map((to) => ({ from: source, to, verb: "events of objects" })),
    );
  });
}

function patternOf(text: unknown) {
  try {
    return membersOf(JSON.parse(textOf(text) ?? "{}"));
  } catch {
    return {};
  }
}

/** Notifications that a bucket sends itself, without EventBridge. */
function notifications({ nodes }: PlanGraph): readonly Relation[] {
  return ofTypes(nodes, "aws_s3_bucket_notification").flatMap(({ refs }) =>
    ["queue.queue_arn", "lambda_function.lambda_function_arn", "topic.topic_arn"].flatMap((attribute) =>
      pairs(refs.get("bucket"), refs.get(attribute), "notifies"),
    ),
  );
}

/** Metric filters that read the log group of a trail. */
function filtered({ nodes }: PlanGraph): readonly Relation[] {
  const filters = ofTypes(nodes, "aws_cloudwatch_log_metric_filter");
  return ofTypes(nodes, "aws_cloudtrail").flatMap(({ address, refs }) => {
    const groups = refs.get("cloud_watch_logs_group_arn") ?? [];
    const own = filters.filter((filter) => filter.refs.get("log_group_name")?.some((group) => groups.includes(group)));
    return own.map((filter) => ({ from: address, to: filter.address, verb: "is filtered by" }));
  });
}

function backups({ nodes }: PlanGraph): readonly Relation[] {
  return ofTypes(nodes, "aws_backup_selection").flatMap(({ refs }) => {
    const plans = (refs.get("plan_id") ?? []).flatMap((address) => nodes.get(address) ?? []);
    const vaults = plans.flatMap((plan) => plan.refs.get("rule.target_vault_name") ?? []);
    return pairs(refs.get("resources"), vaults, "is backed up in");
  });
}

function between({ nodes }: PlanGraph, type: string, one: string, other: string, verb: string): readonly Relation[] {
  return ofTypes(nodes, type).flatMap(({ refs }) => pairs(refs.get(one), refs.get(other), verb));
}

function from({ nodes }: PlanGraph, type: string, attribute: string, verb: string): readonly Relation[] {
  return ofTypes(nodes, type).flatMap(({ address, refs }) => pairs([address], refs.get(attribute), verb));
}

function pairs(froms: readonly string[] = [], tos: readonly string[] = [], verb: string): readonly Relation[] {
  return froms.flatMap((one) => tos.map((to) => ({ from: one, to, verb })));
}

function ofTypes(nodes: PlanGraph["nodes"], ...types: readonly string[]): readonly Node[] {
  return [...nodes.values()].filter(({ type }) => types.includes(type));
}
