"""The table of reports, claim by claim."""

import pytest

from server.printing.states import MOST_ATTEMPTS, REPORTS, JobState, accepts, after_attempt

ALL = [(present, reported) for present in JobState for reported in JobState]


@pytest.mark.parametrize(("present", "reported"), ALL)
def test_only_the_tables_reports_and_repetitions_are_taken(
    present: JobState, reported: JobState
) -> None:
    assert accepts(present, reported) == (present is reported or (present, reported) in REPORTS)


def test_nothing_makes_an_uncertain_job_wait_again() -> None:
    assert not accepts(JobState.UNCERTAIN, JobState.QUEUED)


@pytest.mark.parametrize(
    ("state", "attempt", "made"),
    [
        (JobState.QUEUED, MOST_ATTEMPTS - 1, JobState.QUEUED),
        (JobState.QUEUED, MOST_ATTEMPTS, JobState.FAILED),
        (JobState.PRINTED, MOST_ATTEMPTS, JobState.PRINTED),
    ],
)
def test_a_job_does_not_go_back_to_the_queue_for_ever(
    state: JobState, attempt: int, made: JobState
) -> None:
    assert after_attempt(state, attempt) is made
