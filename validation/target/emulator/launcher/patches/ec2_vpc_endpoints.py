# SPDX-License-Identifier: Apache-2.0
"""A VPC endpoint keeps its policy, security groups and private DNS, at creation and when modified.

Source: EC2 API Reference, CreateVpcEndpoint, ModifyVpcEndpoint, VpcEndpoint (policyDocument, groupSet,
privateDnsEnabled); without a policy the endpoint has the one that allows everything.

Without it: IQ cannot read back the endpoint's policy, and terraform's second plan sets policy and groups again.
"""

import json
from xml.sax.saxutils import escape

_OPEN = json.dumps(
    {"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
)


def install(app) -> None:
    from ministack.services import ec2

    create, modify, fields = ec2._create_vpc_endpoint, ec2._modify_vpc_endpoint, ec2._vpce_fields_xml

    def create_vpc_endpoint(params):
        known = set(ec2._vpc_endpoints)
        answer = create(params)
        for endpoint_id in set(ec2._vpc_endpoints) - known:
            endpoint = ec2._vpc_endpoints[endpoint_id]
            endpoint["PolicyDocument"] = ec2._p(params, "PolicyDocument") or _OPEN
            endpoint["PrivateDnsEnabled"] = ec2._p(params, "PrivateDnsEnabled")
            endpoint["SecurityGroupIds"] = ec2._parse_member_list(params, "SecurityGroupId")
            return ec2._xml(200, "CreateVpcEndpointResponse", vpce_fields_xml(endpoint, tag="vpcEndpoint"))
        return answer

    def modify_vpc_endpoint(params):
        answer = modify(params)
        endpoint = ec2._vpc_endpoints.get(ec2._p(params, "VpcEndpointId"))
        if answer[0] == 200:
            removed = ec2._parse_member_list(params, "RemoveSecurityGroupId")
            groups = [group for group in endpoint.get("SecurityGroupIds", []) if group not in removed]
            endpoint["SecurityGroupIds"] = groups + ec2._parse_member_list(params, "AddSecurityGroupId")
            if ec2._p(params, "PrivateDnsEnabled"):
                endpoint["PrivateDnsEnabled"] = ec2._p(params, "PrivateDnsEnabled")
            if ec2._p(params, "ResetPolicy") == "true":
                endpoint["PolicyDocument"] = _OPEN
        return answer

    def vpce_fields_xml(endpoint, tag="item"):
        groups = "".join(
            f"<item><groupId>{group}</groupId></item>" for group in endpoint.get("SecurityGroupIds", [])
        )
        added = (
            f"<policyDocument>{escape(endpoint.get('PolicyDocument', _OPEN))}</policyDocument>"
            f"<groupSet>{groups}</groupSet>"
            f"<privateDnsEnabled>{endpoint.get('PrivateDnsEnabled') or 'false'}</privateDnsEnabled>"
        )
        head, end, tail = fields(endpoint, tag).rpartition(f"</{tag}>")
        return f"{head}{added}{end}{tail}"

    ec2._vpce_fields_xml = vpce_fields_xml
    ec2._create_vpc_endpoint = ec2._ACTION_MAP["CreateVpcEndpoint"] = create_vpc_endpoint
    ec2._modify_vpc_endpoint = ec2._ACTION_MAP["ModifyVpcEndpoint"] = modify_vpc_endpoint
