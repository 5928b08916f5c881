"""Village agents (代办员): who they are, and by which code they take numbers for others."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from server.catalogue.editing import Part, check_free
from server.filling import Filling, Name
from server.i18n import N_
from server.people.masking import mask_name
from server.people.models import VillageAgent
from server.problems import NotFound
from server.work import Work

LONGEST_CODE = 20


class VillageAgentForm(Filling):
    """An agent: the code that the desk types, the name, and for which village."""

    code: Annotated[Name, Field(max_length=LONGEST_CODE)]
    name: Name
    village: Name


def _read(_work: Work, agent: VillageAgent) -> VillageAgentForm:
    return VillageAgentForm(code=agent.code, name=agent.name, village=agent.village)


def _write(work: Work, agent: VillageAgent, form: VillageAgentForm) -> None:
    code = form.code.upper()
    check_free(work, agent, "code", VillageAgent.code == code, N_("这个编号已有代办员在用"))
    agent.code, agent.name, agent.village = code, form.name, form.village


VILLAGE_AGENT = Part(
    "village_agent",
    VillageAgent,
    VillageAgentForm,
    N_("没有这位代办员"),
    _read,
    _write,
    private=frozenset({"name"}),
)


def village_agents(work: Work) -> Sequence[VillageAgent]:
    """The hall's agents by code, those who have given it up last."""
    return work.session.scalars(
        select(VillageAgent)
        .where(VillageAgent.hall_id == work.hall_id)
        .order_by(VillageAgent.active.desc(), VillageAgent.code)
    ).all()


def use_village_agent(work: Work, agent_id: int, *, used: bool) -> None:
    """Let an agent act for others, or no longer; done again it changes nothing. Raises NotFound."""
    agent = VILLAGE_AGENT.find(work, agent_id)
    if agent.active is used:
        return
    agent.active = used
    work.audit("village_agent.use" if used else "village_agent.retire", f"village_agent:{agent.id}")


def agent_of_code(work: Work, code: str) -> VillageAgent:
    """The agent who gives this code. Raises NotFound."""
    agent = work.session.scalar(
        select(VillageAgent).where(
            VillageAgent.hall_id == work.hall_id,
            VillageAgent.code == code.strip().upper(),
            VillageAgent.active,
        )
    )
    if agent is None:
        raise NotFound(N_("没有这位代办员，请核对编号"))
    return agent


def agent_words(work: Work, agent_id: int | None) -> str:
    """An agent as others may see them: masked name, village and code; '' for none."""
    agent = work.session.get(VillageAgent, agent_id) if agent_id is not None else None
    return f"{mask_name(agent.name)} {agent.village} {agent.code}" if agent is not None else ""
