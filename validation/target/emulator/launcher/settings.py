# SPDX-License-Identifier: Apache-2.0
"""What MiniStack reads from its environment, set by the launcher alone."""

import os
import secrets
import string

# MiniStack reads most of these while it is imported, so they are set first.
_FIXED = {
    "AUTH": "true",
    "BIND_HOST": "127.0.0.1",
    "CLOUDTRAIL_RECORDING": "1",
    "IOT_MTLS_ENABLED": "0",
    "LOG_LEVEL": "WARNING",
    "MINISTACK_HOST": "127.0.0.1",
    "PERSIST_STATE": "0",
    "S3_PERSIST": "0",
    "SFTP_ENABLED": "0",
    "SFTP_HOST": "127.0.0.1",
    "USE_SSL": "1",
}
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


def root_credentials() -> dict[str, str]:
    """A root key of this run only: MiniStack's well-known root keys are closed by the patch `root_key`."""
    alphabet = string.ascii_uppercase + "234567"
    return {
        "accessKeyId": "AKIA" + "".join(secrets.choice(alphabet) for _ in range(16)),
        "secretAccessKey": secrets.token_urlsafe(30),
    }


def apply(
    account_id: str, region: str, port: int, run_dir: str, root: dict[str, str], tls: tuple[str, str, str]
) -> None:
    """Replaces the whole environment: nothing of the user's shell (AWS_*, proxies, PYTHON*) reaches the emulator."""
    ca_file, leaf_file, key_file = tls
    temporary = os.path.join(run_dir, "tmp")
    os.makedirs(temporary, mode=0o700, exist_ok=True)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(_FIXED)
    os.environ.update(
        {
            "AWS_ACCESS_KEY_ID": root["accessKeyId"],
            "AWS_CA_BUNDLE": ca_file,
            "AWS_SECRET_ACCESS_KEY": root["secretAccessKey"],
            "GATEWAY_PORT": str(port),
            "HOME": run_dir,
            "MINISTACK_ACCOUNT_ID": account_id,
            "MINISTACK_REGION": region,
            "MINISTACK_SSL_CERT": leaf_file,
            "MINISTACK_SSL_KEY": key_file,
            "NODE_EXTRA_CA_CERTS": ca_file,
            "TMPDIR": temporary,
        }
    )
