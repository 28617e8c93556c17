// SPDX-License-Identifier: Apache-2.0
import { named, read, shown } from "./fake-clients";

const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:111122223333:function:acme-ingest";
const HASH = "LR+9m34FDa1qrl+FBJ/X0YDsQT/2jwHnnIEQEAuaGLY=";

describe("the reader of a function", () => {
  const STATE = { function_name: "acme-ingest", source_code_hash: HASH };
  const CONFIGURATION = {
    FunctionName: "acme-ingest",
    FunctionArn: FUNCTION_ARN,
    PackageType: "Zip",
    CodeSha256: HASH,
    KMSKeyArn: "arn:k",
    Environment: { Variables: { LEDGER_TABLE: "acme-ledger" } },
    VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
    DeadLetterConfig: { TargetArn: "arn:q" },
    Layers: [{ Arn: "arn:layer:1" }],
  };
  const ANSWERS = {
    GetFunctionConfiguration: CONFIGURATION,
    GetFunctionConcurrency: { ReservedConcurrentExecutions: 5 },
    GetFunctionCodeSigningConfig: { CodeSigningConfigArn: "arn:csc" },
    ListTags: { Tags: { Part11Role: "ingest" } },
  };
  const signed = { ...CONFIGURATION, CodeSha256: "other", SigningJobArn: "arn:aws:signer:r:1:/signing-jobs/j-1" };
  const job = { source: { s3: { bucketName: "code", key: "packed.zip", version: "v1" } } };

  it("shows what controls ask of it", async () => {
    const expected = {
      source_code_hash: HASH,
      code_signing_config_arn: "arn:csc",
      reserved_concurrent_executions: 5,
      kms_key_arn: "arn:k",
      "environment.variables": { LEDGER_TABLE: "acme-ledger" },
      "vpc_config.subnet_ids": ["subnet-1"],
      "dead_letter_config.target_arn": "arn:q",
      layers: ["arn:layer:1"],
      package_type: "Zip",
      tags: { Part11Role: "ingest" },
      image_uri: undefined,
    };
    expect(await shown("aws_lambda_function", ANSWERS, Object.keys(expected), STATE)).toEqual(expected);
  });

  it("writes no reservation as the provider does", async () => {
    const answers = { ...ANSWERS, GetFunctionConcurrency: {} };
    expect(await read("aws_lambda_function", answers, STATE)).toMatchObject({ reserved_concurrent_executions: -1 });
  });

  it("shows the image of a function without code signing, and asks for its code only then", async () => {
    const image = { ...CONFIGURATION, PackageType: "Image" };
    const { GetFunctionCodeSigningConfig, ...answers } = ANSWERS;
    const GetFunction = { Code: { ImageUri: "repository@sha256:1" } };
    const live = await read("aws_lambda_function", { ...answers, GetFunctionConfiguration: image, GetFunction }, STATE);
    expect(live).toMatchObject({ image_uri: "repository@sha256:1", code_signing_config_arn: undefined });
  });

  it("shows of signed code the hash that S3 recorded of what was signed", async () => {
    const answers = { ...ANSWERS, GetFunctionConfiguration: signed, DescribeSigningJob: job };
    const live = await read("aws_lambda_function", { ...answers, HeadObject: { ChecksumSHA256: HASH } }, STATE);
    expect(live).toMatchObject({ source_code_hash: HASH });
  });

  it.each([{}, { ChecksumSHA256: `${HASH}-2` }])("gives no hash where S3 has none of the whole: %j", async (head) => {
    const answers = { ...ANSWERS, GetFunctionConfiguration: signed, DescribeSigningJob: job, HeadObject: head };
    await expect(read("aws_lambda_function", answers, STATE)).rejects.toThrow("no SHA-256 of the whole");
  });

  it("gives nothing when a key hides the environment", async () => {
    const hidden = { ...CONFIGURATION, Environment: { Error: { ErrorCode: "AccessDeniedException", Message: "no" } } };
    const answers = { ...ANSWERS, GetFunctionConfiguration: hidden };
    await expect(read("aws_lambda_function", answers, STATE)).rejects.toThrow("AccessDeniedException: no");
  });

  it("shows no hash where state has none", async () => {
    const live = await read("aws_lambda_function", ANSWERS, { function_name: "acme-ingest" });
    expect(live).toMatchObject({ source_code_hash: undefined });
  });
});

