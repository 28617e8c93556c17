// SPDX-License-Identifier: Apache-2.0
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { message, type Queue, queue } from "./queue";
import { compare, type Scenario, until } from "./scenario";
import { allow, type Stage } from "./stage";
import { answer, type Gateway, gateway, keyPair, uploadOnly } from "./transfer";

interface TransferEvent {
  readonly "detail-type": string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A queue that receives the upload events of the server. */
async function uploads(stage: Stage, serverId: string): Promise<Queue> {
  const target = await queue(stage, "events.amazonaws.com");
  const Name = stage.name("rule");
  const pattern = {
    source: ["aws.transfer"],
    "detail-type": ["SFTP Server File Upload Completed", "SFTP Server File Upload Failed"],
    detail: { "server-id": [serverId] },
  };
  await stage.events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
  await stage.events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "q", Arn: target.arn }] }));
  return target;
}

/** Kind and the named details of the next event, in words. */
async function next(stage: Stage, from: Queue, ...details: string[]): Promise<string> {
  const body = await message(stage, from);
  if (body === undefined) return "no event";
  const event = JSON.parse(body) as TransferEvent;
  const kind = event["detail-type"].replace("SFTP Server File ", "");
  return [kind, ...details.map((name) => event.detail[name])].join(" ");
}

const lineOf = (server: Gateway, activity: string, path: string, seconds: number) =>
  until(
    async () => (await server.lines()).find((line) => line["activity-type"] === activity && line.path === path),
    seconds,
  );

const completion: Scenario = {
  name: "an upload is told when it is complete, and one that was cut off is told as partial",
  controls: ["P11-10a-09", "P11-10a-11", "P11-10e-13"],
  async run(stage) {
    const Bucket = await stage.bucket("uploads", { locked: true });
    const key = keyPair();
    const role = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const users = { acme: { answer: answer(Bucket, "acme", role.arn, key.public) } };
    const server = await gateway(stage, { users });
    const told = await uploads(stage, server.serverId);
    const open = async () => (await server.login({ user: "acme", privateKey: key.private })).sftp!;
    const [whole, cut] = [`/${Bucket}/acme/whole.csv`, `/${Bucket}/acme/cut.csv`];
    const sftp = await open();
    const put = await sftp.put("/whole.csv", "a,b\n1,2\n");
    sftp.end();
    const completed = await next(stage, told, "file-path", "bytes", "username", "client-ip", "status-code");
    const close = await lineOf(server, "CLOSE", whole, stage.patienceSeconds);
    await (await open()).cutOff("/cut.csv", "a,b\n");
    const failed = await next(stage, told, "file-path", "username", "failure-code");
    const partial = await lineOf(server, "PARTIAL_CLOSE", cut, stage.patienceSeconds);
    const closed = (await lineOf(server, "CLOSE", cut, 0)) === undefined ? "no line" : "CLOSE";
    const { Versions } = await stage.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: "acme/cut.csv" }));
    await server.remove();
    return [
      compare("put", "ok", put),
      compare("event of the upload", `Upload Completed ${whole} 8 acme 127.0.0.1 COMPLETED`, completed),
      compare("bytes of the log line", "8", close?.["bytes-in"]),
      compare("mutant: event of the cut upload", `Upload Failed ${cut} acme PARTIAL_UPLOAD`, failed),
      compare("bytes of the partial line", "4", partial?.["bytes-in"]),
      compare("mutant: line as of a whole upload", "no line", closed),
      compare("what came before the cut stays", 4, Versions?.[0]?.Size),
    ];
  },
};

const encryption: Scenario = {
  name: "an SFTP upload needs both KMS rights on the bucket's key",
  controls: ["P11-10d-13", "P11-30-01"],
  async run(stage) {
    const keyArn = await stage.key();
    const Bucket = await stage.bucket("encrypted", { keyArn });
    const key = keyPair();
    const vendor = async (...actions: string[]) => {
      const rights = [...uploadOnly(Bucket, "acme"), ...actions.map((action) => allow(action, keyArn))];
      return {
        answer: answer(Bucket, "acme", (await stage.role("v", rights, "transfer.amazonaws.com")).arn, key.public),
      };
    };
    const users = {
      both: await vendor("kms:GenerateDataKey", "kms:Decrypt"),
      generate: await vendor("kms:GenerateDataKey"),
      none: await vendor(),
    };
    const server = await gateway(stage, { users });
    const put = async (user: string) => {
      const { sftp } = await server.login({ user, privateKey: key.private });
      const said = await sftp!.put(`/${user}.csv`, "a");
      sftp!.end();
      return said;
    };
    const probes = [
      compare("no right on the key", "PERMISSION_DENIED", await put("none")),
      compare("without kms:Decrypt", "PERMISSION_DENIED", await put("generate")),
      compare("twin: both rights", "ok", await put("both")),
    ];
    const refused = await lineOf(server, "ERROR", `/${Bucket}/acme/none.csv`, stage.patienceSeconds);
    await server.remove();
    return [
      ...probes,
      compare("log line of the refusal", "OPEN Access denied", `${refused?.operation} ${refused?.message}`),
    ];
  },
};

const attributes: Scenario = {
  name: "SETSTAT is accepted as a no-op only where the server says so",
  controls: ["P11-10d-07"],
  async run(stage) {
    const Bucket = await stage.bucket("setstat");
    const key = keyPair();
    const role = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const users = { acme: { answer: answer(Bucket, "acme", role.arn, key.public) } };
    const said = async (setStat: string) => {
      const server = await gateway(stage, { users, setStat });
      const { sftp } = await server.login({ user: "acme", privateKey: key.private });
      await sftp!.put("/a.csv", "a");
      const answered = await sftp!.setTimes("/a.csv");
      sftp!.end();
      await server.remove();
      return answered;
    };
    return [
      compare("mutant: default", "OP_UNSUPPORTED", await said("DEFAULT")),
      compare("twin: no-op", "ok", await said("ENABLE_NO_OP")),
    ];
  },
};

export const sftpUploadScenarios: readonly Scenario[] = [completion, encryption, attributes];
