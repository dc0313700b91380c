"""A relay or a consumer of the tests' house as a process, to be killed: `python -m tests.broker.process ROLE`."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the setup

from bus.consumer import RabbitConsumer  # noqa: E402
from bus.rabbit import RabbitPublisher  # noqa: E402
from bus.receiving import Receiver  # noqa: E402
from bus.relay import Relay  # noqa: E402
from bus.retries import retry  # noqa: E402
from bus.table import DESK  # noqa: E402
from config.stopping import stop_on_signal  # noqa: E402
from tests.bus.house import House  # noqa: E402

house = House()
stop = stop_on_signal()
if sys.argv[1] == "relay":
    publisher = RabbitPublisher(settings.BROKER_URL)
    Relay(publisher).run(stop)
    publisher.close()
else:
    consumer = RabbitConsumer(
        settings.BROKER_URL, house.queues, idle=lambda: retry(house.table), stop=stop
    )
    consumer.consume([*house.table.groups(), DESK], Receiver(house.table).receive)
