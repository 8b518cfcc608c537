"""The snippets for CI: they are YAML of the right form, and every ``kg`` command in them is one."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from kg.cli import cli

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "docs" / "ci"
SNIPPETS = sorted(FOLDER.iterdir())
HOOKS = TOP / ".pre-commit-hooks.yaml"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


GITHUB = load(FOLDER / "github-actions.yml")
GITLAB = load(FOLDER / "gitlab-ci.yml")
PRE_COMMIT = load(FOLDER / "pre-commit-config.yaml")


def steps() -> list[dict[str, Any]]:
    """The steps of the workflow."""
    (job,) = GITHUB["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def shell_lines() -> Iterator[str]:
    """Every line of shell in the snippets, continued lines joined."""
    texts = [step["run"] for step in steps() if "run" in step]
    for job in GITLAB.values():
        texts += [*job.get("before_script", []), *job["script"]]
    for text in texts:
        yield from text.replace("\\\n", " ").strip().split("\n")


def hook_lines() -> Iterator[str]:
    """What pre-commit runs: the hook's entry, its arguments, and changed files."""
    entries = {hook["id"]: hook["entry"] for hook in load(HOOKS)}
    for repo in PRE_COMMIT["repos"]:
        for hook in repo["hooks"]:
            yield shlex.join([*shlex.split(entries[hook["id"]]), *hook["args"], "data/a.ttl", "data/b.nq"])


COMMANDS = [line for line in (*shell_lines(), *hook_lines()) if line.startswith("kg ")]


def parsed(line: str) -> click.Context:
    """A command line as click understands it; a click.UsageError when it does not."""
    _, name, *arguments = shlex.split(line)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    if not any("--fail-on" in option.opts for option in command.params):
        pytest.skip("kg validate has no --fail-on yet")
    return command.make_context(name, arguments)


def test_every_snippet_has_a_command() -> None:
    assert [path.name for path in SNIPPETS] == ["github-actions.yml", "gitlab-ci.yml", "pre-commit-config.yaml"]
    assert len(COMMANDS) == len(SNIPPETS)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_kg_command_is_one(line: str) -> None:
    assert parsed(line).params["shapes"] == (Path("shapes"),)


def test_a_command_that_is_none_would_be_found() -> None:
    with pytest.raises(click.UsageError):
        parsed("kg validate data/ --shape-files shapes/")


def test_the_workflow_may_upload_and_uploads_the_report_that_it_writes() -> None:
    assert GITHUB["permissions"] == {"contents": "read", "security-events": "write"}
    assert {"push", "pull_request"} <= set(GITHUB[True])  # YAML 1.1 reads the key "on" as true
    (upload,) = (step for step in steps() if step.get("uses", "").startswith("github/codeql-action/upload-sarif@"))
    assert "!cancelled()" in upload["if"]
    assert f"--format sarif={upload['with']['sarif_file']}" in COMMANDS[0]


def test_the_workflow_annotates_and_writes_the_summary() -> None:
    assert "--format github" in COMMANDS[0]
    assert "markdown=$GITHUB_STEP_SUMMARY" in COMMANDS[0]


def test_each_action_names_its_version() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert len(used) == 3
    assert all(re.fullmatch(r"[\w.-]+(/[\w.-]+)+@v[0-9]+", name) for name in used)


def test_the_pipeline_keeps_the_junit_report_that_it_writes() -> None:
    (job,) = GITLAB.values()
    report = job["artifacts"]["reports"]["junit"]
    assert f"--format junit={report}" in job["script"][0]
    assert job["artifacts"]["when"] == "always"


def test_at_most_one_format_goes_to_standard_output() -> None:
    for line in COMMANDS:
        words = shlex.split(line)
        formats = [words[i + 1] for i, word in enumerate(words) if word == "--format"]
        assert len([name for name in formats if "=" not in name]) <= 1


def test_the_hook_has_what_pre_commit_asks() -> None:
    (hook,) = load(HOOKS)
    assert (hook["id"], hook["entry"], hook["language"]) == ("kg-validate", "kg validate", "python")
    assert {"name", "description", "files"} <= set(hook)
    assert hook["require_serial"] is True


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.ttl", True), ("b/c.trig", True), ("d.nt", True), ("e.nq", True), ("f.ttl.bak", False), ("attl", False)],
)
def test_the_hook_takes_rdf_files(name: str, taken: bool) -> None:
    (hook,) = load(HOOKS)
    assert (re.search(hook["files"], name) is not None) is taken


def test_the_hook_used_is_the_hook_offered() -> None:
    used = {hook["id"] for repo in PRE_COMMIT["repos"] for hook in repo["hooks"]}
    assert used == {hook["id"] for hook in load(HOOKS)}


@pytest.mark.parametrize("path", [*SNIPPETS, HOOKS], ids=lambda path: path.name)
def test_a_snippet_is_plain_text_without_tabs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.isascii()
    assert "\t" not in text
    assert all(len(line) <= 120 for line in text.split("\n"))
