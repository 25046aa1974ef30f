"""What stands in the way of a start is said in one sentence."""

import socket
import subprocess
from pathlib import Path

import pytest

from tests.service import Service, launch

pytestmark = pytest.mark.engine


def refusal(process: "subprocess.Popen[str]", data_dir: Path) -> str:
    with process:
        assert process.wait(timeout=20) == 1
    said = (data_dir.parent / f"{data_dir.name}.log").read_text("utf-8")
    assert said.count("\n") == 1
    assert said.endswith(".\n")
    return said


def test_a_busy_port_is_named(data_dir: Path, site: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        said = refusal(launch(data_dir, port=port, site=site), data_dir)

    assert f"Port {port} is in use" in said


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, site: Path) -> None:
    (tmp_path / "file").touch()

    process = launch(tmp_path / "file" / "data", site=site, log=tmp_path / "said.log")

    assert f"{tmp_path / 'file' / 'data'} cannot be written" in refusal(process, tmp_path / "said")


def test_a_missing_site_is_named(data_dir: Path, tmp_path: Path) -> None:
    said = refusal(launch(data_dir, site=tmp_path / "nothing"), data_dir)

    assert "There is no built site" in said
    assert not data_dir.exists()


def test_a_second_service_on_the_same_folder_learns_the_address_of_the_first(
    service: Service, site: Path, tmp_path: Path
) -> None:
    process = launch(service.data_dir, site=site, log=tmp_path / "said.log")

    assert f"is in use by the service at {service.url}." in refusal(process, tmp_path / "said")
    assert service.get("/").ok


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])
def test_only_loopback_is_served(host: str, data_dir: Path, site: Path) -> None:
    assert f"HOST {host} is not a loopback address" in refusal(launch(data_dir, host=host, site=site), data_dir)


def test_localhost_by_name_is_served(data_dir: Path, site: Path) -> None:
    with launch(data_dir, host="localhost", site=site) as process:
        assert process.stdout
        welcome = process.stdout.readline() + process.stdout.readline()
        process.terminate()
        process.stdout.read()

    assert "http://localhost:" in welcome
    assert process.returncode == 0
