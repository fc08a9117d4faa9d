import { lookup } from "node:dns/promises";
import { type Socket, connect, isIP } from "node:net";
import { errorCode } from "../error-code";
import { ConnectionError } from "./connection-error";
import { type Endpoint, shownEndpoint } from "./endpoint";

/** What a connection is made with. */
export interface ConnectOptions {
  /** Instead of what the name resolves to. @default - the name is looked up */
  readonly address?: string | undefined;
  /** For each step. */
  readonly timeoutMs: number;
}

/** What the system calls its errors, as Go words them, and what they mean. */
const SYSTEM_ERRORS: Readonly<Record<string, readonly [go: string, explanation: string]>> = {
  ECONNREFUSED: [
    "connect: connection refused",
    "nothing listens on this port, or a firewall turns the connection away.",
  ],
  EHOSTUNREACH: ["connect: no route to host", "no way leads to this address from here."],
  ENETUNREACH: ["connect: network is unreachable", "no way leads to this network from here."],
  ETIMEDOUT: ["i/o timeout", "nobody answers at this address: a firewall may drop the connection."],
  ECONNRESET: ["read: connection reset by peer", "the connection was broken off; a firewall does so, too."],
  EPIPE: ["write: broken pipe", "the connection was broken off."],
};

/**
 * Connects to a server.
 *
 * @throws ConnectionError
 */
export async function openConnection(endpoint: Endpoint, options: ConnectOptions): Promise<Socket> {
  const address = options.address ?? (await resolve(endpoint.host, options.timeoutMs));
  const target = shownEndpoint({ host: address, port: endpoint.port });
  return await new Promise((done, fail) => {
    const socket = connect({ host: address, port: endpoint.port });
    const timer = setTimeout(() => {
      socket.destroy();
      fail(systemError(`dial tcp ${target}`, "ETIMEDOUT"));
    }, options.timeoutMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeAllListeners("error");
      done(socket);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(systemError(`dial tcp ${target}`, error.code ?? error.message));
    });
  });
}

/** What a system's error means, as Go words it. */
export function systemError(action: string, code: string): ConnectionError {
  const [go, explanation] = SYSTEM_ERRORS[code] ?? [code, `the system says ${code}.`];
  return new ConnectionError("connect", code, `${action}: ${go}`, explanation);
}

async function resolve(host: string, timeoutMs: number): Promise<string> {
  if (isIP(host) !== 0) return host;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(Object.assign(new Error("timeout"), { code: "ETIMEOUT" })), timeoutMs);
  });
  try {
    return (await Promise.race([lookup(host), late])).address;
  } catch (error) {
    const code = errorCode(error);
    const isUnknown = code === "ENOTFOUND" || code === "EAI_NONAME";
    throw new ConnectionError(
      "lookup",
      code,
      `dial tcp: lookup ${host}: ${isUnknown ? "no such host" : "i/o timeout"}`,
      isUnknown
        ? `the name ${host} is not known here. Behind a proxy this is usual: the proxy looks it up.`
        : `the name ${host} cannot be looked up (${code}): the DNS server does not answer.`,
      // Nobody else looks up the proxy's name.
      isUnknown ? `its name ${host} is not known here; check the spelling, or the DNS of this network.` : undefined,
    );
  } finally {
    clearTimeout(timer);
  }
}
