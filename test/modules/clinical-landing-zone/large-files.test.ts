// SPDX-License-Identifier: Apache-2.0
import type { ReceivingSettings } from "../../../modules";
import { codeOf, resource, type SynthDocument, statements } from "../synth";
import { all, zone } from "./synthesized";

const image = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/part11@sha256:${"0a".repeat(32)}`;
const sftp = { vendors: [], zones: ["eu-central-1a", "eu-central-1b"] };
const scan = {
  functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:house-scan",
  roleArn: "arn:aws:iam::111122223333:role/house-scan",
};

const withTask = (of: Partial<ReceivingSettings> = {}) =>
  zone({
    receiving: { codeBucketName: "acme-code-111122223333", deliveries: [], sftp, largeFiles: { image }, ...of },
  });

const document = withTask();
const services = (of: SynthDocument) =>
  all(of, "aws_vpc_endpoint").map(({ service_name }) =>
    String(service_name).replace("com.amazonaws.eu-central-1.", ""),
  );

test("the task stands in the data subnets, in a group that lets nothing in and TLS out to endpoints alone", () => {
  const { subnets } = resource(document, "aws_ecs_service").network_configuration as { subnets: string[] };
  expect(subnets).toEqual([expect.stringMatching(/Network_Data0/), expect.stringMatching(/Network_Data1/)]);
  const group = resource(document, "aws_security_group", "Network_Tasks");
  expect(group.ingress).toEqual([]);
  expect(group.egress).toMatchObject([
    { from_port: 443, to_port: 443, cidr_blocks: ["10.60.0.0/22"] },
    { from_port: 443, to_port: 443, prefix_list_ids: [expect.stringMatching(/s3/), expect.stringMatching(/dynamodb/)] },
  ]);
});

test("the network reaches what the task needs, and a function that scans only where one is asked", () => {
  const needed = ["dynamodb", "ecr.api", "ecr.dkr", "kms", "logs", "s3", "secretsmanager", "sqs"];
  expect(services(document).sort()).toEqual(needed);
  expect(services(withTask({ scan })).sort()).toEqual([...needed, "lambda"].sort());
});

test("the boundary lets roles pull from that repository, and from none where there is no task", () => {
  const pulls = (of: SynthDocument) =>
    statements(resource(of, "aws_iam_policy").policy).filter(({ Sid }) => Sid === "PullImage");
  expect(pulls(document).map(({ Resource }) => Resource)).toEqual([
    "arn:aws:ecr:eu-central-1:111122223333:repository/part11",
  ]);
  expect(pulls(zone())).toEqual([]);
});

test("the limit of the settings is the function's", () => {
  const { environment } = resource(
    withTask({ largeFiles: { image, aboveBytes: 1000 } }),
    "aws_lambda_function",
    "Ingest",
  );
  expect(environment).toMatchObject({ variables: { LARGEST_BYTES: "1000" } });
});

test.each<[string, Partial<ReceivingSettings>, string]>([
  ["an image by tag", { largeFiles: { image: image.replace(/@.*/, ":1") } }, "IMAGE_INVALID"],
  ["no network", { sftp: undefined }, "SETTINGS_INVALID"],
  ["a limit that no function keeps", { largeFiles: { image, aboveBytes: 20_000_000_001 } }, "SETTINGS_INVALID"],
  ["no limit", { largeFiles: { image, aboveBytes: 0 } }, "SETTINGS_INVALID"],
])("fails for %s", (_title, of, code) => {
  expect(codeOf(() => withTask(of))).toBe(code);
});
