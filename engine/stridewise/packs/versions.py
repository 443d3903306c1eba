"""Does a version satisfy what a pack requires of the engine, or of another pack? As PEP 440 compares them: `>=0.2, <1`."""

from stridewise import __version__


def check_engine(required: str, version: str = __version__) -> None:
    """Raises ValueError where an engine of this version does not satisfy the clauses, or they cannot be read."""
    if not satisfies(required, version):
        raise ValueError(f'needs an engine "{required}", this is stridewise {version}; install another engine or pack')


def satisfies(required: str, version: str) -> bool:
    """Does a version satisfy all clauses? Raises ValueError where they, or the version, cannot be read."""
    from packaging.specifiers import InvalidSpecifier, Specifier  # not for a start from compiled packs
    from packaging.version import InvalidVersion, Version

    clauses = []
    for clause in filter(None, map(str.strip, required.split(","))):
        try:
            clauses.append(Specifier(clause))
        except InvalidSpecifier as wrong:
            raise ValueError(f'expected comparisons of versions such as ">=0.2, <1", found "{clause}"') from wrong
    try:
        found = Version(version)
    except InvalidVersion as wrong:
        raise ValueError(f'"{version}" is no version such as 1.2.0, so it cannot be compared') from wrong
    return all(clause.contains(found, prereleases=True) for clause in clauses)
