import { isIP } from "node:net";
import { shown } from "../../constructs/errors";
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
 * @throws when it is none of these
 */
export function readEndpoint(text: string): Endpoint {
  const isUrl = /^https:\/\//i.test(text);
  const authority = isUrl ? (/^[^:]+:\/\/(?:[^@/?#]*@)?([^/?#]*)/.exec(text)?.[1] ?? "") : text;
  if (isIP(authority) === 6) return { host: authority, port: HTTPS_PORT };
  const [, bracketed, plain = "", port] = /^(?:\[([^\]]*)\]|([^:\s/@]*))(?::(\d{1,5}))?$/.exec(authority) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? HTTPS_PORT : Number(port);
  const isName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*)$/u.test(host);
  if (!(isIP(host) !== 0 || isName) || number < 1 || number > 65_535) {
    throw new UsageError(
      `${shown(text)} is no server; write HOST, HOST:PORT or [ADDRESS]:PORT, such as git.example.com:443`,
    );
  }
  return { host, port: number };
}

/** As Go writes it, and people. */
export function shownEndpoint({ host, port }: Endpoint): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
