"""Makes the speech of the calls to come before they come."""

from collections.abc import Iterable
from itertools import chain, islice

from sqlalchemy import select

from server.catalogue.models import Hall
from server.catalogue.views import counters
from server.i18n import LANGUAGES
from server.queueing.speaking import labels_to_come
from server.voice.phrases import PROMPTS, call_sentence, prompt_sentence
from server.voice.settings import VoiceForm, voice_form
from server.voice.speech import Speech
from server.work import Workplace

ROUND_SECONDS = 1.0
MOST_LABELS = 60
# Then it looks again who waits: new numbers go before sentences of other languages.
PARTS_A_ROUND = 4


class SpeechAhead:
    """Call `look` again and again; each round makes what is missing, softly and in the background.

    A call is its number and its counter: each part is made once, whatever they are joined to.
    """

    def __init__(self, workplace: Workplace, speech: Speech) -> None:
        self._workplace = workplace
        self._speech = speech

    def look(self) -> int:
        """One round over all halls; how many parts were made."""
        if self._speech.natural is None:
            return 0
        with self._workplace.database.read() as session:
            halls = list(session.scalars(select(Hall.id).order_by(Hall.id)))
        return sum(self._prepare(hall_id) for hall_id in halls)

    def _prepare(self, hall_id: int) -> int:
        with self._workplace.read(hall_id) as work:
            form = voice_form(work)
            labels = labels_to_come(work, MOST_LABELS)
            numbers = [counter.number for counter in counters(work)]
        made = chain.from_iterable(
            self._speech.prepare(
                _sentences(labels, numbers, language, form), language, form.manner(language)
            )
            for language in LANGUAGES
        )
        return sum(1 for _part in islice(made, PARTS_A_ROUND))


def _sentences(
    labels: list[str], numbers: list[int], language: str, form: VoiceForm
) -> Iterable[str]:
    """Sentences in which every number and every counter is said once, then the kiosk's."""
    first_number, first_label = (numbers or [1])[0], (labels or ["A001"])[0]
    calls = chain(
        ((label, first_number) for label in labels), ((first_label, one) for one in numbers)
    )
    spoken = (call_sentence(label, one, language, yao=form.yao) for label, one in calls)
    return chain(spoken, (prompt_sentence(screen, language) for screen in PROMPTS))
