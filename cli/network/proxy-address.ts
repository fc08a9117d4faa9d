import { isIP } from "node:net";
import { shownUrl } from "../../constructs/errors";
import { isDirect } from "../../constructs/settings/no-proxy";
import { UsageError } from "../usage-error";
import type { Endpoint } from "./endpoint";

/** A proxy to tunnel through. */
export interface ProxyAddress extends Endpoint {
  readonly scheme: "http" | "https";
  /** `user:password`, decoded. @default - none */
  readonly credentials: string | undefined;
  /** Where the setting comes from, for people. */
  readonly origin: string;
}

/**
 * Reads a proxy's URL as Go does, which takes a bare `host:port` for `http://`.
 *
 * @throws when it is none, or of a scheme that is not tried here
 */
export function readProxy(text: string, origin: string): ProxyAddress {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) {
    throw new UsageError(`${origin} ${shownUrl(text)} is no URL; write it as http://proxy.example.com:3128`);
  }
  const { protocol, hostname, port, username, password } = new URL(url);
  const scheme = protocol.slice(0, -1);
  if (scheme !== "http" && scheme !== "https") {
    throw new UsageError(
      `${origin} ${shownUrl(text)} has the scheme ${scheme}, which is not tried here; inspect an http:// or https:// proxy, or the server alone`,
    );
  }
  return {
    scheme,
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (scheme === "http" ? 80 : 443) : Number(port),
    credentials: username === "" ? undefined : `${decoded(username, origin)}:${decoded(password, origin)}`,
    origin,
  };
}

function decoded(text: string, origin: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(`${origin} has a user or a password that is not percent-encoded; write % as %25`);
  }
}

/** Without user and password. */
export function shownProxy({ scheme, host, port }: ProxyAddress): string {
  return `${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** The variables of the environment that Go reads, in its order: capitals first. */
const HTTPS_NAMES = ["HTTPS_PROXY", "https_proxy"];
const NO_PROXY_NAMES = ["NO_PROXY", "no_proxy"];

/** The value of the first of these variables that has one. */
export function firstOf(
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): [name: string, value: string] | undefined {
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined && value !== "") return [name, value];
  }
  return undefined;
}

/** The proxy that the environment names for a server, as a Go program takes it. */
export function proxyOfEnvironment(endpoint: Endpoint, environment: NodeJS.ProcessEnv): ProxyAddress | undefined {
  const found = firstOf(HTTPS_NAMES, environment);
  if (found === undefined || isExempt(endpoint, environment)) return undefined;
  return readProxy(found[1], found[0]);
}

/** Whether `no_proxy` has the server reached directly. */
export function isExempt({ host, port }: Endpoint, environment: NodeJS.ProcessEnv): boolean {
  if (host === "localhost" || host.startsWith("127.") || host === "::1") return true;
  const entries = firstOf(NO_PROXY_NAMES, environment)?.[1].split(",") ?? [];
  const trimmed = entries.map((entry) => entry.trim()).filter((entry) => entry !== "");
  return isDirect(trimmed, host, String(port)) === true;
}

/** A proxy that was named without credentials, with those that the environment has for it. */
export function withCredentialsOf(proxy: ProxyAddress, environment: NodeJS.ProcessEnv): ProxyAddress {
  if (proxy.credentials !== undefined) return proxy;
  for (const name of [...HTTPS_NAMES, "HTTP_PROXY", "http_proxy"]) {
    const value = environment[name];
    if (value === undefined || value === "") continue;
    try {
      const known = readProxy(value, name);
      if (known.host === proxy.host && known.port === proxy.port && known.credentials !== undefined) {
        return { ...proxy, credentials: known.credentials };
      }
    } catch {
      // What is no URL has no credentials either.
    }
  }
  return proxy;
}
