"""What an agent's speaker is to say next, and the sound of it."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel

from server.agents.routes import AGENTS
from server.devices.speakers import speaker_options
from server.edge.access import access
from server.edge.context import context, writing
from server.edge.openapi import a_file
from server.edge.speech import spoken_call
from server.queueing.speaking import next_to_speak
from server.voice.settings import volume_now

blueprint = APIBlueprint("agent_speakers", __name__, url_prefix="/api/agent")


class Announcement(BaseModel):
    """A call to be spoken now, in these languages one after the other, at so many per cent."""

    id: int
    languages: list[str]
    volume: int


@blueprint.post("/speakers/<row:device_id>/next")
@access(AGENTS)
@blueprint.output(Announcement)
@blueprint.doc(responses=[204, 404])
def next_call(device_id: int) -> Any:
    """Take the speaker's next call; it counts as spoken. 204 when none is to be heard."""
    with writing() as work:
        languages = speaker_options(work, device_id).languages.split("+")
        fresh = timedelta(seconds=context().settings.announcement_fresh_seconds)
        call = next_to_speak(work, device_id, fresh)
        volume = volume_now(work)
        if call is None or volume == 0:
            return Response(status=204)
        return Announcement(id=call.id, languages=languages, volume=volume)


@blueprint.get("/calls/<row:call_id>/voice.wav")
@access(AGENTS)
@blueprint.doc(responses=a_file("audio/wav"))
def voice(call_id: int) -> Response:
    """The spoken call; 404 when the hall's machine has no voice, and the chime must do."""
    return spoken_call(call_id)
