# SPDX-License-Identifier: Apache-2.0
"""S3 as one session may use it: signed requests through the emulator's own application, so that identity, session,
bucket and key policies, versioning, Object Lock and events all apply.

Source: Transfer Family User Guide, "Data encryption in Amazon S3" (uploads need kms:GenerateDataKey and kms:Decrypt),
"Read and write access"; S3 API Reference for each call.
"""

import asyncio
import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from .role_session import RoleCredentials
from .scope import start_apart

PART_BYTES = 8 * 1024 * 1024
# Transfer calls S3 from addresses of AWS, never from the vendor's: a policy on aws:SourceIp must not see the client.
_SERVICE_ADDRESS = "192.0.2.1"
_XML = "{http://s3.amazonaws.com/doc/2006-03-01/}"


class Denied(Exception):
    """S3 or KMS refused the session."""


class Missing(Exception):
    """There is no such object or bucket."""


class Failed(Exception):
    """Any other answer."""


@dataclass(frozen=True)
class Listed:
    key: str
    size: int


class Storage:
    def __init__(self, credentials: RoleCredentials, region: str, application, host: str):
        self._credentials, self._region, self._application, self._host = credentials, region, application, host

    async def _call(self, method, bucket, key="", query=None, body=b"", headers=None):
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        path = f"/{bucket}/{key}" if key else f"/{bucket}"
        url = f"https://{self._host}{quote(path, safe='/~-._')}"
        url += "?" + urlencode(query, quote_via=quote) if query else ""
        request = AWSRequest(method, url, data=body, headers=dict(headers or {}))
        secret = Credentials(self._credentials.access_key, self._credentials.secret_key, self._credentials.token)
        S3SigV4Auth(secret, "s3", self._region).add_auth(request)
        prepared = request.prepare()
        sent = {name.lower(): value for name, value in prepared.headers.items()}
        sent.update({"host": self._host, "content-length": str(len(body))})
        raw_path, _, raw_query = prepared.url.removeprefix(f"https://{self._host}").partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": raw_path.encode(),
            "query_string": raw_query.encode(),
            "headers": [(name.encode(), _bytes(value)) for name, value in sent.items()],
            "scheme": "https",
            "client": (_SERVICE_ADDRESS, 1),
            "server": (self._host, 443),
            "extensions": {},
        }
        return await start_apart(_exchange(self._application, scope, body))

    async def _ask(self, *arguments, **options):
        status, headers, body = await self._call(*arguments, **options)
        if status == 403 or (status == 400 and b"<Code>KMS." in body):
            raise Denied(_message(body) or "Access Denied")
        if status == 404:
            raise Missing(_message(body) or "Not Found")
        if status >= 300:
            raise Failed(f"{status} {_message(body)}")
        return headers, body

    async def begin(self, bucket: str, key: str) -> str:
        """Starts an upload; the right to write is asked here, as on AWS when the file is opened."""
        _, body = await self._ask("POST", bucket, key, {"uploads": ""})
        return ElementTree.fromstring(body).findtext(f"{_XML}UploadId") or ""

    async def finish(self, bucket: str, key: str, upload: str, content) -> str:
        """Sends what the file holds in parts and completes the upload; gives the ETag."""
        parts, number = [], 1
        content.seek(0)
        while (part := content.read(PART_BYTES)) or number == 1:
            checksum = {"content-md5": base64.b64encode(hashlib.md5(part).digest()).decode()}
            query = {"partNumber": str(number), "uploadId": upload}
            headers, _ = await self._ask("PUT", bucket, key, query, part, checksum)
            parts.append(f"<Part><PartNumber>{number}</PartNumber><ETag>{headers.get('etag', '')}</ETag></Part>")
            number += 1
        body = f"<CompleteMultipartUpload>{''.join(parts)}</CompleteMultipartUpload>".encode()
        _, answer = await self._ask("POST", bucket, key, {"uploadId": upload}, body)
        root = ElementTree.fromstring(answer)
        if root.tag.endswith("Error"):
            raise Failed(root.findtext("Message") or "upload not completed")
        return (root.findtext(f"{_XML}ETag") or "").strip('"')

    async def give_up(self, bucket: str, key: str, upload: str) -> None:
        await self._ask("DELETE", bucket, key, {"uploadId": upload})

    async def read(self, bucket: str, key: str) -> bytes:
        _, body = await self._ask("GET", bucket, key)
        return body

    async def size(self, bucket: str, key: str) -> int:
        headers, _ = await self._ask("HEAD", bucket, key)
        return int(headers.get("content-length", 0))

    async def list(self, bucket: str, prefix: str, delimiter: str = "/", most: int = 1000):
        """Folders and objects below a prefix."""
        query = {"list-type": "2", "prefix": prefix, "max-keys": str(most)}
        if delimiter:
            query["delimiter"] = delimiter
        folders, objects = [], []
        while True:
            _, body = await self._ask("GET", bucket, "", query)
            root = ElementTree.fromstring(body)
            folders += [item.findtext(f"{_XML}Prefix") or "" for item in root.iter(f"{_XML}CommonPrefixes")]
            for item in root.iter(f"{_XML}Contents"):
                objects.append(Listed(item.findtext(f"{_XML}Key") or "", int(item.findtext(f"{_XML}Size") or 0)))
            following = root.findtext(f"{_XML}NextContinuationToken")
            if not following or len(objects) >= most:
                return folders, objects
            query["continuation-token"] = following

    async def make_folder(self, bucket: str, key: str) -> None:
        await self._ask("PUT", bucket, key.rstrip("/") + "/", None, b"")

    async def copy(self, bucket: str, key: str, to_bucket: str, to_key: str) -> None:
        await self._ask("PUT", to_bucket, to_key, None, b"", {"x-amz-copy-source": quote(f"/{bucket}/{key}")})

    async def delete(self, bucket: str, key: str) -> None:
        await self._ask("DELETE", bucket, key)


def _bytes(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


async def _exchange(application, scope, body: bytes):
    status, headers, chunks, sent = 0, {}, [], False

    async def receive():
        nonlocal sent
        if sent:
            await asyncio.sleep(3600)
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update({name.decode().lower(): value.decode() for name, value in message["headers"]})
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    await application(scope, receive, send)
    return status, headers, b"".join(chunks)


def _message(body: bytes) -> str:
    try:
        return ElementTree.fromstring(body).findtext("Message") or ""
    except ElementTree.ParseError:
        return ""
