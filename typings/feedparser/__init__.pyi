from collections.abc import Mapping, Sequence
from typing import BinaryIO

class FeedParserDict(dict[str, object]):
    entries: Sequence[Mapping[str, object]]
    version: str

def parse(
    url_file_stream_or_string: BinaryIO,
    *,
    response_headers: Mapping[str, str] = ...,
    sanitize_html: bool = ...,
    resolve_relative_uris: bool = ...,
) -> FeedParserDict: ...
