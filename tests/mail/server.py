"""A mail server for tests: aiosmtpd on a free port of this machine, each message a file.

Says on the first line which port it has; ends when its standard input does.
Usage: server.py FOLDER [none|starttls|implicit CERTIFICATE KEY [USER PASSWORD]]
"""

import asyncio
import json
import logging
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Keep:
    """Writes each message, with who it came from and who it goes to, to a file that is whole once it has its name."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = os.path.join(self.folder, f"{self.count:06}.json")
        text = envelope.original_content.decode("latin-1")
        with open(name + ".unfinished", "w", encoding="utf-8") as file:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos, "text": text}, file)
        os.rename(name + ".unfinished", name)
        return f"250 2.0.0 kept as {self.count}"


async def main(folder, mode="none", certificate=None, key=None, user=None, password=None):
    context = None
    if mode != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, given):
        right = (given.login.decode(), given.password.decode()) == (user, password)
        return AuthResult(success=right)

    keep = Keep(folder)
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    options = {"enable_SMTPUTF8": True, "hostname": "real.example"}
    if mode == "starttls":
        options.update(tls_context=context, require_starttls=True)
    if user is not None:
        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=mode == "starttls")
    loop = asyncio.get_running_loop()
    implicit = context if mode == "implicit" else None
    server = await loop.create_server(lambda: SMTP(keep, loop=loop, **options), "127.0.0.1", 0, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main(*sys.argv[1:]))
