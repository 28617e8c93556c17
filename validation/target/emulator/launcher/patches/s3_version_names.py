# SPDX-License-Identifier: Apache-2.0
"""A listing of versions gives the names of keys URL-encoded to who asks for it: some signs of a key have no place in XML.

Source: Amazon S3 API Reference, ListObjectVersions (encoding-type, EncodingType and the elements that it encodes).

Without it: names come as they are, whoever asks: nothing shows that a reader decodes `+` and `%` of a key rightly, and a
stricter reader of XML than the SDK of today refuses the whole listing for one control character.
"""

import re
from urllib.parse import quote
from xml.sax.saxutils import unescape

_NAMES = re.compile(r"<(Prefix|Delimiter|KeyMarker|NextKeyMarker|Key)>(.*?)</\1>", re.S)


def _encoded(found: re.Match) -> str:
    return f"<{found[1]}>{quote(unescape(found[2]), safe='/')}</{found[1]}>"


def install(app) -> None:
    from ministack.services import s3

    plain = s3._list_object_versions

    def list_object_versions(bucket_name, query_params):
        answer = plain(bucket_name, query_params)
        if answer[0] != 200 or s3._qp(query_params, "encoding-type", "") != "url":
            return answer
        status, headers, body = answer
        text = _NAMES.sub(_encoded, body.decode())
        told = text.replace("</MaxKeys>", "</MaxKeys><EncodingType>url</EncodingType>", 1)
        return status, headers, told.encode()

    s3._list_object_versions = list_object_versions
