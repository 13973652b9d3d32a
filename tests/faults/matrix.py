"""matrix.tsv as a table: see there what the columns mean. The documents are made from it, too."""
import dataclasses
import pathlib

FILE = pathlib.Path(__file__).resolve().parent / "matrix.tsv"


@dataclasses.dataclass(frozen=True)
class Row:
    step: str
    call: str
    errno: str  # one or more, between blanks
    verdict: str
    reason: str

    @property
    def label(self) -> str:
        """The call without how often it fails and after what."""
        return self.call.split(", ")[0]

    @property
    def each_time(self) -> bool:
        return self.call.endswith(", each time")

    @property
    def after(self) -> tuple:
        """(label, errno) of a fault that comes first, or nothing."""
        words = self.call.partition(", after ")[2].rsplit(" ", 1)
        return tuple(words) if len(words) == 2 else ()

    def verdict_for(self, start: str) -> str:
        """Of one start; empty where it is not defined."""
        usual, *others = self.verdict.split("; ")
        special = dict(other.split(": ") for other in others)
        return special.get(start, usual).strip("-")


def read(path=FILE, row=Row) -> list:
    """The rows of a table with comments above its head."""
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    names = [field.name for field in dataclasses.fields(row)]
    if lines[0].split("\t") != names:
        raise ValueError(f"{path}: the head is not {names}")
    return [row(*line.split("\t")) for line in lines[1:]]
