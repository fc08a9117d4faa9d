import type { Socket } from "node:net";
import { goQuoted } from "../x509/go-time";
import { ConnectionError } from "./connection-error";
import { type Endpoint, shownEndpoint } from "./endpoint";
import type { ProxyAddress } from "./proxy-address";
import { systemError } from "./tcp-connection";

/** No proxy says more before it lets one through. */
const MOST_BYTES = 64 * 1024;

/**
 * Asks a proxy to let one through to a server, in the words of a Go program.
 *
 * @param socket - connected to the proxy
 * @throws ConnectionError
 */
export async function openTunnel(
  socket: Socket,
  proxy: ProxyAddress,
  target: Endpoint,
  timeoutMs: number,
): Promise<void> {
  const name = shownEndpoint(target);
  const credentials =
    proxy.credentials === undefined
      ? ""
      : `Proxy-Authorization: Basic ${Buffer.from(proxy.credentials).toString("base64")}\r\n`;
  socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\nUser-Agent: Go-http-client/1.1\r\n${credentials}\r\n`);
  const head = await readHead(socket, timeoutMs);
  const [line = ""] = head.split(/\r?\n/);
  const refusal = refusalIn(line, head);
  if (refusal !== undefined) {
    socket.destroy();
    throw refusal;
  }
}

/** Up to the empty line; what comes after it, the TLS of the server, stays in the socket. */
async function readHead(socket: Socket, timeoutMs: number): Promise<string> {
  return await new Promise((done, fail) => {
    let got = Buffer.alloc(0);
    const finish = (error?: ConnectionError) => {
      clearTimeout(timer);
      socket.off("data", read).off("error", broken).off("close", closed).off("end", closed);
      socket.pause();
      if (error === undefined) done(got.toString("latin1"));
      else {
        socket.destroy();
        fail(error);
      }
    };
    const timer = setTimeout(() => finish(silent(timeoutMs)), timeoutMs);
    const read = (data: Buffer) => {
      got = Buffer.concat([got, data]);
      const end = /\r?\n\r?\n/.exec(got.toString("latin1"));
      // What is no HTTP has no head to wait for.
      const firstLine = got.indexOf("\n");
      const isHttp = "HTTP/".startsWith(got.subarray(0, 5).toString("latin1"));
      if (end) {
        const rest = got.subarray(end.index + end[0].length);
        got = got.subarray(0, end.index);
        if (rest.length > 0) socket.unshift(rest);
        finish();
      } else if (!isHttp && firstLine >= 0) finish();
      else if (got.length > MOST_BYTES) finish(endless());
    };
    const broken = (error: NodeJS.ErrnoException) => finish(systemError("read tcp", error.code ?? error.message));
    const closed = () => {
      if (got.length > 0) finish();
      else finish(hungUp());
    };
    socket.on("data", read).on("error", broken).on("close", closed).on("end", closed);
  });
}

function refusalIn(line: string, head: string): ConnectionError | undefined {
  const [protocol = "", ...rest] = line.split(" ");
  const status = rest.join(" ").trimStart();
  const [code = "", ...words] = status.split(" ");
  if (rest.length === 0) return noHttp(`malformed HTTP response ${goQuoted(line)}`);
  if (code.length !== 3) return noHttp(`malformed HTTP status code ${goQuoted(code)}`);
  if (!/^HTTP\/\d\.\d$/.test(protocol)) return noHttp(`malformed HTTP version ${goQuoted(protocol)}`);
  if (code === "200") return undefined;
  // Go prints what follows the number, and nothing else.
  const text = words.join(" ");
  const scheme = /^proxy-authenticate:\s*(\S+)/im.exec(head)?.[1];
  if (code === "407") {
    const asked =
      scheme === undefined || /^basic$/i.test(scheme) ? "" : ` It asks for ${scheme}, and Go programs know Basic only.`;
    return new ConnectionError(
      "proxy",
      "proxy-authentication",
      text,
      `The proxy asks for a user and a password, and got none or wrong ones.${asked} Put them into the URL of HTTPS_PROXY for this command; in a template give credentials of Proxy.containerWide.`,
    );
  }
  return new ConnectionError(
    "proxy",
    `proxy-${code}`,
    text,
    `The proxy refuses to connect (${code} ${text}): it may not allow this host or port, or cannot reach it.`,
  );
}

function noHttp(goError: string): ConnectionError {
  return new ConnectionError(
    "proxy",
    "proxy-no-http",
    goError,
    "The proxy answers something that is no HTTP/1.1: look at its port and its scheme.",
  );
}

function silent(timeoutMs: number): ConnectionError {
  return new ConnectionError(
    "proxy",
    "proxy-timeout",
    "context deadline exceeded",
    `The proxy does not answer within ${timeoutMs / 1000} s.`,
  );
}

function endless(): ConnectionError {
  return new ConnectionError(
    "proxy",
    "proxy-endless",
    "net/http: server response headers exceeded 10485760 bytes; aborted",
    `The proxy's answer has no end; it was left after ${MOST_BYTES / 1024} KiB.`,
  );
}

function hungUp(): ConnectionError {
  return new ConnectionError("proxy", "proxy-closed", "EOF", "The proxy closes the connection without an answer.");
}
