import type { Socket } from "node:net";
import { ConnectionError } from "./connection-error";
import type { Endpoint } from "./endpoint";
import type { ProxyAddress } from "./proxy-address";
import { openTunnel } from "./proxy-tunnel";
import { openConnection } from "./tcp-connection";
import { type ServedChain, shakeHands, wholeChain } from "./tls-session";

/** What came of one way to a server. */
export interface Attempt {
  readonly target: Endpoint;
  /** @default - directly */
  readonly proxy?: ProxyAddress;
  /** The address that answered. */
  readonly address?: string;
  /** What an `https://` proxy presents itself. */
  readonly proxyChain?: ServedChain;
  /** What a Go program runs into at an `https://` proxy that speaks HTTP/2. */
  readonly http2Failure?: ConnectionError;
  readonly chain?: ServedChain;
  readonly protocol?: string;
  readonly alpn?: string;
  /** Why there is no chain. */
  readonly failure?: ConnectionError;
}

/** How to try. */
export interface AttemptOptions {
  /** Of the server, where its name is not to be looked up. */
  readonly address?: string | undefined;
  /** Milliseconds for each step: look up, connect, ask the proxy, shake hands. */
  readonly timeoutMs: number;
}

type Mutable = { -readonly [name in keyof Attempt]: Attempt[name] };

/** Reaches a server directly. It never throws what the network does. */
export async function attemptDirectly(target: Endpoint, options: AttemptOptions): Promise<Attempt> {
  return await attempt({ target }, target.host, options, async (out) => {
    const socket = await openConnection(target, options);
    if (socket.remoteAddress !== undefined) out.address = socket.remoteAddress;
    return socket;
  });
}

/** Reaches a server through a proxy. It never throws what the network does. */
export async function attemptThrough(proxy: ProxyAddress, target: Endpoint, options: AttemptOptions): Promise<Attempt> {
  return await attempt({ target, proxy }, target.host, options, async (out) => {
    const socket = await reachProxy(proxy, target, options, out);
    await openTunnel(socket, proxy, target, options.timeoutMs);
    return socket;
  });
}

async function attempt(
  out: Mutable,
  host: string,
  options: AttemptOptions,
  open: (out: Mutable) => Promise<Socket>,
): Promise<Attempt> {
  try {
    const { timeoutMs } = options;
    const session = await shakeHands(await open(out), host, { timeoutMs });
    out.protocol = session.protocol;
    if (session.alpn !== undefined) out.alpn = session.alpn;
    session.socket.destroy();
    out.chain = (await wholeChain(() => open({ ...out }), host, timeoutMs, session.chain[0])) ?? session.chain;
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    out.failure = error.code === "no-tls" && error.stage === "tls" ? await plainHttp(error, out, options, open) : error;
  }
  return out;
}

async function reachProxy(
  proxy: ProxyAddress,
  target: Endpoint,
  options: AttemptOptions,
  out: Mutable,
): Promise<Socket> {
  const connected = async () => {
    try {
      return await openConnection(proxy, { timeoutMs: options.timeoutMs });
    } catch (error) {
      throw error instanceof ConnectionError ? error.atProxy() : error;
    }
  };
  const secured = async (offered: readonly string[]) => {
    const socket = await connected();
    try {
      return await shakeHands(socket, proxy.host, { timeoutMs: options.timeoutMs, offered });
    } catch (error) {
      throw error instanceof ConnectionError ? error.atProxy() : error;
    }
  };
  if (proxy.scheme === "http") return await connected();
  const session = await secured(["h2", "http/1.1"]);
  out.proxyChain = session.chain;
  if (session.alpn !== "h2") return session.socket;
  // Go writes HTTP/1.1 all the same; how the proxy takes that is seen by trying.
  try {
    await openTunnel(session.socket, proxy, target, options.timeoutMs);
    return session.socket;
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    out.http2Failure = error;
  }
  return (await secured(["http/1.1"])).socket;
}

/** Go has a message of its own for a server that speaks HTTP where TLS was expected. */
async function plainHttp(
  error: ConnectionError,
  out: Mutable,
  options: AttemptOptions,
  open: (out: Mutable) => Promise<Socket>,
): Promise<ConnectionError> {
  try {
    const socket = await open(out);
    const isHttp = await answersHttp(socket, options.timeoutMs);
    socket.destroy();
    return isHttp
      ? new ConnectionError(
          "tls",
          "plain-http",
          "http: server gave HTTP response to HTTPS client",
          "the server speaks HTTP without TLS on this port: use its HTTPS port, or http:// in the URL.",
        )
      : error;
  } catch {
    return error;
  }
}

async function answersHttp(socket: Socket, timeoutMs: number): Promise<boolean> {
  return await new Promise((done) => {
    const timer = setTimeout(() => done(false), timeoutMs);
    const finish = (isHttp: boolean) => {
      clearTimeout(timer);
      done(isHttp);
    };
    socket.once("data", (data: Buffer) => finish(data.subarray(0, 5).toString("latin1") === "HTTP/"));
    socket.once("error", () => finish(false));
    socket.once("close", () => finish(false));
    socket.write("HEAD / HTTP/1.0\r\n\r\n");
  });
}
