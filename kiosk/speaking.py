"""What the kiosk says on its screens."""

from apiflask import APIBlueprint
from flask import Response

from server.devices.models import DeviceKind
from server.edge.access import access, allow
from server.edge.context import reading
from server.edge.language import language
from server.edge.openapi import a_file
from server.edge.speech import spoken
from server.people.models import Role
from server.voice.phrases import PROMPTS, prompt_sentence
from server.voice.settings import voice_form

blueprint = APIBlueprint("kiosk_speaking", __name__)

LISTENERS = allow(DeviceKind.KIOSK, Role.GUIDANCE_DESK)
ANY_SCREEN = ", ".join(f'"{name}"' for name in PROMPTS)


@blueprint.get(f"/api/kiosk/prompts/<any({ANY_SCREEN}):screen>.wav")
@access(LISTENERS)
@blueprint.doc(responses=a_file("audio/wav"))
def prompt(screen: str) -> Response:
    """The sentence of a screen; 404 where the machine has no voice."""
    with reading() as work:
        form = voice_form(work)
    return spoken(prompt_sentence(screen, language()), form, language())
