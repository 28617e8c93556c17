# SPDX-License-Identifier: Apache-2.0
"""A Transfer Family server keeps what it was created and updated with; its addresses change only while it is offline; a
VPC server gets an interface endpoint with its subnets and security groups.

Source: Transfer Family API Reference, CreateServer, UpdateServer, DescribedServer, EndpointDetails (security groups
are read from the VPC endpoint), TagResource.

Without it: DescribeServer forgets logging role, security policy, log destinations, endpoint and identity provider;
UpdateServer, which terraform needs for Elastic IPs, is unknown; a second plan is never empty.
"""

import json

KEPT = (
    "Certificate",
    "EndpointDetails",
    "EndpointType",
    "IdentityProviderDetails",
    "IpAddressType",
    "LoggingRole",
    "PostAuthenticationLoginBanner",
    "PreAuthenticationLoginBanner",
    "ProtocolDetails",
    "Protocols",
    "S3StorageOptions",
    "SecurityPolicyName",
    "StructuredLogDestinations",
    "WorkflowDetails",
)
_DEFAULTS = {
    "IpAddressType": "IPV4",
    "ProtocolDetails": {"PassiveIp": "AUTO", "SetStatOption": "DEFAULT", "TlsSessionResumptionMode": "ENFORCED"},
    "S3StorageOptions": {"DirectoryListingOptimization": "DISABLED"},
    "SecurityPolicyName": "TransferSecurityPolicy-2018-11",
    "StructuredLogDestinations": [],
}
_MERGED = ("EndpointDetails", "IdentityProviderDetails", "ProtocolDetails")


def install(app) -> None:
    from ministack.core.responses import get_account_id, get_region, json_response
    from ministack.services import ec2, transfer

    create, describe, delete, handle = (
        transfer._create_server,
        transfer._describe_server,
        transfer._delete_server,
        transfer.handle_request,
    )

    def keep(server, data):
        for name in KEPT:
            if name in data:
                merged = {**(server.get(name) or {}), **data[name]} if name in _MERGED else data[name]
                server[name] = merged

    def interface_endpoint(server):
        details = server.get("EndpointDetails") or {}
        if server["EndpointType"] != "VPC" or not details.get("VpcId"):
            return
        endpoint_id = details.setdefault("VpcEndpointId", f"vpce-{server['ServerId'][2:]}")
        ec2._vpc_endpoints[endpoint_id] = {
            "SecurityGroupIds": details.get("SecurityGroupIds", []),
            # from here on ModifyVpcEndpoint alone changes them
            **(ec2._vpc_endpoints.get(endpoint_id) or {}),
            "OwnerId": get_account_id(),
            "RouteTableIds": [],
            "ServiceName": f"com.amazonaws.{get_region()}.transfer.server",
            "State": "available",
            "SubnetIds": details.get("SubnetIds", []),
            "VpcEndpointId": endpoint_id,
            "VpcEndpointType": "Interface",
            "VpcId": details["VpcId"],
        }

    async def create_server(data):
        answer = await create(data)
        if answer[0] == 200:
            server = transfer._servers[json.loads(answer[2])["ServerId"]]
            server.update(json.loads(json.dumps(_DEFAULTS)))
            keep(server, data)
            interface_endpoint(server)
        return answer

    def unknown(data):
        return transfer._error("ResourceNotFoundException", f"Unknown server: {data.get('ServerId')}", 400)

    def update_server(data):
        server = transfer._servers.get(data.get("ServerId", ""))
        if server is None:
            return unknown(data)
        changed = data.get("EndpointDetails") or {}
        if server["State"] != "OFFLINE" and changed.keys() & {"AddressAllocationIds", "SubnetIds", "VpcId"}:
            return transfer._error("ConflictException", "Server must be OFFLINE to change addresses or subnets", 400)
        keep(server, data)
        interface_endpoint(server)
        return json_response({"ServerId": server["ServerId"]})

    def describe_server(data):
        answer = describe(data)
        if answer[0] != 200:
            return answer
        server, out = transfer._servers[data["ServerId"]], json.loads(answer[2])["Server"]
        out.update({name: server[name] for name in (*KEPT, "HostKeyFingerprint") if server.get(name) is not None})
        if out.get("EndpointDetails"):
            hidden = ("SecurityGroupIds",)  # AWS shows them on the VPC endpoint only
            out["EndpointDetails"] = {k: v for k, v in out["EndpointDetails"].items() if k not in hidden}
        return json_response({"Server": out})

    async def delete_server(data):
        server = transfer._servers.get(data.get("ServerId", "")) or {}
        answer = await delete(data)
        if answer[0] == 200:
            ec2._vpc_endpoints.pop((server.get("EndpointDetails") or {}).get("VpcEndpointId"), None)
        return answer

    def tagged(arn):
        found = [s for s in transfer._servers.values() if s["Arn"] == arn]
        found += [u for u in transfer._users.values() if u["Arn"] == arn]
        return found[0] if found else None

    def tag_resource(action, data):
        resource = tagged(data.get("Arn", ""))
        if resource is None:
            return transfer._error("ResourceNotFoundException", f"Unknown resource: {data.get('Arn')}", 400)
        if action == "ListTagsForResource":
            return json_response({"Arn": data["Arn"], "Tags": resource.get("Tags") or []})
        gone = set(data.get("TagKeys") or []) | {tag["Key"] for tag in data.get("Tags") or []}
        kept = [tag for tag in resource.get("Tags") or [] if tag["Key"] not in gone]
        resource["Tags"] = kept + list(data.get("Tags") or [])
        return json_response({})

    async def handle_request(method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        if action == "UpdateServer":
            return update_server(json.loads(body))
        if action in ("TagResource", "UntagResource", "ListTagsForResource"):
            return tag_resource(action, json.loads(body))
        return await handle(method, path, headers, body, query_params)

    transfer._create_server, transfer._describe_server = create_server, describe_server
    transfer._delete_server, transfer.handle_request = delete_server, handle_request
