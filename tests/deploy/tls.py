"""TLS for services that have none: a front that ends it and hands on, as those who run databases for others have."""

import asyncio
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PEM = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def certificate(folder, host="localhost"):
    """A certificate for a host, its own authority, and its key: `server.crt`, and `server.key` that its owner reads."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    (folder / "server.crt").write_bytes(made.public_bytes(PEM[0]))
    (folder / "server.key").touch(mode=0o600)
    (folder / "server.key").write_bytes(key.private_bytes(*PEM))


@contextmanager
def front(path, folder, *, asks_first=False):
    """The port of this machine that leads to a socket's path over TLS, with the certificate in the folder.

    `asks_first`: PostgreSQL's clients ask in the clear whether there is TLS.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.crt", folder / "server.key")

    async def visited(reader, writer):
        try:
            if asks_first:
                await reader.readexactly(8)
                writer.write(b"S")
                await writer.start_tls(context)
            inner_reader, inner_writer = await asyncio.open_unix_connection(path)
            await asyncio.gather(hand_on(reader, inner_writer), hand_on(inner_reader, writer))
        except (OSError, EOFError):
            writer.close()  # it does not trust us, or the other side is away

    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    serving = asyncio.start_server(visited, "127.0.0.1", 0, ssl=None if asks_first else context)
    server = loop.run_until_complete(serving)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(ended(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


async def hand_on(reader, writer):
    """All that comes, until there is an end."""
    try:
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    finally:
        writer.close()


async def ended():
    """Every connection is over."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
