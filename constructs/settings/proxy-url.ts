import { ValidationError, shownUrl } from "../errors";
import { stretches, withStandIns } from "./stretches";
import { hasReference, type Text } from "./text";
import { UnicodePattern } from "../unicode-pattern";

const SCHEMES = ["http", "https", "socks5", "socks5h"];
const REMEDY = "write it as http://proxy.example.com:3128";

/** A name or an address, in brackets where it is one of version 6, and perhaps a port. */
const HOST = String.raw`(\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}_][\p{L}\p{N}._-]*)(:[0-9]{1,5})?`;

const HOST_FIRST = new UnicodePattern(`^${HOST}(.*)$`, "s");

/**
 * Checks the URL of a proxy as far as it is known. Go drops one that it cannot read without a word, and the traffic then
 * goes directly.
 *
 * @throws when it has no scheme, no host, or a user or password in it
 * @internal
 */
export function checkProxyUrl(prop: string, url: string): void {
  // A digit may stand in a host as well as in a port.
  const known = withStandIns(url, "1");
  const refuse = (rule: string): never => {
    throw new ValidationError("proxy-url-malformed", `${prop} ${shownUrl(url)} ${rule}; ${REMEDY}`);
  };
  if (known.includes("@")) {
    throw new ValidationError(
      "proxy-credentials-in-template",
      `${prop} ${shownUrl(url)} must be free of user and password, which would stand in the synthesized template; give proxy.credentials, or the whole URL as a sensitive variable`,
    );
  }
  if (stretches(url)[0]?.isReference) return;
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(known) ?? [];
  if (scheme === undefined) {
    return refuse("must begin with a scheme: programs ignore it otherwise, or read the host as one");
  }
  if (!SCHEMES.includes(scheme.toLowerCase())) {
    refuse(`must begin with one of ${SCHEMES.map((one) => `${one}://`).join(", ")}`);
  }
  const found = HOST_FIRST.for(rest).exec(rest);
  if (!found) return refuse("must have a host after the scheme");
  const [, , port = ":0", behind = ""] = found;
  if (behind !== "" && behind !== "/") refuse("must end after the host and the port: programs ignore the rest");
  if (Number(port.slice(1)) > 65_535 || (!hasReference(url) && !URL.canParse(`http://${rest}`))) {
    refuse("must have a valid host and port");
  }
}

/**
 * The condition for a variable that holds such a URL, with or without user and password.
 *
 * @internal
 */
export function proxyUrlCondition(variable: string): string {
  const user = String.raw`([^/@\s]+@)?`;
  const pattern = `^(${SCHEMES.join("|")})://${user}${HOST}/?$`;
  return `\${can(regex("${pattern.replaceAll("\\", "\\\\")}", var.${variable}))}`;
}

/**
 * The host of a URL where it is known and means the machine itself that asks, so that a container would ask itself.
 *
 * @internal
 */
export function loopbackHost(url: Text): string | undefined {
  // No host has a zero byte.
  const known = url.map((piece) => (typeof piece === "string" ? withStandIns(piece, "\0") : "\0")).join("");
  const [, host = ""] = /^[a-z0-9]+:\/\/(?:.*@)?(\[[^\]]*\]|[^:/]*)/is.exec(known) ?? [];
  const address = `http://${host}`;
  if (host.includes("\0") || !URL.canParse(address)) return undefined;
  // The parser writes 127.1 and the like out.
  const plain = new URL(address).hostname.replace(/\.$/, "");
  return /^(?:(?:.+\.)?localhost|127\..*|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[^:]{2}:[^:]+\])$/.test(plain)
    ? host
    : undefined;
}

/**
 * The scheme of a URL, where it is known.
 *
 * @internal
 */
export function schemeOf(url: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
}
