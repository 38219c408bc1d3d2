"""Stop an upload that is larger than what is read, while it still arrives."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitedUpload(FileUploadHandler):
    """Count the bytes of each file and leave the rest of one that is too large unwritten.

    It stands before the handlers that keep files, and sets ``upload_too_large`` on the request.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.most_bytes:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    @property
    def most_bytes(self) -> int:
        """What is read of a file at this address: documents' limit, or one of its own."""
        match = getattr(self.request, "resolver_match", None)
        name = match.view_name if match is not None else ""
        return int(settings.UPLOAD_MAX_BYTES.get(name, settings.DOCUMENT_MAX_BYTES))

    def file_complete(self, file_size: int) -> None:
        return None
