"""
Serves a saved scrape through Debian's python3-prometheus-client; serving.py starts it: python_client.py PORT FILE.

A custom collector hands over families that were built once, before the first scrape: what is measured is the library's own rendering and
its own web server, and none of the work by which an exporter would come by its values. It is the least that a Python exporter can take.
"""
import pathlib
import signal
import sys

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.parser import text_string_to_metric_families


class Saved:
    def __init__(self, path):
        self._families = list(text_string_to_metric_families(pathlib.Path(path).read_text()))

    def collect(self):
        return self._families


registry = CollectorRegistry(auto_describe=False)
registry.register(Saved(sys.argv[2]))
start_http_server(int(sys.argv[1]), addr="127.0.0.1", registry=registry)
signal.pause()
