"""``kg view --endpoint``: every network, drawn from a server byte for byte as from the dataset, which stays there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import resources
from kg.cli import main
from kg.cli.view import command
from kg.engine import Embedded
from kg.engine.endpoint import Endpoint
from kg.errors import DataError, EndpointError, ParameterError, UsageError
from kg.templates import catalogue
from tests.servers import Answer, fake, oxigraph, served

NETWORKS = sorted(catalogue(resources.root("queries") / "networks"))
FORMS = ["html", "json"]  # the one has the caption with the sources, the other all that is known of each claim


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, shipped_engine: Embedded) -> Iterator[Endpoint]:
    """The shipped dataset on a server."""
    with served(request.param, shipped_engine.quads()) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def oxigraph_address(shipped_engine: Embedded) -> Iterator[str]:
    with served("oxigraph", shipped_engine.quads()) as endpoint:
        yield endpoint.address


def view(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@cache
def _here(folder: Path, *arguments: str) -> bytes:
    return view(*arguments, "--dataset", str(folder)).stdout_bytes


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NETWORKS)
def test_the_bytes_are_those_of_the_embedded_engine(
    name: str, form: str, server: Endpoint, shipped_folder: Path
) -> None:
    arguments = (name, "--format", form, "--lang", "zh", "--out", "-")
    there = view(*arguments, "--endpoint", server.address).stdout_bytes
    assert len(there) > 1000
    assert there == _here(shipped_folder, *arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["zones_compared", "one=晋城经开区", "other=盂县经开区", "--format", "json"],
        ["entity_surroundings", "entity=qinghuadaxue", "--format", "csv", "--lang", "en"],
        ["zones_and_universities", "--metrics", "all", "--lang", "en"],
    ],
)
def test_parameters_and_measures_are_the_same_too(
    arguments: list[str], server: Endpoint, shipped_folder: Path
) -> None:
    there = view(*arguments, "--endpoint", server.address).stdout_bytes
    assert there == _here(shipped_folder, *arguments)
    assert there.strip()


def test_a_file_is_written_and_counted(oxigraph_address: str, tmp_path: Path) -> None:
    result = view("--endpoint", oxigraph_address, "--lang", "zh", "--out", str(tmp_path / "page.html"))
    assert (tmp_path / "page.html").stat().st_size > 100_000
    assert "39 个节点，35 条连线" in result.stderr


def test_a_store_in_a_directory_is_a_dataset_too(shipped_folder: Path, tmp_path: Path) -> None:
    Embedded.create(tmp_path / "store", shipped_folder)
    assert view("collaborations", "--format", "csv", "--dataset", str(tmp_path / "store")).stdout_bytes == _here(
        shipped_folder, "collaborations", "--format", "csv"
    )


def test_what_is_wrong_is_said(oxigraph_address: str) -> None:
    with pytest.raises(UsageError, match="either a dataset or an endpoint"):
        view("--endpoint", oxigraph_address, "--dataset", "x")
    with pytest.raises(UsageError):
        view("--endpoint", "no address")
    with pytest.raises(EndpointError, match="cannot be reached"):
        view("--endpoint", "http://127.0.0.1:1/sparql")
    with pytest.raises(ParameterError, match="nowhere"):
        view("zones_compared", "one=nowhere", "--endpoint", oxigraph_address)
    with pytest.raises(ParameterError, match="no parameter"):
        view("collaborations", "one=x", "--endpoint", "http://127.0.0.1:1/sparql")
    with oxigraph() as empty, pytest.raises(DataError, match="holds nothing"):
        view("--endpoint", empty + "/query")


def test_the_environment_says_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZONEKG_ENDPOINT_TOKEN", "a-token")
    with fake(Answer("no", status=401, media_type="text/plain")) as server:
        with pytest.raises(EndpointError):
            view("--endpoint", server.address)
        assert server.asked[0].headers["authorization"] == "Bearer a-token"


@pytest.mark.parametrize(("arguments", "code"), [([], 3), (["--timeout", "0.5"], 6)])
def test_the_exit_codes_are_those_of_queries(
    arguments: list[str], code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    fine = Answer('{"head": {"vars": []}, "results": {"bindings": []}}')
    slow = Answer('{"head": {}, "boolean": true}', slow=30)
    broken = Answer("<html>hello</html>", media_type="text/html")
    with fake(fine, slow if arguments else broken) as server:
        assert main(["view", "--endpoint", server.address, *arguments]) == code
    assert "error: " in capfd.readouterr().err
