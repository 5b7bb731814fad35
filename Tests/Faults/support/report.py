"""What came of one test."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """The outcome of a test; without failures it has passed, unless it was skipped."""

    name: str
    kills: int = 0
    failures: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0
    notes: str = ""

    def check(self, holds: bool, complaint: str) -> bool:
        if not holds:
            self.failures.append(complaint)
        return holds
