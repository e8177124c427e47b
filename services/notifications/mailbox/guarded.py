"""Who may read the mailbox: everybody where it is public, otherwise an admin."""

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.refusals import NotAllowed, Refused
from shared.web.principal import signed_in
from shared.web.problems import Answers

from .gateway import GATEWAY


class Guarded:
    """Lets only an admin read the mailbox, unless it is public; its gateway has its own key."""

    def __init__(
        self, inner: ASGIApp, outer: FastAPI, answers: Answers, *, is_public: bool
    ) -> None:
        self._inner, self._outer, self._answers = inner, outer, answers
        self._is_public = is_public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if self._is_public or path.startswith(f"{GATEWAY}/"):
            await self._inner(scope, receive, send)
            return
        request = Request({**scope, "app": self._outer})
        try:
            if (await signed_in(request)).role != "admin":
                raise NotAllowed
        except Refused as refusal:
            await self._answers.refuse(request, refusal)(scope, receive, send)
            return
        await self._inner(scope, receive, send)
