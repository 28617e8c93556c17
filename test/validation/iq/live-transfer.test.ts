// SPDX-License-Identifier: Apache-2.0
import { named, read, shown } from "./fake-clients";

const server = {
  ServerId: "s-1",
  Domain: "S3",
  Protocols: ["SFTP"],
  ProtocolDetails: { SetStatOption: "ENABLE_NO_OP" },
  EndpointType: "VPC",
  EndpointDetails: {
    VpcId: "vpc-1",
    VpcEndpointId: "vpce-1",
    SubnetIds: ["subnet-1"],
    AddressAllocationIds: ["eipalloc-1"],
  },
  IdentityProviderType: "AWS_LAMBDA",
  IdentityProviderDetails: { Function: "arn:f", SftpAuthenticationMethods: "PUBLIC_KEY" },
  LoggingRole: "arn:r",
  StructuredLogDestinations: ["arn:g:*"],
  SecurityPolicyName: "TransferSecurityPolicy-2025-03",
  HostKeyFingerprint: "SHA256:x",
  WorkflowDetails: { OnPartialUpload: [{ WorkflowId: "w-1", ExecutionRole: "arn:w" }] },
  Tags: [
    { Key: "GxP", Value: "true" },
    { Key: "aws:transfer:customHostname", Value: "sftp.example.org" },
  ],
};
const endpoint = { DescribeVpcEndpoints: { VpcEndpoints: [{ Groups: [{ GroupId: "sg-1" }], State: "available" }] } };

describe("the reader of transfer servers", () => {
  it("shows a server in the provider's attributes, its security groups from its VPC endpoint", async () => {
    const expected = {
      protocols: ["SFTP"],
      "protocol_details.set_stat_option": "ENABLE_NO_OP",
      "endpoint_details.vpc_id": "vpc-1",
      "endpoint_details.subnet_ids": ["subnet-1"],
      "endpoint_details.security_group_ids": ["sg-1"],
      "endpoint_details.address_allocation_ids": ["eipalloc-1"],
      identity_provider_type: "AWS_LAMBDA",
      function: "arn:f",
      sftp_authentication_methods: "PUBLIC_KEY",
      invocation_role: undefined,
      logging_role: "arn:r",
      structured_log_destinations: ["arn:g:*"],
      security_policy_name: "TransferSecurityPolicy-2025-03",
      "workflow_details.on_partial_upload.workflow_id": "w-1",
      "workflow_details.on_upload.workflow_id": undefined,
      tags: { GxP: "true" },
    };
    const answers = { DescribeServer: { Server: server }, ...endpoint };
    expect(await shown("aws_transfer_server", answers, Object.keys(expected))).toEqual(expected);
  });

  it("takes no security groups for granted where the endpoint may not be read", async () => {
    await expect(read("aws_transfer_server", { DescribeServer: { Server: server } })).rejects.toThrow("AccessDenied");
  });

  it("shows a server without a VPC endpoint", async () => {
    const outside = { ...server, EndpointType: "PUBLIC", EndpointDetails: undefined };
    const paths = ["endpoint_type", "endpoint_details.vpc_id"];
    const shownOutside = await shown("aws_transfer_server", { DescribeServer: { Server: outside } }, paths);
    expect(shownOutside).toEqual({ endpoint_type: "PUBLIC", "endpoint_details.vpc_id": undefined });
  });

  it("says that a server is not there", async () => {
    expect(await read("aws_transfer_server", { DescribeServer: named("ResourceNotFoundException") })).toBeUndefined();
  });
});

describe("the reader of a server's tags", () => {
  it("shows the value of the tag that state names", async () => {
    const Tags = [
      { Key: "other", Value: "1" },
      { Key: "acme", Value: "2" },
    ];
    const shownTag = await shown("aws_transfer_tag", { ListTagsForResource: { Tags } }, ["key", "value"]);
    expect(shownTag).toEqual({ key: "acme", value: "2" });
  });

  it("says that a tag is not there", async () => {
    expect(await read("aws_transfer_tag", { ListTagsForResource: { Tags: [] } })).toBeUndefined();
    expect(await read("aws_transfer_tag", { ListTagsForResource: named("ResourceNotFoundException") })).toBeUndefined();
  });
});
