"""HTTP as an endpoint needs it: one deadline, a few retries, and errors that are ours and name the address.

What urllib leaves open is closed here: redirects are not followed (they would carry credentials and queries to
another host), a body that stops early is noticed, and each way in which a server can fail is an error of its own.
"""

from __future__ import annotations

import email.utils
import http.client
import os
import re
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit

from kg.errors import EndpointError, QueryTimeout, UsageError
from kg.terms import visible

TOKEN, USER, PASSWORD = "ZONEKG_ENDPOINT_TOKEN", "ZONEKG_ENDPOINT_USER", "ZONEKG_ENDPOINT_PASSWORD"
CREDENTIALS_HINT = f"${TOKEN}, or ${USER} and ${PASSWORD}, say who asks"
_BUSY = frozenset({429, 502, 503})
_TRIES = 4
_FIRST_PAUSE = 0.5  # seconds; twice as long each time
_LONGEST = 300  # characters of a server's own words
_BLOCK = 65_536
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a bearer token, or a name with a password, or nobody."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> Credentials:
        """What the environment says; UsageError for a half of it, or for characters that no header can hold."""
        token, user, password = (os.environ.get(name) or None for name in (TOKEN, USER, PASSWORD))
        if (user is None) != (password is None):
            raise UsageError(f"${USER} and ${PASSWORD} go together")
        if token is not None and user is not None:
            raise UsageError(f"either ${TOKEN}, or ${USER} and ${PASSWORD}")
        if token is not None and not re.fullmatch(r"[\x21-\x7e]+", token):
            raise UsageError(f"${TOKEN} holds a character that no token has")
        return cls(token, user, password)

    def header(self) -> str | None:
        """The value of the header Authorization."""
        if self.token is not None:
            return f"Bearer {self.token}"
        if self.user is not None:
            from base64 import b64encode

            return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        return None


def checked_address(address: str) -> str:
    """The address of an endpoint; UsageError for one that is none, or that holds a password."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # reading it checks it
    except ValueError as fault:
        raise UsageError(f"not the address of an endpoint: {fault}") from fault
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
        raise UsageError("the address of an endpoint should be like http://host/sparql", hint=visible(address))
    if parts.username is not None or parts.password is not None:
        raise UsageError("an address with a name or password in it is refused", hint=CREDENTIALS_HINT)
    if not re.fullmatch(r"[\x21-\x7e]+", address):
        raise UsageError("the address of an endpoint is ASCII; write other characters with %", hint=visible(address))
    return address


class Reply:
    """A server's answer, read piece by piece; the deadline holds for every piece."""

    def __init__(self, response: http.client.HTTPResponse, transport: Transport, deadline: float) -> None:
        self.headers = response.headers
        self.status = response.status
        self.fault: EndpointError | QueryTimeout | None = None  # also here: a reader in Rust may change its class
        self._response, self._transport, self._deadline = response, transport, deadline
        length = response.headers.get("Content-Length")
        self._left = int(length) if length is not None and length.isdecimal() else None

    @property
    def media_type(self) -> str:
        """The type of the content, without its parameters, in lower case; empty when the server says none."""
        return str(self.headers.get("Content-Type", "")).partition(";")[0].strip().lower()

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes (all that are left when negative); none at the end. EndpointError, QueryTimeout."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        try:
            return self._some(size)
        except (EndpointError, QueryTimeout) as fault:
            self.fault = fault
            raise

    def _some(self, size: int) -> bytes:
        if time.monotonic() > self._deadline:
            raise self._transport.too_late()
        try:
            data = self._response.read1(size)  # what there is: read() would wait for all of it
        except TimeoutError as fault:
            raise self._transport.too_late() from fault
        except (http.client.HTTPException, OSError, ValueError) as fault:
            raise self._transport.broken("the answer broke off", fault) from fault
        if self._left is not None:
            self._left -= len(data)
            if not data and size and self._left > 0:
                raise self._transport.broken(f"the answer broke off, {self._left} bytes early", None)
        return data

    def close(self) -> None:
        """Let the connection go."""
        self._response.close()


