import type { Socket } from "node:net";

import { ExitCode } from "../../cli/exit-code";
import { Certificate } from "../certificates";
import { tcpServer, tlsServer, tunnelTo } from "./servers";
import { cli } from "./terminal";

// Whatever stands at the other end, an inspection ends in bounded time, says what it met, and prints nothing that a terminal
// would act upon.

/** Bytes without end, as fast as they are taken. */
function endless(socket: Socket, chunk: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on("drain", more);
  more();
}

const SERVERS: readonly (readonly [string, (socket: Socket) => void, code: string, error: string])[] = [
  ["says nothing", () => undefined, "handshake-timeout", "net/http: TLS handshake timeout"],
  ["hangs up at once", (socket) => socket.end(), "closed", "EOF"],
  [
    "hangs up after the first bytes",
    (socket) => socket.once("data", () => socket.end("\x16\x03\x03")),
    "closed",
    "EOF",
  ],
  [
    "resets the connection",
    (socket) => socket.once("data", () => socket.resetAndDestroy()),
    "ECONNRESET",
    "connection reset by peer",
  ],
  [
    "sends garbage",
    (socket) => socket.end("\x00\x01garbage\u001b[31m"),
    "no-tls",
    "tls: first record does not look like a TLS handshake",
  ],
  [
    "sends garbage without end",
    (socket) => endless(socket, "x".repeat(65_536)),
    "no-tls",
    "tls: first record does not look like a TLS handshake",
  ],
  [
    "speaks HTTP",
    (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    "plain-http",
    "http: server gave HTTP response to HTTPS client",
  ],
  [
    "refuses every handshake",
    (socket) => socket.once("data", () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 40]))),
    "alert-40",
    "remote error: tls: handshake failure",
  ],
];

test.each(SERVERS)(
  "a server that %s",
  async (_, serve, code, error) => {
    const port = await tcpServer(serve);

    const { status, out } = await cli(["inspect", `127.0.0.1:${port}`, "--timeout", "0.5", "--json"]);

    const json = JSON.parse(out);
    expect(status).toBe(ExitCode.NO_ANSWER);
    expect(json.code).toBe(code);
    expect(json.error).toContain(error);
    expect(json.remedy).toHaveLength(1);
  },
  5000,
);

test("a port where nobody listens", async () => {
  const { status, out } = await cli(["inspect", "127.0.0.1:1"]);

  expect(status).toBe(ExitCode.NO_ANSWER);
  expect(out).toContain("fails: dial tcp 127.0.0.1:1: connect: connection refused");
});

test("a name that nobody knows", async () => {
  const { status, out } = await cli(["inspect", "nobody.invalid", "--timeout", "2"]);

  expect(status).toBe(ExitCode.NO_ANSWER);
  expect(out).toMatch(/fails: dial tcp: lookup nobody\.invalid: (?:no such host|i\/o timeout)/);
}, 10_000);

const PROXIES: readonly (readonly [string, (socket: Socket) => void, code: string, error: string])[] = [
  ["says nothing", () => undefined, "proxy-timeout", "context deadline exceeded"],
  ["hangs up at once", (socket) => socket.end(), "proxy-closed", "EOF"],
  [
    "sends headers without end",
    (socket) => endless(socket, `HTTP/1.1 200 OK\r\nX: ${"x".repeat(65_536)}`),
    "proxy-endless",
    "headers exceeded",
  ],
  ["sends one line without end", (socket) => endless(socket, "x".repeat(65_536)), "proxy-endless", "headers exceeded"],
  [
    "sends a line of garbage",
    (socket) => socket.write("\u001b]0;title\u0007 x y\n"),
    "proxy-no-http",
    "malformed HTTP status code",
  ],
  [
    "asks for a password",
    (socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n"),
    "proxy-authentication",
    "Proxy Authentication Required",
  ],
  ["refuses", (socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"), "proxy-403", "Forbidden"],
  [
    "refuses with escapes",
    (socket) => socket.end("HTTP/1.1 403 \u001b[2JForbidden\u009b\r\n\r\n"),
    "proxy-403",
    "Forbidden",
  ],
];

test.each(PROXIES)(
  "a proxy that %s",
  async (_, serve, code, error) => {
    const port = await tcpServer(serve);
    const args = ["inspect", "git.invalid", "--proxy", `http://127.0.0.1:${port}`, "--timeout", "0.5"];

    const [people, programs] = [await cli(args), await cli([...args, "--json"])];

    const json = JSON.parse(programs.out);
    expect(json.code).toBe(code);
    expect(json.error).toContain(error);
    expect(programs.status).toBe(ExitCode.NO_ANSWER);
    for (const text of [people.out, people.err, programs.out]) expect(text).not.toMatch(/[^\P{C}\n]/u);
  },
  10_000,
);

test("a proxy that is reached by TLS and speaks none", async () => {
  const port = await tcpServer((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));

  const { out } = await cli(["inspect", "git.invalid", "--proxy", `https://127.0.0.1:${port}`, "--json"]);

  expect(JSON.parse(out).error).toBe("proxyconnect tcp: tls: first record does not look like a TLS handshake");
});

test("a certificate whose days are none", async () => {
  const port = await tlsServer([
    new Certificate({ commonName: "git.test", hosts: ["git.test"], endsInDays: 4_000_000 }),
  ]);

  const { status, out } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1"]);

  expect(status).toBe(ExitCode.NO_ANSWER);
  expect(out).toContain("fails: tls: failed to parse certificate from server");
});

test("names that would move the cursor, change colours or the direction of writing", async () => {
  const evil = "\u001b[2J\u001b]0;x\u0007\u009b31m\u202egit\r\n\u2028test";
  const root = new Certificate({ commonName: evil });
  const port = await tlsServer([
    new Certificate({ commonName: evil, hosts: [evil], isAuthority: false, issuer: root }),
    root,
  ]);
  const proxy = await tunnelTo(port);
  const args = ["inspect", `git.test:${port}`, "--address", "127.0.0.1", "--proxy", `http://127.0.0.1:${proxy}`];

  const [people, programs] = [await cli(args), await cli([...args, "--json"])];

  expect(people.out).toContain("?[2J");
  for (const text of [people.out, programs.out]) expect(text).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}/u);
  expect(JSON.parse(programs.out).code).toBe("wrong-host");
});
