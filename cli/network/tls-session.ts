import type { Socket } from "node:net";
import { type ConnectionOptions, type DetailedPeerCertificate, type TLSSocket, connect } from "node:tls";
import { isIP } from "node:net";
import { ParsedCertificate } from "../x509/parsed-certificate";
import { certificatesIn } from "./certificate-message";
import { ConnectionError } from "./connection-error";
import { RecordedStream } from "./recorded-stream";
import { systemError } from "./tcp-connection";

/** A chain of certificates, the server's own first, each followed by who signed it as far as the server sends it. */
export type ServedChain = readonly [ParsedCertificate, ...ParsedCertificate[]];

/** A TLS connection that was made to look at, whatever it presents. */
export interface TlsSession {
  readonly socket: TLSSocket;
  readonly chain: ServedChain;
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  /** What was agreed on, such as `h2`. */
  readonly alpn: string | undefined;
}

/** What a handshake is made with. */
export interface HandshakeOptions {
  readonly timeoutMs: number;
  /** What is offered by ALPN. @default - what Go offers */
  readonly offered?: readonly string[];
  /** @default "TLSv1.3" */
  readonly newest?: "TLSv1.2" | "TLSv1.3";
}

/** A chain longer than this is none that anybody would make. */
const MOST_CERTIFICATES = 50;

/**
 * Shakes hands as a Go program does, and takes whatever certificate there is. Nothing is sent beyond that.
 *
 * @param host - of whom the certificate is asked
 * @throws ConnectionError
 */
export async function shakeHands(
  socket: Socket | RecordedStream,
  host: string,
  { timeoutMs, offered = ["h2", "http/1.1"], newest = "TLSv1.3" }: HandshakeOptions,
): Promise<TlsSession> {
  const options: ConnectionOptions = {
    socket,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: [...offered],
    minVersion: "TLSv1.2",
    maxVersion: newest,
    // Weak keys are to be shown, not to end the handshake.
    ciphers: "DEFAULT@SECLEVEL=0",
    // The chain is judged below, by Go's rules. Without roots, Node adds none to what the server sent.
    rejectUnauthorized: false,
    ca: [],
  };
  return await new Promise((done, fail) => {
    const tls = connect(options);
    const timer = setTimeout(() => end(late(timeoutMs)), timeoutMs);
    const end = (error: ConnectionError) => {
      clearTimeout(timer);
      tls.destroy();
      socket.destroy();
      fail(error);
    };
    tls.once("error", (error: NodeJS.ErrnoException) => end(tlsError(error)));
    tls.once("close", () => end(closed()));
    tls.once("secureConnect", () => {
      clearTimeout(timer);
      tls.removeAllListeners("close");
      tls.removeAllListeners("error");
      tls.on("error", () => undefined);
      try {
        done({
          socket: tls,
          chain: servedChain(tls),
          protocol: tls.getProtocol() ?? "unknown",
          alpn: typeof tls.alpnProtocol === "string" ? tls.alpnProtocol : undefined,
        });
      } catch (error) {
        end(malformed(error));
      }
    });
  });
}

/** No server sends more than this before its certificates are through. */
const MOST_BYTES = 256 * 1024;

/**
 * All certificates that a server sends, in its order, also those that are of no use. Takes a connection of its own.
 *
 * @param open - makes it
 * @param first - the server's certificate as it was seen before: another server may answer the second time
 * @returns undefined where it does not speak TLS 1.2, or sends others
 */
export async function wholeChain(
  open: () => Promise<Socket>,
  host: string,
  timeoutMs: number,
  first: ParsedCertificate,
): Promise<ServedChain | undefined> {
  let stream: RecordedStream | undefined;
  try {
    stream = new RecordedStream(await open(), MOST_BYTES);
    (await shakeHands(stream, host, { timeoutMs, newest: "TLSv1.2" })).socket.destroy();
    const [leaf, ...rest] = certificatesIn(stream.recorded).slice(0, MOST_CERTIFICATES);
    const others = rest.map((der) => ParsedCertificate.fromDer(der));
    return leaf?.equals(first.x509.raw) === true ? [first, ...others] : undefined;
  } catch {
    return undefined;
  } finally {
    stream?.destroy();
  }
}

function servedChain(tls: TLSSocket): ServedChain {
  const seen = new Set<string>();
  const chain: ParsedCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = tls.getPeerCertificate(true);
  while (next?.raw !== undefined && !seen.has(next.fingerprint256) && chain.length < MOST_CERTIFICATES) {
    seen.add(next.fingerprint256);
    chain.push(ParsedCertificate.fromDer(next.raw));
    next = next.issuerCertificate;
  }
  const [leaf, ...rest] = chain;
  if (leaf === undefined) throw new Error("the server presented no certificate");
  return [leaf, ...rest];
}

function malformed(error: unknown): ConnectionError {
  const detail = error instanceof Error ? error.message : String(error);
  return new ConnectionError(
    "tls",
    "malformed-certificate",
    "tls: failed to parse certificate from server",
    `the server's certificate cannot be read (${detail}). Have it issued again.`,
  );
}

function late(timeoutMs: number): ConnectionError {
  return new ConnectionError(
    "tls",
    "handshake-timeout",
    "net/http: TLS handshake timeout",
    `the connection stands, but nobody answers the TLS handshake within ${timeoutMs / 1000} s.`,
  );
}

function closed(): ConnectionError {
  return new ConnectionError(
    "tls",
    "closed",
    "EOF",
    "the connection was closed during the TLS handshake: a firewall that looks at names does so, or a server that does not know this one.",
  );
}

/** Alerts of TLS as Go words them. */
const ALERTS: Readonly<Record<string, string>> = {
  "40": "handshake failure",
  "49": "access denied",
  "70": "protocol version not supported",
  "71": "insufficient security level",
  "80": "internal error",
  "112": "unrecognized name",
  "116": "certificate required",
  "120": "no application protocol",
};

function tlsError(error: NodeJS.ErrnoException): ConnectionError {
  const code = error.code ?? "";
  if (code === "ECONNRESET") {
    // Node says so of a connection that is closed in the handshake as well.
    return error.syscall === undefined ? closed() : systemError("read tcp", code);
  }
  if (
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|UNEXPECTED_MESSAGE|RECORD_LAYER/.test(
      code,
    )
  ) {
    return new ConnectionError(
      "tls",
      "no-tls",
      "tls: first record does not look like a TLS handshake",
      "something answers there that speaks no TLS: look at the port and at the scheme.",
    );
  }
  const alert = /alert number (\d+)/i.exec(error.message)?.[1] ?? "";
  const name = ALERTS[alert];
  if (name !== undefined) {
    return new ConnectionError(
      "tls",
      `alert-${alert}`,
      `remote error: tls: ${name}`,
      alert === "70"
        ? "the server speaks no TLS 1.2 or newer, which Go demands."
        : `the server refuses the handshake (${name}).`,
    );
  }
  if (code === "ERR_SSL_UNSUPPORTED_PROTOCOL") {
    return new ConnectionError(
      "tls",
      "old-protocol",
      "tls: server selected unsupported protocol version",
      "the server speaks no TLS 1.2 or newer, which Go demands.",
    );
  }
  return code.startsWith("E") && !code.startsWith("ERR_")
    ? systemError("read tcp", code)
    : new ConnectionError(
        "tls",
        code || "tls",
        `tls: ${reason(error)}`,
        `the TLS handshake failed (${reason(error)}).`,
      );
}

function reason(error: NodeJS.ErrnoException): string {
  const own = "reason" in error && typeof error.reason === "string" ? error.reason : undefined;
  return own ?? error.code ?? "failed";
}
