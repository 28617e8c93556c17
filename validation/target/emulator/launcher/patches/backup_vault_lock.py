# SPDX-License-Identifier: Apache-2.0
"""A backup vault can be locked: it keeps the least and the longest retention and the date on which the lock closes, three
days from now at the earliest; without a date the lock can always be taken off.

Source: AWS Backup API Reference, PutBackupVaultLockConfiguration (ChangeableForDays, MinRetentionDays,
MaxRetentionDays), DeleteBackupVaultLockConfiguration, DescribeBackupVault (Locked, LockDate).

Without it: the call has no route, and a plan with a locked vault cannot be applied. That a closed lock refuses every
change is not imitated: no run lasts three days.
"""

import json

_DAY = 24 * 60 * 60


def install(app) -> None:
    from ministack.services import backup

    handle = backup.handle_request

    def put_lock(vault, body):
        days, least, longest = (body.get(n) for n in ("ChangeableForDays", "MinRetentionDays", "MaxRetentionDays"))
        if days is not None and days < 3:
            return backup._err("InvalidParameterValueException", "ChangeableForDays must be at least 3.")
        if least is not None and longest is not None and longest < least:
            return backup._err("InvalidParameterValueException", "MaxRetentionDays is less than MinRetentionDays.")
        delete_lock(vault)
        date = None if days is None else backup._epoch() + days * _DAY
        kept = {"LockDate": date, "MaxRetentionDays": longest, "MinRetentionDays": least}
        vault.update({name: value for name, value in kept.items() if value is not None}, Locked=True)
        return backup._no_content()

    def delete_lock(vault):
        for name in ("LockDate", "MaxRetentionDays", "MinRetentionDays"):
            vault.pop(name, None)
        vault["Locked"] = False
        return backup._no_content()

    async def handle_request(method, path, headers, body_bytes, query_params):
        parts = path.strip("/").split("/")
        if len(parts) != 3 or parts[::2] != ["backup-vaults", "vault-lock"] or method not in ("PUT", "DELETE"):
            return await handle(method, path, headers, body_bytes, query_params)
        vault = backup._vaults.get(parts[1])
        if vault is None:
            return backup._err("ResourceNotFoundException", f"Vault '{parts[1]}' not found.", 404)
        return put_lock(vault, json.loads(body_bytes or b"{}")) if method == "PUT" else delete_lock(vault)

    backup.handle_request = handle_request
