// SPDX-License-Identifier: Apache-2.0
// A CDKTF app for the tests of `part11 plan`: small stacks, most of Terraform's built-in provider only.
const { App, DataResource, LocalBackend, TerraformOutput, TerraformStack } = require("cdktf");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { DataAwsCallerIdentity } = require("@cdktf/provider-aws/lib/data-aws-caller-identity");
const { S3Bucket } = require("@cdktf/provider-aws/lib/s3-bucket");

const app = new App();
const context = (name) => app.node.tryGetContext(name) ?? null;

const builtin = new TerraformStack(app, "builtin");
new DataResource(builtin, "context", {
  input: {
    environment: context("part11:environment"),
    target: context("part11:target"),
    settings: context("part11:settings"),
    endpoint: context("part11:emulatorEndpoint"),
    own: context("own"),
    accessKey: process.env.AWS_ACCESS_KEY_ID ?? null,
  },
});
new DataResource(builtin, "second", { input: "second" });
new TerraformOutput(builtin, "part11_plan_summary", { value: "irreversible: 3 TB-years" }).overrideLogicalId(
  "part11_plan_summary",
);

const halfway = new TerraformStack(app, "halfway");
new LocalBackend(halfway, { path: "terraform.tfstate" });
const first = new DataResource(halfway, "first", { input: "applied" });
new DataResource(halfway, "broken", {
  dependsOn: [first],
  provisioners: [{ type: "local-exec", command: "echo no space left >&2; exit 7" }],
});

const slow = new TerraformStack(app, "slow");
new DataResource(slow, "waits", {
  provisioners: [{ type: "local-exec", command: `echo $$ > "$PID_FILE"; exec sleep 120` }],
});

const aws = new TerraformStack(app, "aws");
new AwsProvider(aws, "aws", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
  skipCredentialsValidation: true,
  skipMetadataApiCheck: "true",
});
new S3Bucket(aws, "bucket", { bucket: "part11-fixture-bucket" });
new TerraformOutput(aws, "account", { value: new DataAwsCallerIdentity(aws, "caller").accountId }).overrideLogicalId(
  "account",
);

app.synth();
