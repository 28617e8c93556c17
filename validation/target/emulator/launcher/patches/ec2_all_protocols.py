# SPDX-License-Identifier: Apache-2.0
"""A rule of a security group that is for all protocols has no ports, whatever ports the call names.

Source: EC2 API Reference, IpPermission (IpProtocol -1: "traffic on all ports is allowed, regardless of any port range
you specify").

Without it: terraform takes a new group's open egress rule away with ports 0 to 0, nothing matches, and the group stays
open.
"""


def install(app) -> None:
    from ministack.services import ec2

    parse = ec2._parse_ip_permissions

    def parse_ip_permissions(params, prefix):
        rules = parse(params, prefix)
        for rule in rules:
            if rule["IpProtocol"] == "-1":
                rule.pop("FromPort", None)
                rule.pop("ToPort", None)
        return rules

    ec2._parse_ip_permissions = parse_ip_permissions
