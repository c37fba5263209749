"""A small HTTP client on one keep-alive connection, and what it reads from /metrics. In Python: a GET is one send and a few reads."""
import gzip
import socket

DEVICES = 8
LAST_CHUNK = b"0\r\n\r\n"  # RFC 9112, 7.1
# One family of the fast lane and one of the slow lane: a scrape is complete when both have swept all devices.
COMPLETE = ('forewarn_device_up{', 'forewarn_device_power_watts{', 'forewarn_device_row_remap_pending{')


class Connection:
    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray(4 * 1024 * 1024)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    @staticmethod
    def request(path, packed=False):
        encoding = "Accept-Encoding: gzip\r\n" if packed else ""
        return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{encoding}\r\n".encode()

    def exchange(self, request):
        """Sends a request and reads its whole answer: (status and headers, body as it came), views of a buffer that is used again."""
        self._socket.sendall(request)
        view, have, end, length = memoryview(self._buffer), 0, -1, 0
        while end < 0 or not self._is_whole(have, end, length):
            count = self._socket.recv_into(view[have:])
            if count == 0:
                raise ConnectionError("the agent closed the connection")
            have += count
            if end < 0 and (end := self._buffer.find(b"\r\n\r\n", 0, have)) >= 0:
                end += 4
                length = self._length(bytes(view[:end]))
        return view[:end], view[end:have]

    def _is_whole(self, have, end, length):
        return have >= end + length if length is not None else self._buffer.endswith(LAST_CHUNK, end, have)

    @staticmethod
    def _length(head):
        """None for an answer in chunks."""
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                return int(value)
            if name.lower() == b"transfer-encoding":
                return None
        raise ConnectionError("an answer of unknown length")

    def get(self, path, packed=False):
        head, body = self.exchange(self.request(path, packed))
        if not bytes(head).startswith(b"HTTP/1.1 200 "):
            raise ConnectionError(bytes(head).split(b"\r\n")[0].decode())
        return gzip.decompress(body) if packed else bytes(body)


class Metrics:
    def __init__(self, body):
        self.lines = [line for line in body.decode().splitlines() if not line.startswith("#")]

    def value(self, family, **labels):
        wanted = [f'{name}="{value}"' for name, value in labels.items()]
        for line in self.lines:
            if line.startswith((family + "{", family + " ")) and all(word in line for word in wanted):
                return float(line.rpartition(" ")[2])
        raise KeyError(f"no {family} with {labels} in /metrics")

    def labels(self, family, label):
        """What that label is in each series of the family."""
        return [line.partition(f'{label}="')[2].partition('"')[0] for line in self.lines if line.startswith(family + "{")]

    def sweeps(self):
        return self.value("forewarn_source_sweep_duration_seconds_count", source="nvml", group="fast")

    def allocated(self, process):
        return self.value("forewarn_process_allocated_bytes_total", process=process)


def is_complete(metrics):
    up = [line for line in metrics.lines if line.startswith(COMPLETE[0]) and line.endswith(" 1")]
    return len(up) == DEVICES and all(sum(line.startswith(family) for line in metrics.lines) == DEVICES for family in COMPLETE[1:])
