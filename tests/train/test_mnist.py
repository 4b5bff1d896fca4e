import gzip
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from digitpad.core.errors import InputError
from train import mnist
from train.sources import load

CONTENT = np.random.default_rng(1).bytes(700_000)
PACKED = gzip.compress(CONTENT)
FILES = {"digits": hashlib.sha256(CONTENT).hexdigest()}


class Mirror(BaseHTTPRequestHandler):
    """Serves ``digits.gz`` under /good/, understanding ranges; damaged under /bad/.

    Under /short/ it breaks off half-way without a word.
    """

    ranges: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        body = b"damaged" if self.path == "/bad/digits.gz" else PACKED
        if self.path not in {"/good/digits.gz", "/bad/digits.gz", "/short/digits.gz"}:
            self.send_error(404)
            return
        start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        self.ranges.append(self.headers["Range"])
        if start >= len(body):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        end = len(body) // 2 if self.path == "/short/digits.gz" else len(body)
        self.wfile.write(body[start:end])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setattr(mnist, "folder", lambda: tmp_path / "cache")
    Mirror.ranges = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def test_the_second_mirror_is_tried_and_what_came_is_checked(server: str, tmp_path: Path) -> None:
    told = list(mnist.fetch([f"{server}/none/", f"{server}/bad/", f"{server}/good/"], FILES))
    assert gzip.decompress((tmp_path / "cache" / "digits.gz").read_bytes()) == CONTENT
    assert told[-1].endswith("100 %")
    assert list(mnist.fetch([], FILES)) == []


def test_a_broken_download_is_gone_on_with(server: str, tmp_path: Path) -> None:
    part = tmp_path / "cache" / "digits.gz.part"
    part.parent.mkdir()
    part.write_bytes(PACKED[:500_000])
    list(mnist.fetch([f"{server}/good/"], FILES))
    assert Mirror.ranges == ["bytes=500000-"]
    assert not part.exists()


def test_what_breaks_off_without_a_word_is_gone_on_with(server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be downloaded") as caught:
        list(mnist.fetch([f"{server}/short/"], FILES))
    assert "broke off" in caught.value.details
    list(mnist.fetch([f"{server}/good/"], FILES))
    assert Mirror.ranges == ["bytes=0-", f"bytes={len(PACKED) // 2}-"]
    assert gzip.decompress((tmp_path / "cache" / "digits.gz").read_bytes()) == CONTENT


def test_without_a_network_it_says_so(server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be downloaded"):
        list(mnist.fetch([f"{server}/bad/", "http://127.0.0.1:9/"], FILES))
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_word_mnist_stands_for_its_folder(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_DATA", str(data_folder))
    assert [p.name for p in load([Path("mnist")]).pictures] == ["t10k", "train"]
