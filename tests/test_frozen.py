"""What a frozen build does before anything else."""

import os
import sys

import pytest

from digitpad import frozen


@pytest.mark.skipif(sys.platform != "linux", reason="a Linux matter")
def test_other_programs_get_their_own_library_path_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    frozen.restore_library_path()
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/theirs")
    frozen.restore_library_path()
    assert os.environ["LD_LIBRARY_PATH"] == "/theirs"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_a_choice_of_certificates_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/chosen")
    frozen.name_certificates()
    assert os.environ["SSL_CERT_FILE"] == "/chosen"


def test_missing_streams_lead_to_the_pipes(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    frozen.open_missing_streams()
    print("sieben \N{GREEK SMALL LETTER PI}", flush=True)
    assert capfd.readouterr().out == "sieben \N{GREEK SMALL LETTER PI}\n"
