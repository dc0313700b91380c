"""The roles of staff as the demo city has them, for rooms whose tests have no city."""

import yaml

from config.env import ROOT
from people import commands
from people.viewer import Viewer


def enter_roles() -> None:
    """Enters every role of fixtures/city/roles.yaml."""
    for row in yaml.safe_load((ROOT / "fixtures" / "city" / "roles.yaml").read_text("utf-8")):
        commands.enter_role(viewer=Viewer.system("tests"), **row)
