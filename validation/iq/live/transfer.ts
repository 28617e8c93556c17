// SPDX-License-Identifier: Apache-2.0
import {
  type DescribedServer,
  DescribeServerCommand,
  ListTagsForResourceCommand,
  type WorkflowDetail,
} from "@aws-sdk/client-transfer";
import type { ServiceClients } from "./clients";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";
import { vpcEndpoint } from "./vpc-endpoints";

/** A transfer server. Its host key is never read: the service shows the fingerprint only. */
const server: LiveReader = {
  calls: ["transfer:DescribeServer", "ec2:DescribeVpcEndpoints"],
  reads: [
    "domain",
    "protocols",
    "protocol_details.as2_transports",
    "protocol_details.passive_ip",
    "protocol_details.set_stat_option",
    "protocol_details.tls_session_resumption_mode",
    "endpoint_type",
    "endpoint_details.address_allocation_ids",
    "endpoint_details.security_group_ids",
    "endpoint_details.subnet_ids",
    "endpoint_details.vpc_endpoint_id",
    "endpoint_details.vpc_id",
    "identity_provider_type",
    "directory_id",
    "function",
    "invocation_role",
    "sftp_authentication_methods",
    "url",
    "logging_role",
    "structured_log_destinations",
    "security_policy_name",
    "certificate",
    "pre_authentication_login_banner",
    "post_authentication_login_banner",
    "s3_storage_options.directory_listing_optimization",
    "workflow_details.on_upload.execution_role",
    "workflow_details.on_upload.workflow_id",
    "workflow_details.on_partial_upload.execution_role",
    "workflow_details.on_partial_upload.workflow_id",
    "tags",
    "tags_all",
  ],
  async read(resource, clients) {
    const command = new DescribeServerCommand({ ServerId: identity(resource, "id") });
    const found = (await unless(clients.transfer.send(command), "ResourceNotFoundException"))?.Server;
    if (!found) return undefined;
    const { IdentityProviderDetails: provider, ProtocolDetails: protocol, WorkflowDetails: workflows } = found;
    return {
      domain: found.Domain,
      protocols: found.Protocols,
      protocol_details: {
        as2_transports: protocol?.As2Transports,
        passive_ip: protocol?.PassiveIp,
        set_stat_option: protocol?.SetStatOption,
        tls_session_resumption_mode: protocol?.TlsSessionResumptionMode,
      },
      endpoint_type: found.EndpointType,
      endpoint_details: await endpointDetails(found, clients),
      identity_provider_type: found.IdentityProviderType,
      directory_id: provider?.DirectoryId,
      function: provider?.Function,
      invocation_role: provider?.InvocationRole,
      sftp_authentication_methods: provider?.SftpAuthenticationMethods,
      url: provider?.Url,
      logging_role: found.LoggingRole,
      structured_log_destinations: found.StructuredLogDestinations,
      security_policy_name: found.SecurityPolicyName,
      certificate: found.Certificate,
      pre_authentication_login_banner: found.PreAuthenticationLoginBanner,
      post_authentication_login_banner: found.PostAuthenticationLoginBanner,
      s3_storage_options: { directory_listing_optimization: found.S3StorageOptions?.DirectoryListingOptimization },
      workflow_details: {
        on_upload: workflows?.OnUpload?.map(workflowOf),
        on_partial_upload: workflows?.OnPartialUpload?.map(workflowOf),
      },
      // tags of AWS's own hold the server's host name, aws_transfer_tag
      ...tagsOf(found.Tags?.filter(({ Key }) => !Key?.startsWith("aws:"))),
    };
  },
};

/** The endpoint's security groups are those of its VPC endpoint (Transfer Family API, EndpointDetails). */
async function endpointDetails({ EndpointDetails: details }: DescribedServer, clients: ServiceClients) {
  const endpoint = details?.VpcEndpointId ? await vpcEndpoint(details.VpcEndpointId, clients) : undefined;
  return {
    address_allocation_ids: details?.AddressAllocationIds,
    security_group_ids: endpoint?.Groups?.map(({ GroupId }) => GroupId),
    subnet_ids: details?.SubnetIds,
    vpc_endpoint_id: details?.VpcEndpointId,
    vpc_id: details?.VpcId,
  };
}

function workflowOf({ ExecutionRole, WorkflowId }: WorkflowDetail) {
  return { execution_role: ExecutionRole, workflow_id: WorkflowId };
}

/** A tag with a resource of its own: that is how a server is given its host name. */
const tag: LiveReader = {
  calls: ["transfer:ListTagsForResource"],
  reads: ["resource_arn", "key", "value"],
  async read(resource, { transfer }) {
    const [Arn, key] = [identity(resource, "resource_arn"), identity(resource, "key")];
    const answer = allPages(async (NextToken) => {
      const page = await transfer.send(new ListTagsForResourceCommand({ Arn, NextToken }));
      return { items: page.Tags ?? [], next: page.NextToken };
    });
    const found = (await unless(answer, "ResourceNotFoundException"))?.find(({ Key }) => Key === key);
    return found && { resource_arn: Arn, key: found.Key, value: found.Value };
  },
};

export const TRANSFER_READERS = { aws_transfer_server: server, aws_transfer_tag: tag } as const;
