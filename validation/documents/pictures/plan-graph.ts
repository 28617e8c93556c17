// SPDX-License-Identifier: Apache-2.0
import { itemsOf, type Members, membersOf, textOf, textsOf } from "../contents/as-found";

/** A resource of a plan with what ties it to others. */
export interface Node {
  readonly address: string;
  readonly type: string;
  /** Its own name where the plan gives one, else that of the resource. */
  readonly name: string;
  readonly bucketRole: string | null;
  readonly part11Role: string | null;
  readonly values: Members;
  /** Addresses that an attribute, as a path without indexes, refers to. */
  readonly refs: ReadonlyMap<string, readonly string[]>;
}

/** What an identity policy allows a role on resources of the same plan. */
export interface Grant {
  readonly role: string;
  /** In lower case; may hold `*`. */
  readonly actions: readonly string[];
  readonly on: readonly string[];
}

export interface PlanGraph {
  /** Managed resources by address, sorted. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly grants: readonly Grant[];
  /** Services that may assume a role, by the role's address. */
  readonly assumedBy: ReadonlyMap<string, readonly string[]>;
}

/** The facts document of a plan as things and ties between them; what cannot be read is no tie. */
export function planGraph(facts: Members): PlanGraph {
  const nodes = new Map(
    Object.entries(membersOf(facts.resources))
      .map(([address, resource]) => [address, membersOf(resource)] as const)
      .filter(([, { mode }]) => mode === "managed")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([address, resource]) => [address, nodeOf(address, resource)]),
  );
  const [policies, statements] = [itemsOf(facts.policies), itemsOf(facts.statements)];
  const statementsOf = (by: unknown, role: string, use: string) =>
    itemsOf(membersOf(by)[role])
      .map((index) => membersOf(policies[Number(index)]))
      .filter((policy) => policy.use === use)
      .flatMap((policy) => itemsOf(policy.statements).map((index) => membersOf(statements[Number(index)])))
      .filter(({ effect }) => effect === "Allow");
  const roles = [...nodes.values()].filter(({ type }) => type === "aws_iam_role").map(({ address }) => address);
  const named = byName(nodes);
  return {
    nodes,
    grants: roles.flatMap((role) =>
      statementsOf(facts.policiesOf, role, "identity").map((statement) => grantOf(role, statement, nodes, named)),
    ),
    assumedBy: new Map(roles.map((role) => [role, statementsOf(facts.policiesOn, role, "trust").flatMap(services)])),
  };
}

const NAMES = ["bucket", "function_name", "name", "metric_name"] as const;

function nodeOf(address: string, resource: Members): Node {
  const values = membersOf(resource.values);
  const tags = membersOf(values.tags);
  const own = NAMES.flatMap((key) => textOf(values[key]) ?? [])[0];
  return {
    address,
    type: textOf(resource.type) ?? "not recorded",
    name: own ?? address.slice(address.indexOf(".") + 1),
    bucketRole: textOf(tags.BucketRole),
    part11Role: textOf(tags.Part11Role),
    values,
    refs: new Map(
      Object.entries(membersOf(resource.refs)).map(([attribute, refs]) => [
        attribute,
        itemsOf(refs).flatMap((ref) => textOf(membersOf(ref).address) ?? []),
      ]),
    ),
  };
}

/** Resources by the last part of the ARN that names them. */
function byName(nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, string> {
  const prefix: Readonly<Record<string, string>> = {
    aws_s3_bucket: "s3 ",
    aws_dynamodb_table: "dynamodb table/",
    aws_sns_topic: "sns ",
  };
  return new Map(
    [...nodes.values()].flatMap(({ type, name, address }) =>
      Object.hasOwn(prefix, type) ? [[`${prefix[type]}${name}`, address] as const] : [],
    ),
  );
}

function grantOf(
  role: string,
  statement: Members,
  nodes: ReadonlyMap<string, Node>,
  named: ReadonlyMap<string, string>,
): Grant {
  const byArn = textsOf(statement.resources).flatMap((arn) => {
    const [, , service = "", , , ...rest] = arn.split(":");
    const whole = rest.join(":");
    const name = service === "s3" ? whole.split("/")[0]! : whole;
    return named.get(`${service} ${name}`) ?? [];
  });
  const on = [...textsOf(statement.refs), ...byArn].filter((address) => nodes.has(address));
  return { role, actions: textsOf(statement.actions), on: [...new Set(on)].sort() };
}

function services(statement: Members): readonly string[] {
  return itemsOf(statement.principals)
    .map(membersOf)
    .flatMap(({ type, value }) => (type === "Service" ? (textOf(value) ?? []) : []));
}
