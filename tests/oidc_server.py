"""A small OpenID Connect provider on loopback: it signs what it says about one person, and checks who asks."""

import base64
import hashlib
import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

CLIENT, SECRET = "leaderboard", "between us"


class Provider(ThreadingHTTPServer):
    """`person` is what it knows of whoever signs in; `says` changes what stands in the id token."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.key = generate_private_key(65537, 2048)
        self.person = {"sub": "1815", "email": "ada@example.org", "email_verified": True, "name": "Ada"}
        self.says, self.challenges = {}, {}

    def id_token(self):
        claims = {"iss": self.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60}
        return jwt.encode(claims | self.person | self.says, self.key, "RS256", {"kid": "one"})


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlsplit(self.path)
        answers = {
            "/.well-known/openid-configuration": self.configuration,
            "/keys": self.keys,
            "/person": lambda: self.say(self.server.person),
            "/authorize": lambda: self.authorize(parse_qs(asked.query)),
        }
        answers[asked.path]()

    def do_POST(self):
        """A token for a code, once, if who asks knows our secret and began this sign-in."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        verifier = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        begun = self.server.challenges.pop(form["code"][0], None) == challenge
        if not begun or (form["client_id"], form["client_secret"]) != ([CLIENT], [SECRET]):
            return self.say({"error": "invalid_grant"}, status=400)
        return self.say({"access_token": "for-an-hour", "token_type": "Bearer", "id_token": self.server.id_token()})

    def configuration(self):
        url = self.server.url
        places = {"authorization": "authorize", "token": "token", "userinfo": "person"}
        self.say(
            {"issuer": url, "jwks_uri": f"{url}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"]}
            | {f"{place}_endpoint": f"{url}/{path}" for place, path in places.items()}
        )

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key()))
        self.say({"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]})

    def authorize(self, query):
        self.server.challenges["a-code"] = query["code_challenge"][0]
        back = urlencode({"code": "a-code", "state": query["state"][0]})
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri'][0]}?{back}")
        self.end_headers()

    def say(self, answer, status=200):
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


@contextmanager
def oidc_server():
    """Gives the provider while it answers."""
    with Provider() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
