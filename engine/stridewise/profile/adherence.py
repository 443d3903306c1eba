"""How much of what was planned has been done since the visit before."""

from decimal import Decimal

from stridewise.profile.reader import Reader

PERCENT = Decimal(100)


def work_out_adherence(reader: Reader) -> None:
    """The share of planned strength sessions that were done, in percent; nothing where it is not recorded."""
    since = reader.sections.since_last
    if since is None or since.sessions_done is None or not since.of:
        return
    places = (reader.place(reader.line("since_last.sessions_done")),)
    reader.work_out("adherence", (since.sessions_done * PERCENT / since.of).to_integral_value(), places)
