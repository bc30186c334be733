"""A TCP proxy in this process that does to the line what lines do: cuts, swallowed answers, black holes, half lines."""

import contextlib
import selectors
import socket
import threading
import time


class Proxy:
    """Forwards one port of loopback to another until told otherwise.

    ``hole``: both ways vanish (True) or one of them (``up``, ``down``). ``half_open``: the server's end is gone, the desk's
    end of the line stays open and is silent, as after a machine slept. ``closed``: nobody is let in. ``rate``: bytes a second
    each way, None as fast as it goes; ``through``: bytes that came down.
    """

    def __init__(self, port, rate=None):
        self.target, self.rate, self.through = port, rate, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        if rate:  # a slow line does not swallow a megabyte at once
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_192)
        self.port = self.listener.getsockname()[1]
        self.up_left = self.down_left = None
        self.swallow = self.hole = self.closed = self.half_open = False
        self.cuts = 0
        self._over = False
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def cut_after(self, *, up=None, down=None):
        """Cut the line once so many more bytes went up to the server or down to the desk."""
        self.up_left, self.down_left = up, down

    def swallow_answer(self):
        """Let the next request through and cut the line when its answer begins: the answer is lost, the work is done."""
        self.swallow = True

    def heal(self):
        """Let everything through again."""
        self.up_left = self.down_left = None
        self.swallow = self.hole = self.closed = self.half_open = False

    def stop(self):
        self._over = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._thread.join(5)
        self.listener.close()

    def _accept(self):
        while not self._over:
            desk, _ = self.listener.accept()
            if self._over or self.closed:
                desk.close()
                continue
            threading.Thread(target=self._serve, args=(desk,), daemon=True).start()

    def _serve(self, desk):
        with contextlib.suppress(OSError), contextlib.closing(desk):
            server = socket.create_connection(("127.0.0.1", self.target))
            with contextlib.closing(server), selectors.DefaultSelector() as both:
                both.register(desk, selectors.EVENT_READ, (server, True))
                both.register(server, selectors.EVENT_READ, (desk, False))
                armed = False
                while not self._over:
                    for key, _ in both.select(0.2):
                        other, up = key.data
                        if self.half_open and not self.hole:
                            both.unregister(server)
                            server.close()
                            self._silent(desk)
                            return
                        if self.hole is True or self.hole == ("up" if up else "down"):
                            if not key.fileobj.recv(65536):
                                return
                            continue
                        data = key.fileobj.recv(max(256, self.rate // 20) if self.rate else 65536)
                        if not data:
                            return
                        if self.rate:
                            time.sleep(len(data) / self.rate)
                        self.through += 0 if up else len(data)
                        if up and self.swallow:
                            armed = True
                        elif not up and armed:
                            self.swallow = False
                            self.cuts += 1
                            return
                        left = self.up_left if up else self.down_left
                        if left is not None:
                            data, left = data[:left], left - len(data)
                            if up:
                                self.up_left = max(0, left)
                            else:
                                self.down_left = max(0, left)
                        if data:
                            other.sendall(data)
                        if left is not None and left <= 0:
                            self.cuts += 1
                            return

    def _silent(self, desk):
        """Read what the desk says and say nothing, until it gives up."""
        with contextlib.suppress(OSError):
            while desk.recv(65536):
                pass
