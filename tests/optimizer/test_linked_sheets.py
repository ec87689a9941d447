"""Style sheets and scripts outside a page: what they may ask for stays until they are read, and as they ask then."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import optimizer
from optimizer.passes.minify_script import minified
from optimizer.site.folder import read_folder
from optimizer.site.jobs import SiteOptions
from optimizer.site.linked import lighter_files
from optimizer.site.run import run_site

HEAD = b"<!doctype html><meta charset=utf-8><title>t</title>"
PAGE = HEAD + b"<link rel=stylesheet href=a.css><div class='one two'>\n<p>x\ny</p>\n</div>"


def lighter(page: bytes, *linked: bytes) -> bytes:
    return optimizer.optimize(page, level="max", linked=linked or None).optimized


@pytest.mark.parametrize(
    "link",
    [
        b"<link rel=stylesheet href=a.css>",
        b"<link rel='alternate STYLESHEET' href=a.css title=b>",
        b"<link rel=preload as=style href=a.css onload=\"this.rel='style'+'sheet'\">",
        b"<noscript><link rel=stylesheet href=a.css></noscript>",
        b"<style>@import 'a.css'</style>",
        b"<script>let l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'a'</script>",
    ],
)
def test_what_a_sheet_may_ask_for_stays_where_it_is_not_read(link: bytes) -> None:
    assert b"mine" in lighter(HEAD + link + b"<p class=mine>a")


def test_what_a_linked_sheet_asks_for_stays_and_the_rest_goes() -> None:
    result = lighter(PAGE, b".two{color:red}")

    assert b"class=two" in result
    assert b"one" not in result


def test_white_space_that_a_linked_sheet_keeps_stays() -> None:
    assert b"x\n\ny" in lighter(PAGE.replace(b"x\n", b"x\n\n"), b"p { white-space : pre-line }")
    assert b"x\n\ny" not in lighter(PAGE.replace(b"x\n", b"x\n\n"), b"p { color : red }")


def test_a_sheet_that_a_linked_one_imports_is_not_read() -> None:
    assert b"one" in lighter(PAGE, b"@import 'b.css';")


def test_a_linked_sheet_asks_for_animations_and_custom_properties() -> None:
    page = HEAD + b"<link rel=stylesheet href=a.css><style>p{--a:red}@keyframes k{to{color:red}}</style><p>x"

    result = lighter(page, b"p{color:var(--a);animation:k 1s}")

    assert b"--a:red" in result
    assert b"@keyframes k" in result


def test_a_script_that_is_not_parsed_stays() -> None:
    assert minified(b"let = = 1") is None
    assert minified(b"\xff") is None


def test_a_file_that_a_page_insists_on_by_its_hash_stays(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_bytes(b".never { color : red }")
    (tmp_path / "a.js").write_bytes(b"let  a  =  1 ;")
    pinned = b"<link rel=stylesheet href=a.css integrity=sha256-x><script src=a.js integrity=sha256-x></script>"
    for name, links in (("a.html", pinned), ("b.html", pinned.replace(b"integrity", b"data-i"))):
        (tmp_path / name).write_bytes(HEAD + links + b"<p>a")
    site = read_folder(tmp_path, 1_000_000)

    assert lighter_files(site, {page.url: page.received for page in site.pages}) == {}


def test_a_site_loses_what_neither_page_nor_sheet_nor_script_names(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (root / "a.css").write_bytes(b".two { color : red }\n.never { color : blue }\n")
    (root / "a.js").write_bytes(b"function add ( first , second ) { return first + second ; }\nadd ( 1 , 2 ) ;\n")
    (root / "a.html").write_bytes(PAGE)
    (root / "b.html").write_bytes(PAGE + b"<script src=a.js></script>")

    done = run_site(read_folder(root, 1_000_000), tmp_path / "out", SiteOptions("max", render=False))
    written = {each.path: each for each in done.assets}

    assert b"one" not in (tmp_path / "out" / "a.html").read_bytes()
    assert written["a.css"].after == b".two{color:red}"
    assert written["a.js"].after == b"function add(e,t){return e+t}add(1,2)"
    assert (
        json.loads(json.dumps(done.told()))["saved"]["after"] < json.loads(json.dumps(done.told()))["saved"]["before"]
    )


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_the_diff_makes_the_lighter_site_of_the_old_one_and_back(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "out"
    (root / "sub").mkdir(parents=True)
    (root / "a.css").write_bytes(b".two { color : red }\n.never { color : blue }\n")
    (root / "sub" / "a.html").write_bytes(PAGE.replace(b"a.css", b"../a.css") + b"\n<!-- two words -->")
    run_site(read_folder(root, 1_000_000), out, SiteOptions("max", render=False))
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    for words in (["-p1"], ["-p1", "-R"]):
        done = subprocess.run(
            ["patch", *words, "-d", str(root), "-i", str(out / "lightdom.diff"), "--binary"],
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stdout
        for path, content in before.items():
            wanted = content if "-R" in words else (out / path.relative_to(root)).read_bytes()
            assert path.read_bytes() == wanted
