"""Scaffolding until the real server's fixtures land: the protocol's answers kept in memory, every body on every case."""

import json
import uuid

from liaison_app.domain.events import ENCODER, Founded, Stamped
from liaison_app.domain.records import ActHeader, entry_id
from liaison_app.security import chain
from liaison_app.store.journal import HEADER
from liaison_app.sync.items import Item, Page
from liaison_app.sync.link import Answer


class Reference:
    def __init__(self, roster):
        self.epoch = str(uuid.uuid4())
        self.feeds = {"district": []}
        self.chains = {}
        self.devices = {}
        self.streams = {}
        self.acts = {}
        self.leases = {}
        self.top = 0
        self._found(roster)

    def _found(self, roster):
        act_id, device = str(uuid.uuid4()), str(uuid.uuid4())
        event = Founded(
            founding="member",
            mechanism="M1",
            profile="M1@1",
            district=roster.district,
            people=roster.people,
            towns=roster.towns,
        )
        opened = b"{}"
        header = ENCODER.encode(
            ActHeader(
                id=act_id,
                device=device,
                seq=1,
                person="admin",
                body="GOVT_DUTY",
                kind="found",
                streams=(("register/founding", 0),),
                registers={},
                happened_at="2026-09-01T08:00:00+08:00",
                open_sha256=chain.open_hash(opened),
            )
        )
        hashed = chain.act_hash(chain.GENESIS, header)
        self.acts[act_id] = {
            "hash": hashed,
            "header": header,
            "prev": chain.GENESIS,
            "tag": b"",
            "open": opened,
            "salt": None,
            "personal": None,
            "fate": "accepted",
        }
        self._entry(["district"], act_id, 0, "register/founding", 1, "founded", ENCODER.encode(Stamped(event=event)))

    def follow(self, *names):
        for name in names:
            self.feeds.setdefault(name, [])

    def link(self, feeds):
        return ReferenceLink(self, feeds)

    def _append(self, feed, digest, **row):
        last = self.chains.get(feed, chain.GENESIS)
        now = self.chains[feed] = chain.feed_hash(last, digest)
        items = self.feeds[feed]
        items.append(Item(feed=feed, pos=len(items) + 1, chain=now, **row))

    def _entry(self, feeds, act, n, stream, version, kind, data):
        digest = chain.entry_digest(act, n, self.acts[act]["hash"], stream, version, data)
        parts = {k: self.acts[act][k] for k in ("header", "prev", "tag", "open", "salt", "personal")}
        for feed in feeds:
            self._append(
                feed,
                digest,
                what="entry",
                ref=None,
                act=act,
                n=n,
                stream=stream,
                version=version,
                kind=kind,
                data=data,
                recorded_at="2026-09-30T10:00:00+08:00",
                **parts,
            )

    def push_one(self, act):
        header = HEADER.decode(act.header)
        hashed = chain.act_hash(act.prev, act.header)
        known = self.acts.get(header.id)
        if known is not None and known["hash"] == hashed and known["fate"] != "behind":
            return Answer(header.id, "known", {"fate": known["fate"]})
        if known is None:
            seq, head = self.devices.get(header.device, (0, chain.GENESIS))
            if header.seq != seq + 1 or act.prev != head:
                return Answer(header.id, "quarantined", {"code": "chain"})
            self.devices[header.device] = (header.seq, hashed)
            self.acts[header.id] = {
                "hash": hashed,
                "header": act.header,
                "prev": act.prev,
                "tag": act.tag,
                "open": act.open,
                "salt": act.salt,
                "personal": act.personal,
                "fate": "behind",
            }
        tops = dict(self.streams)
        for _, stream, version, _, _ in act.entries:
            if tops.get(stream, 0) != version - 1:
                return Answer(header.id, "behind", {"stream": stream})
            tops[stream] = version
        if not act.entries:
            return Answer(header.id, "behind", {"code": "no_entries"})
        self.streams = tops
        rebased = known is not None
        self.acts[header.id]["fate"] = "accepted"
        for n, stream, version, kind, data in act.entries:
            parts = stream.split("/")
            feeds = [f"body/{parts[2]}"] if len(parts) == 3 else [f for f in self.feeds if f.startswith("body/")]
            self._entry(feeds, header.id, n, stream, version, kind, data)
        self.result(header.id, "accepted", {"rebased": rebased})
        return Answer(header.id, "accepted", {"rebased": rebased})

    def result(self, act, fate, detail):
        data = json.dumps({"fate": fate, "detail": detail}).encode()
        device = HEADER.decode(self.acts[act]["header"]).device
        self._append(f"device/{device}", chain.item_digest("result", act, data), what="result", ref=act, data=data)


class ReferenceLink:
    def __init__(self, server, feeds):
        self.server, self.feeds = server, feeds
        server.follow(*feeds)

    def status(self):
        return {
            "epoch": self.server.epoch,
            "feeds": [{"name": f, "head": len(self.server.feeds[f])} for f in self.feeds],
        }

    def pull(self, epoch, after, limit):
        found, heads = [], {}
        for feed, pos in after.items():
            new = self.server.feeds[feed][pos:]
            if not new:
                heads[feed] = pos
            found += new[: limit - len(found)]
        return Page(tuple(found), heads)

    def push(self, epoch, acts):
        return [self.server.push_one(a) for a in acts]

    def withdraw(self, acts):
        for act, _ in acts:
            self.server.acts[act]["fate"] = "withdrawn"
            self.server.result(act, "withdrawn", {})
        return [Answer(act, "withdrawn", {}) for act, _ in acts]

    def lease(self, request, kind, year, count):
        if request not in self.server.leases:
            self.server.leases[request] = (self.server.top + 1, self.server.top + count)
            self.server.top += count
        first, last = self.server.leases[request]
        return {"first": first, "last": last}

    def put_piece(self, act, n, sha256, content):
        self.server.acts[act].setdefault("pieces", {})[n] = content
        return {}

    def get_piece(self, act, n):
        return self.server.acts[act].get("pieces", {}).get(n)


_ = entry_id
