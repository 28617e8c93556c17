// SPDX-License-Identifier: Apache-2.0
import type { ServiceClients } from "../../../validation/iq";
import { liveReader } from "../../../validation/iq/live/registry";
import { shape, valueAt } from "../../../validation/iq/shape";

/** Answers of AWS by the name of the operation; an error is thrown. */
export type Answers = Readonly<Record<string, object | (() => object)>>;

/** Clients that answer each command by its name; a command without an answer fails as AWS does without permission. */
function clients(answers: Answers): ServiceClients {
  const send = async (command: object) => {
    const answer = answers[command.constructor.name.replace(/Command$/, "")];
    if (answer === undefined) throw named("AccessDenied");
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer() : answer;
  };
  return new Proxy({}, { get: () => ({ send }) }) as ServiceClients;
}

export const named = (name: string): Error => Object.assign(new Error(`${name} by a test`), { name });
/** State that identifies a resource of any type. */
export const IDENTITY: Readonly<Record<string, unknown>> = {
  id: "id",
  function_name: "acme",
  uuid: "u-1",
  statement_id: "acme",
  table_name: "acme",
  detector_id: "d-1",
  hash_key: "pk",
  item: '{"pk":{"S":"a"}}',
  bucket: "acme-raw",
  name: "acme",
  key_id: "k-1",
  arn: "arn:aws:sns:eu-central-1:111122223333:acme",
  role: "acme",
  policy_arn: "arn:p",
  url: "https://sqs/1/acme",
  queue_url: "https://sqs/1/acme",
  rule: "acme",
  target_id: "acme",
  log_group_name: "/acme",
  policy_name: "acme",
  alarm_name: "acme",
  dashboard_name: "acme",
  catalog_id: "111122223333",
  database_name: "acme",
  backup_vault_name: "acme",
  plan_id: "p-1",
  default_route_table_id: "rtb-1",
  route_table_id: "rtb-1",
  subnet_id: "subnet-1",
  secret_arn: "arn:s",
  secret_id: "arn:s",
  vpc_endpoint_id: "vpce-1",
  resource_arn: "arn:s",
  key: "acme",
};

/** What the reader of a type reads from these answers. */
export function read(type: string, answers: Answers, state: Readonly<Record<string, unknown>> = IDENTITY) {
  const resource = { address: `${type}.x`, type, region: "eu-central-1", state };
  return liveReader(type)!.read(resource, clients(answers));
}

/** What a reader shows at some paths, in the form in which it is compared. */
export async function shown(type: string, answers: Answers, paths: readonly string[], state = IDENTITY) {
  const form = shape(type, await read(type, answers, state));
  // false stands in the form, undefined where AWS says nothing
  return Object.fromEntries(paths.map((path) => [path, valueAt(form, path.split("."))]));
}
