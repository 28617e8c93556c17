# SPDX-License-Identifier: Apache-2.0
"""A service-linked role has the description that it was created with, and none when none was given.

Source: IAM API Reference, CreateServiceLinkedRole (Description: optional).

Without it: the role reads back with a description of the emulator's own, and terraform's second plan takes it away.
"""


def install(app) -> None:
    from ministack.services import iam

    create = iam._create_service_linked_role

    def create_service_linked_role(params):
        before = set(iam._roles)
        answer = create(params)
        made = set(iam._roles) - before
        if answer[0] != 200 or len(made) != 1:
            return answer
        (name,) = made
        iam._roles[name]["Description"] = iam._p(params, "Description") or ""
        body = f"<CreateServiceLinkedRoleResult><Role>{iam._role_xml(name)}</Role></CreateServiceLinkedRoleResult>"
        return iam._xml(200, "CreateServiceLinkedRoleResponse", body, ns="iam")

    iam._IAM_HANDLERS["CreateServiceLinkedRole"] = create_service_linked_role