@dataclass(frozen=True, slots=True)
class Transport:
    """How to talk to one endpoint. ``timeout``: seconds for one exchange, its retries and its answer included."""

    address: str
    credentials: Credentials = field(default_factory=Credentials)
    timeout: float = 60.0
    sleep: Callable[[float], None] = time.sleep

    def send(self, request: urllib.request.Request, *, again: bool = True, timeout: float | None = None) -> Reply:
        """The answer of a server that says yes.

        A server that is busy (429, 502, 503) is asked again, when ``again`` says that this does no harm, after
        the time it names or one that doubles. EndpointError, QueryTimeout.
        """
        seconds = self.timeout if timeout is None else timeout
        if not 0 < seconds < 1e6:
            raise UsageError(f"a timeout should be a number of seconds above 0, not {seconds}")
        deadline = time.monotonic() + seconds
        header = self.credentials.header()
        if header is not None and not request.has_header("Authorization"):
            request.add_header("Authorization", header)
        for attempt in range(1, _TRIES + 1):
            try:
                response = self._opener().open(request, timeout=max(0.001, deadline - time.monotonic()))
                return Reply(response, self, deadline)
            except urllib.error.HTTPError as fault:
                if fault.code == 401 and self.credentials.user is not None and attempt == 1:
                    # Virtuoso, which wants a digest, says so only to who comes without a name.
                    fault.close()
                    request.remove_header("Authorization")
                    continue
                pause = _named_pause(fault.headers)
                if pause is None:
                    pause = _FIRST_PAUSE * 2 ** (attempt - 1)
                waits = again and fault.code in _BUSY and attempt < _TRIES
                if not waits or time.monotonic() + pause > deadline:
                    with fault:
                        raise self._refused(fault, attempt) from fault
                fault.close()
                self.sleep(pause)
            except TimeoutError as fault:
                raise self.too_late(seconds) from fault
            except urllib.error.URLError as fault:
                if isinstance(fault.reason, TimeoutError):
                    raise self.too_late(seconds) from fault
                raise self.broken("cannot be reached", fault.reason) from fault
            except (http.client.HTTPException, OSError, ValueError) as fault:
                raise self.broken("broke the connection off", fault) from fault
        raise AssertionError("the last attempt returns or raises")

    def introduce(self, request: urllib.request.Request, trial: urllib.request.Request) -> None:
        """Answer a digest challenge before a request with a large body is sent; nothing for other credentials.

        Virtuoso asks who is there, and hangs up, while the body is still coming. ``trial`` is a request like the
        other one that does nothing.
        """
        if self.credentials.user is None:
            return
        try:
            self._opener(digest=False).open(trial, timeout=self.timeout).close()
        except urllib.error.HTTPError as fault:
            with fault:
                challenge = str(fault.headers.get("WWW-Authenticate", ""))
            scheme, _, rest = challenge.partition(" ")
            if fault.code == 401 and scheme.lower() == "digest":
                answer = _Digest(self._passwords()).get_authorization(
                    request, urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
                )
                request.add_header("Authorization", f"Digest {answer}")
        except TimeoutError as fault:
            raise self.too_late() from fault
        except (http.client.HTTPException, OSError, ValueError) as fault:
            raise self.broken("cannot be reached", getattr(fault, "reason", fault)) from fault

    def too_late(self, seconds: float | None = None) -> QueryTimeout:
        """The error for an endpoint that takes too long."""
        return QueryTimeout(
            f"the endpoint {self.address} did not answer in {seconds or self.timeout:g} s",
            hint="ask for less, or give it more time",
        )

    def broken(self, what: str, fault: object) -> EndpointError:
        """The error for a connection that fails; ``fault`` says why."""
        why = ""
        if isinstance(fault, ssl.SSLError):
            why = f": {fault.reason or fault}"
        elif isinstance(fault, OSError):
            why = f": {fault.strerror or fault}"
        elif fault is not None:
            why = f": {type(fault).__name__ if isinstance(fault, Exception) and not str(fault) else fault}"
        hint = "is the server running there?" if isinstance(fault, ConnectionRefusedError) else None
        return EndpointError(f"the endpoint {self.address}: {what}{why}"[: 2 * _LONGEST], hint=hint)

    def _refused(self, fault: urllib.error.HTTPError, attempts: int) -> EndpointError:
        """The error for a server that says no, with its own words."""
        where = f"the endpoint {self.address}"
        if 300 <= fault.code < 400:
            target = visible(str(fault.headers.get("Location", "elsewhere")))[:_LONGEST]
            return EndpointError(
                f"{where} has moved (HTTP {fault.code}); redirects are not followed", hint=f"try {target}"
            )
        try:
            words = said(fault.read(_BLOCK))
        except (http.client.HTTPException, OSError, ValueError):
            words = ""
        words = f": {words}" if words else ""
        if fault.code in (401, 403):
            return EndpointError(f"{where} lets nobody in so (HTTP {fault.code}){words}", hint=CREDENTIALS_HINT)
        if fault.code in _BUSY:
            pause = _named_pause(fault.headers)
            later = "later" if pause is None else f"in {pause:.0f} s"
            tries = "once" if attempts == 1 else f"{attempts} times"
            return EndpointError(f"{where} is busy (HTTP {fault.code}, asked {tries}){words}", hint=f"try {later}")
        return EndpointError(f"{where} refuses (HTTP {fault.code}){words}", status=fault.code)

    def _opener(self, *, digest: bool = True) -> urllib.request.OpenerDirector:
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if digest and self.credentials.user is not None:
            handlers.append(_Digest(self._passwords()))
        return urllib.request.build_opener(*handlers)

    def _passwords(self) -> urllib.request.HTTPPasswordMgr:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, self.address, self.credentials.user or "", self.credentials.password or "")
        return known


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers a server that wants a digest, and leaves every other challenge alone."""

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message
    ) -> Any:
        if str(headers.get("WWW-Authenticate", "")).lower().startswith("digest "):
            return super().http_error_401(req, fp, code, msg, headers)  # type: ignore[arg-type]
        return None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other that is no success."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def said(data: bytes) -> str:
    """A server's own words on one line: no markup, nothing that could steer a terminal, not too many."""
    text = " ".join(_TAG.sub(" ", data.decode("utf-8", "replace")).split())
    return visible(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def _named_pause(headers: Any) -> float | None:
    """The seconds of the header Retry-After, which names a number or a date; None without one."""
    value = str(headers.get("Retry-After", "")).strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
