"""One data folder has one server."""

from tests.faults.installation import Installation
from tests.faults.serving import Serving
from tests.services.children import Children
from tests.services.waiting import wait_until

REFUSED = 1


def test_a_second_server_on_the_same_folder_is_refused(
    serving: Serving, children: Children, installation: Installation
) -> None:
    serving.start()
    serving.wait_until_ready()
    second = Serving(children, installation)
    second.start()
    second.supervisor.wait_for_output("Another server is using")
    wait_until(lambda: second.supervisor.exit_code == REFUSED, "the second server's end")
    assert serving.supervisor.exit_code is None


def test_the_folder_is_free_as_soon_as_its_server_was_killed(serving: Serving) -> None:
    serving.start()
    serving.wait_until_ready()
    serving.cut_power()
    serving.start()
    serving.wait_until_ready()
