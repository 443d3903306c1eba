"""The journal of a batch opens wherever it was cut, counts only what is whole, and has one owner."""

import hashlib
from pathlib import Path

import pytest

from stridewise.batch.journal import BusyError, Done, Journal
from stridewise.batch.worker import file_digest


def done(name: str, sha256: str = "x") -> Done:
    return Done(name, "p", "", "", "ready", "", sha256)


def test_a_journal_that_was_cut_anywhere_still_opens(tmp_path: Path) -> None:
    """Whatever byte was the last to be written: whole lines count, the rest is written again."""
    plans = [b'{"a":1}\n', '{"ä":"\u2028"}\n'.encode(), b"{}\n"]
    with Journal(tmp_path / "whole", {"as_of": "today"}) as journal:
        for number, plan in enumerate(plans):
            journal.add(done(str(number), hashlib.sha256(plan).hexdigest()), plan)
    content = (tmp_path / "whole" / "journal").read_bytes()
    for cut in range(len(content) + 1):
        (tmp_path / "whole" / "journal").write_bytes(content[:cut])
        with Journal(tmp_path / "whole", {"as_of": "today"}) as journal:
            kept = list(journal.done)
            assert kept == ["0", "1", "2"][: len(kept)]
            for number in range(len(kept), 3):
                journal.add(done(str(number), hashlib.sha256(plans[number]).hexdigest()), plans[number])
            assert list(journal.plans(iter("2105"))) == [plans[2], plans[1], plans[0]]
        assert (tmp_path / "whole" / "journal").read_bytes() == content


@pytest.mark.parametrize("spoilt", [b"x", b"{}\n", b"[]\n", b'{"name":1}\tx\n', b"\xff\t\n", b"\n"])
def test_a_spoilt_journal_counts_as_never_written(tmp_path: Path, spoilt: bytes) -> None:
    """From the first line that is none of ours."""
    with Journal(tmp_path / "j", {}) as journal:
        journal.add(done("a"))
    with (tmp_path / "j" / "journal").open("ab") as file:
        file.write(spoilt)
    with Journal(tmp_path / "j", {}) as journal:
        assert list(journal.done) == ["a"]
    with Journal(tmp_path / "j", {"other": 1}) as journal:
        assert not journal.done


def test_two_batches_do_not_share_an_output(tmp_path: Path) -> None:
    """The second one is refused while the first one runs."""
    pytest.importorskip("fcntl")
    with Journal(tmp_path / "j", {}), pytest.raises(BusyError):
        Journal(tmp_path / "j", {})
    with Journal(tmp_path / "j", {}) as journal:
        journal.remove()
    assert not (tmp_path / "j").exists()


def test_only_the_owner_reads_the_journal(tmp_path: Path) -> None:
    """It holds health data while the batch runs."""
    with Journal(tmp_path / "j", {}):
        assert (tmp_path / "j").stat().st_mode & 0o077 == 0
        assert (tmp_path / "j" / "journal").stat().st_mode & 0o077 == 0


def test_a_folder_has_another_digest_where_a_file_in_it_changed(tmp_path: Path) -> None:
    """A log may be a folder of files of a watch: a batch that goes on must see a new one."""
    (tmp_path / "runs").mkdir()
    digests = {file_digest(tmp_path / "runs")}
    for name, content in (("a.tcx", "1"), ("b.tcx", "1"), ("a.tcx", "2")):
        (tmp_path / "runs" / name).write_text(content)
        digests.add(file_digest(tmp_path / "runs"))
    assert len(digests) == 4
    assert file_digest(tmp_path / "none") == ""
