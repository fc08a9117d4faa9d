"""mitmproxy addon: routes the names of the lab to its servers, and logs what passes.

ROUTES is JSON {"host:port": "address:port"}. Anything else is refused, so that the proxy never leaves this machine.
FLOWS is the file to append to, one JSON object per line. Plain enough for every mitmproxy since 8.
"""

import json
import os

ROUTES = json.loads(os.environ["ROUTES"])
FLOWS = open(os.environ["FLOWS"], "a", buffering=1)


def log(**record):
    FLOWS.write(json.dumps(record) + "\n")


def server_connect(data):
    name = "%s:%d" % data.server.address[:2]
    if name in ROUTES:
        address, port = ROUTES[name].rsplit(":", 1)
        data.server.address = (address, int(port))
    else:
        data.server.error = "no route for " + name


def http_connect(flow):
    log(event="connect", host=flow.request.host, port=flow.request.port)


def response(flow):
    # The proxy's own answer to CONNECT comes by here as well.
    event = "refused" if flow.request.method == "CONNECT" else "response"
    log(
        event=event,
        host=flow.request.pretty_host,
        port=flow.request.port,
        method=flow.request.method,
        path=flow.request.path,
        status=flow.response.status_code,
        agent=flow.request.headers.get("user-agent", ""),
    )


def tcp_start(flow):
    log(event="tcp", host=flow.server_conn.address[0], port=flow.server_conn.address[1])


def error(flow):
    log(event="error", host=flow.request.pretty_host, port=flow.request.port, error=str(flow.error))


def tls_failed_client(data):
    # As a rule: the client does not trust our certificate authority.
    log(event="untrusted", host=data.conn.sni or "", port=data.context.server.address[1])