describe("the reader of an event source mapping", () => {
  const STATE = { uuid: "u-1" };
  const mapping = (State: string) => ({
    GetEventSourceMapping: { EventSourceArn: "arn:q", FunctionArn: FUNCTION_ARN, State, BatchSize: 10 },
    ListTags: {},
  });

  it("shows the function by its name, whatever name state has for it", async () => {
    const expected = { function_name: "acme-ingest", event_source_arn: "arn:q", batch_size: 10 };
    const type = "aws_lambda_event_source_mapping";
    expect(await shown(type, mapping("Enabled"), Object.keys(expected), STATE)).toEqual(expected);
  });

  it.each([
    ["Enabled", true],
    ["Enabling", true],
    ["Disabled", false],
    ["Updating", undefined],
  ])("takes %s for %s", async (state, enabled) => {
    expect(await read("aws_lambda_event_source_mapping", mapping(state), STATE)).toMatchObject({ enabled });
  });
});

it("the reader of an event source mapping gives nothing when a key hides its filter", async () => {
  const hidden = {
    EventSourceArn: "arn:q",
    FilterCriteriaError: { ErrorCode: "AccessDeniedException", Message: "no" },
  };
  const answers = { GetEventSourceMapping: hidden, ListTags: {} };
  await expect(read("aws_lambda_event_source_mapping", answers, { uuid: "u-1" })).rejects.toThrow("not shown whole");
});

describe("the reader of a permission", () => {
  const TYPE = "aws_lambda_permission";
  const STATE = { function_name: "acme-ingest", statement_id: "TransferServerAsks" };
  const STATEMENT = {
    Sid: "TransferServerAsks",
    Effect: "Allow",
    Principal: { Service: "transfer.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: FUNCTION_ARN,
    Condition: {
      StringEquals: { "AWS:SourceAccount": "111122223333", "aws:PrincipalOrgID": "o-1" },
      ArnLike: { "AWS:SourceArn": "arn:server" },
    },
  };
  const policy = (statement: object) => ({
    GetPolicy: { Policy: JSON.stringify({ Statement: [{ Sid: "other" }, statement] }) },
  });

  it("shows the statement of its id", async () => {
    expect(await read(TYPE, policy(STATEMENT), STATE)).toMatchObject({
      function_name: "acme-ingest",
      action: "lambda:InvokeFunction",
      principal: "transfer.amazonaws.com",
      principal_org_id: "o-1",
      source_account: "111122223333",
      source_arn: "arn:server",
    });
  });

  it("shows a condition that was taken off as not set", async () => {
    const live = await read(TYPE, policy({ ...STATEMENT, Condition: {} }), STATE);
    expect(live).toMatchObject({ source_arn: undefined, source_account: undefined });
  });

  it("names function and qualifier as state does", async () => {
    const state = { ...STATE, function_name: FUNCTION_ARN, qualifier: "live" };
    const live = await read(TYPE, policy({ ...STATEMENT, Resource: `${FUNCTION_ARN}:live`, Principal: "*" }), state);
    expect(live).toMatchObject({ function_name: FUNCTION_ARN, qualifier: "live", principal: "*" });
  });

  it("takes a denial for no permission", async () => {
    expect(await read(TYPE, policy({ ...STATEMENT, Effect: "Deny" }), STATE)).toMatchObject({ action: undefined });
  });

  it.each([
    ["the statement is gone", policy({ Sid: "another" })],
    ["the function has no policy", { GetPolicy: named("ResourceNotFoundException") }],
  ])("says that it is not there when %s", async (_, answers) => {
    expect(await read(TYPE, answers, STATE)).toBeUndefined();
  });
});

it("the reader of a code signing configuration shows publishers and policy", async () => {
  const CodeSigningConfig = {
    CodeSigningConfigArn: "arn:csc",
    AllowedPublishers: { SigningProfileVersionArns: ["arn:p"] },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Warn" },
  };
  const answers = { GetCodeSigningConfig: { CodeSigningConfig }, ListTags: {} };
  expect(await read("aws_lambda_code_signing_config", answers, { arn: "arn:csc" })).toMatchObject({
    allowed_publishers: { signing_profile_version_arns: ["arn:p"] },
    policies: { untrusted_artifact_on_deployment: "Warn" },
  });
});

it("the reader of an invoke configuration shows where failures go", async () => {
  const found = { FunctionArn: `${FUNCTION_ARN}:$LATEST`, DestinationConfig: { OnFailure: { Destination: "arn:q" } } };
  const answers = { GetFunctionEventInvokeConfig: found };
  const live = await read("aws_lambda_function_event_invoke_config", answers, { function_name: "acme-ingest" });
  expect(live).toMatchObject({
    function_name: "acme-ingest",
    destination_config: { on_failure: { destination: "arn:q" } },
  });
});
