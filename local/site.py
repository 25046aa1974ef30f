"""The built pages, served as the edge would: compressed, revalidated, with a 404 page in the reader's language."""

import gzip
import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from werkzeug.http import generate_etag
from werkzeug.security import safe_join
from werkzeug.utils import get_content_type, redirect
from werkzeug.wrappers import Request, Response

from chalicelib.web.headers import kept, not_found_page

_WORTH_COMPRESSING = 256


@dataclass(frozen=True)
class _Page:
    body: bytes
    compressed: bytes | None
    type: str
    etag: str


class Site:
    """Answers from the files of its folders, the first that has one, and from nothing outside them."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response("This address is for reading.\n", status=405, headers={"Allow": "GET, HEAD"})
        file = self._file(request.path)
        if file is None or file.name == "404.html":
            return self._not_found(request)
        if file.is_dir():
            return redirect(f"{request.path}/", code=301)
        return _answer(request, file)

    def _file(self, path: str) -> Path | None:
        """The file of an address, or the folder when its closing slash is missing."""
        return next((file for folder in self._folders if (file := _inside(folder, path))), None)

    def _not_found(self, request: Request) -> Response:
        page = self._file(not_found_page(request.path)) or self._file("/404.html")
        if page is None:
            return Response("There is no such page.\n", status=404)
        response = _answer(request, page, conditional=False)
        response.status_code = 404
        return response


def _inside(folder: Path, path: str) -> Path | None:
    inside = safe_join(str(folder), path.lstrip("/"))
    if inside is None or "\0" in path:
        return None
    file = Path(inside, "index.html") if path.endswith("/") else Path(inside)
    try:
        return file if file.is_file() or (file / "index.html").is_file() else None
    except OSError:  # a name that no file system takes
        return None


def _answer(request: Request, file: Path, *, conditional: bool = True) -> Response:
    state = file.stat()
    page = _read(file, state.st_mtime_ns, state.st_size)
    zipped = page.compressed is not None and request.accept_encodings["gzip"] > 0
    response = Response(page.compressed if zipped else page.body, content_type=page.type)
    response.headers["Cache-Control"] = kept(request.path)
    response.last_modified = datetime.fromtimestamp(state.st_mtime, UTC)
    response.vary.add("Accept-Encoding")
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(page.etag + ("-gzip" if zipped else ""))
    return response.make_conditional(request) if conditional else response


@lru_cache(maxsize=1000)
def _read(file: Path, _changed: int, _size: int) -> _Page:
    body = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    compressed = gzip.compress(body, mtime=0) if len(body) >= _WORTH_COMPRESSING else b""
    worth_it = 0 < len(compressed) < 0.9 * len(body)
    return _Page(body, compressed if worth_it else None, get_content_type(kind, "utf-8"), generate_etag(body))
