// SPDX-License-Identifier: Apache-2.0
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../../validation/target/emulator";
import { zipOf } from "../../../../validation/target/emulator/preflight/zip";
import { emulatorOptions } from "./running";

/** More than MiniStack itself takes down in the quarter of a second that it waits for them. */
const LINES = 300_000;
const SOURCE = `exports.handler = async ({ last, fails }) => {
  for (let line = 1; line < ${LINES}; line += 1) console.log(line);
  console.log(last);
  if (fails) throw new Error(fails);
};`;

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;
let role: string;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  const config = clientConfig(emulator, await createAdministrator(emulator));
  [lambda, logs] = [new LambdaClient(config), new CloudWatchLogsClient(config)];
  const Statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const command = new CreateRoleCommand({ RoleName: "talker", AssumeRolePolicyDocument });
  role = (await new IAMClient(config).send(command)).Role!.Arn!;
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

test.each([
  ["answers", {}],
  ["fails", { fails: "asked to" }],
])(
  "the last of many lines is in the log when a function %s",
  async (FunctionName, asked) => {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: role,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Timeout: 60,
        Code: { ZipFile: zipOf("index.js", SOURCE) },
      }),
    );
    const Payload = JSON.stringify({ last: "the-last-line", ...asked });
    await lambda.send(new InvokeCommand({ FunctionName, Payload }));
    const { events } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FunctionName}`, filterPattern: '"the-last-line"' }),
    );
    expect(events?.map(({ message }) => message?.trim())).toEqual([expect.stringContaining("the-last-line")]);
  },
  120_000,
);
