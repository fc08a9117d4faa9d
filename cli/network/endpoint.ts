import { isIP } from "node:net";
import { shown, shownUrl } from "../../constructs/errors";
import { UsageError } from "../usage-error";

/** A server to connect to. */
export interface Endpoint {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
}

const HTTPS_PORT = 443;

/**
 * Reads `HOST`, `HOST:PORT` or `[ADDRESS]:PORT`; an `https://` URL is taken for its host.
 *
 * @throws when it is none of these, such as a URL of what is not reached by TLS
 */
export function readEndpoint(text: string): Endpoint {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "https") {
    throw new UsageError(
      `${shownUrl(text)} is a URL of ${scheme}, and certificates are shown by TLS only; give an https:// URL, HOST or HOST:PORT`,
    );
  }
  const authority = scheme !== undefined ? (/^[^:]+:\/\/(?:[^@/?#]*@)?([^/?#]*)/.exec(text)?.[1] ?? "") : text;
  if (isIP(authority) === 6) return { host: authority, port: HTTPS_PORT };
  const [, bracketed, plain = "", port] = /^(?:\[([^\]]*)\]|([^:\s/@]*))(?::(\d{1,5}))?$/.exec(authority) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? HTTPS_PORT : Number(port);
  const isName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*)$/u.test(host);
  if (!(isIP(host) !== 0 || isName) || number < 1 || number > 65_535) {
    throw new UsageError(
      `${scheme === undefined ? shown(text) : shownUrl(text)} is no server; write HOST, HOST:PORT, [ADDRESS]:PORT or an https:// URL, such as git.example.com:443`,
    );
  }
  return { host, port: number };
}

/** As Go writes it, and people. */
export function shownEndpoint({ host, port }: Endpoint): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
