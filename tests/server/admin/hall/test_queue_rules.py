"""An administrator sets the queue's rules and is told what they come to."""

import html
import re

from server.queueing.lanes import Lane
from server.queueing.rules import Mixing
from server.queueing.settings import default_settings, queue_settings
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor

__all__ = ["site"]

PAGE = "/admin/hall/rules"
INPUT = re.compile(r'<input class="input" id="([\w-]+)" name="\1" type="text" value="([^"]*)"')
CHOSEN = re.compile(r'<select class="input" id="(\w+)".*?<option value="(\w+)" selected', re.DOTALL)
LINES = re.compile(r'<textarea class="input" id="(\w+)"[^>]*>(.*?)</textarea>', re.DOTALL)
MARK = re.compile(r'name="(seen)" value="(\w+)"')


def form_on(page: str) -> dict[str, str]:
    """What the page's form would send."""
    found = [pair for one in (INPUT, CHOSEN, LINES, MARK) for pair in one.findall(page)]
    return {name: html.unescape(value) for name, value in found}


def opened(admin: Visitor) -> dict[str, str]:
    return form_on(admin.look(PAGE).text)


def test_the_usual_rules_are_explained(site: Site) -> None:
    page = site.person("admin").look(PAGE).text
    assert "一轮里绿色通道 1 个、优先 1 个、预约 1 个、普通 2 个" in page
    assert "排在最前面的普通号最多被 6 个其他类的号超过" in page
    assert "按弃号处理" in page


def test_rules_hold_at_once(site: Site) -> None:
    admin = site.person("admin")
    form = {**opened(admin), "mixing": "weights", "weights-green": "2.5", "most_returns": "0"}
    assert admin.submit(PAGE, **form).status_code == 303
    with site.hall.work("admin") as work:
        now = queue_settings(work)
    assert (now.mixing, now.weights[Lane.GREEN], now.most_returns) == (Mixing.WEIGHTS, 2.5, 0)
    page = admin.look(PAGE).text
    assert "权重为绿色通道 2.5" in page
    assert "过号后不能回队" in page


def test_saving_what_is_shown_changes_nothing(site: Site) -> None:
    with site.hall.work("admin") as work:
        before = queue_settings(work)
    admin = site.person("admin")
    assert admin.submit(PAGE, **opened(admin)).status_code == 303
    with site.hall.work("admin") as work:
        assert queue_settings(work) == before


def test_a_number_out_of_bounds_is_said_at_its_field(site: Site) -> None:
    admin = site.person("admin")
    form = {
        **opened(admin),
        "shares-ordinary": "0",
        "calls_before_no_show": "两",
        "undo_seconds": "",
    }
    answer = admin.submit(PAGE, **form)
    assert answer.status_code == 422
    assert 'id="shares-ordinary-error">不能小于 1' in answer.text
    assert 'id="calls_before_no_show-error">请填写整数' in answer.text
    assert 'id="undo_seconds-error">请填写这一项' in answer.text


def test_a_new_reason_to_pause(site: Site) -> None:
    admin = site.person("admin")
    admin.submit(PAGE, **{**opened(admin), "pause_reasons": "短暂离开\n外出核验\n\n"})
    with site.hall.work("admin") as work:
        reasons = queue_settings(work).pause_reasons
    assert reasons == {"short_break": "短暂离开", "外出核验": "外出核验"}


def test_two_administrators_set_the_rules(site: Site) -> None:
    admin = site.person("admin")
    form = opened(admin)
    admin.submit(PAGE, **{**form, "undo_seconds": "20"})
    answer = admin.submit(PAGE, **{**form, "undo_seconds": "30"})
    assert (answer.status_code, "有人改过这一项" in answer.text) == (409, True)
    assert admin.submit(PAGE, **form_on(answer.text)).status_code == 303
    with site.hall.work("admin") as work:
        assert queue_settings(work).undo_seconds == 30


def test_the_usual_rules_come_back(site: Site) -> None:
    admin = site.person("admin")
    admin.submit(PAGE, **{**opened(admin), "undo_seconds": "20"})
    admin.submit(f"{PAGE}/restore")
    with site.hall.work("admin") as work:
        assert queue_settings(work) == default_settings()
