import { ValidationError, shown } from "../errors";
import { markKind } from "./kind";
import { checkNoProxy, plainNoProxy } from "./no-proxy";
import { checkPropKinds } from "./prop-kinds";
import { checkProxyUrl, loopbackHost, proxyUrlCondition, schemeOf } from "./proxy-url";
import type { Secret } from "./secret";
import { stretches } from "./stretches";
import type { Text } from "./text";
import { STRING, checkKind } from "./value-kinds";
import type { Warning } from "./warning";

/** Who the proxy lets through. Both reach the proxy's URL percent-encoded. */
export interface ProxyCredentials {
  /** A user name; it may be a reference. */
  readonly user: string;
  /** The password, by reference. */
  readonly password: Secret;
}

/** A proxy for all programs of the container. */
export interface ContainerWideProxyProps {
  /**
   * Where the proxy is: `http://`, `https://`, `socks5://` or `socks5h://`, a host and usually a port. With `http://` the
   * traffic to HTTPS servers is still encrypted, by a tunnel through the proxy. It may be a reference.
   */
  readonly url: string;
  /**
   * User and password, where the proxy asks for them.
   *
   * @default - none, or those that a sensitive variable in `url` holds
   */
  readonly credentials?: ProxyCredentials;
  /**
   * Hosts that are reached directly: domains with their subdomains (`example.com`), subdomains only (`.example.com`), IP
   * addresses, CIDR ranges, each with an optional port, or `*`. Go compares CIDR ranges with addresses in URLs only, never
   * with what a name resolves to.
   *
   * @default - only what the workspace itself knows to be direct: Coder's own host and the alias of the Docker host
   */
  readonly noProxy?: string[];
  /**
   * Another proxy for Git's clone only (`ENVBUILDER_GIT_HTTP_PROXY_URL`), which then ignores `noProxy`. Where it asks for a
   * user and password, give the whole URL as a sensitive variable.
   *
   * @default - Git uses `url` as well
   */
  readonly gitUrl?: string;
  /**
   * Whether Go programs, Envbuilder and the agent among them, are told not to use HTTP/2 (`GODEBUG=http2client=0`, which
   * stays in the workspace). Cures `malformed HTTP status code` behind an `https://` proxy that offers HTTP/2.
   *
   * @default false
   */
  readonly disableHttp2?: boolean;
}

/** A proxy for Envbuilder's clone, and nothing else. */
export interface GitOnlyProxyProps {
  /** As `ContainerWideProxyProps.url`. */
  readonly url: string;
  /**
   * User and password, where the proxy asks for them.
   *
   * @default - none
   */
  readonly credentials?: ProxyCredentials;
}

/**
 * The proxy that stands between the workspace and the network.
 *
 * Container-wide (`https_proxy` and its kin) it serves all that Envbuilder does, the agent and the user's programs; Git-only
 * (`ENVBUILDER_GIT_HTTP_PROXY_URL`) it serves Envbuilder's clone, while images are pulled without it.
 */
export class Proxy {
  /**
   * A proxy for everything in the container.
   *
   * @throws when a URL has no scheme, no host or literal credentials, or an entry of `noProxy` is of no known form
   */
  public static containerWide(props: ContainerWideProxyProps): Proxy {
    checkPropKinds(props, "proxy.");
    checkKind("proxy.url", STRING, props.url);
    checkProxyUrl("proxy.url", props.url);
    if (props.gitUrl !== undefined) checkProxyUrl("proxy.gitUrl", props.gitUrl);
    checkNoProxy("proxy.noProxy", props.noProxy ?? []);
    return new Proxy(withCredentials(props.url, props.credentials), props.gitUrl ? [props.gitUrl] : undefined, props);
  }

  /**
   * A proxy for Envbuilder's clone only. Images, features and the finished workspace do not use it.
   *
   * @throws as `containerWide`
   */
  public static gitOnly(props: GitOnlyProxyProps): Proxy {
    checkPropKinds(props, "proxy.");
    checkKind("proxy.url", STRING, props.url);
    checkProxyUrl("proxy.url", props.url);
    return new Proxy(undefined, withCredentials(props.url, props.credentials), props);
  }

  /**
   * A condition for a variable that holds a proxy's URL, so that Terraform refuses at push what `containerWide` refuses
   * of a literal, except user and password. For `validation` of a variable.
   *
   * @param variable - the variable's name
   */
  public static urlCondition(variable: string): string {
    return proxyUrlCondition(variable);
  }

  /** @internal */
  public readonly url: Text | undefined;
  /** @internal */
  public readonly gitUrl: Text | undefined;
  /** @internal */
  public readonly noProxy: readonly string[];
  /** @internal */
  public readonly disableHttp2: boolean;
  // Private, so that types take nothing else for one.
  private readonly credentials: ProxyCredentials | undefined;

  private constructor(
    url: Text | undefined,
    gitUrl: Text | undefined,
    props: Pick<ContainerWideProxyProps, "noProxy" | "disableHttp2" | "credentials">,
  ) {
    markKind(this, "Proxy");
    this.url = url;
    this.gitUrl = gitUrl;
    this.noProxy = (props.noProxy ?? []).map(plainNoProxy);
    this.disableHttp2 = props.disableHttp2 ?? false;
    this.credentials = props.credentials;
  }

  /** @internal */
  public get secret(): boolean {
    return this.credentials !== undefined;
  }

  /**
   * Checks that the proxy is elsewhere.
   *
   * @throws when it is on the loopback, which is the container's own
   * @internal
   */
  public checkNotOnLoopback(): void {
    const places: [string, Text | undefined][] = [
      ["proxy.url", this.url],
      [this.url ? "proxy.gitUrl" : "proxy.url", this.gitUrl],
    ];
    for (const [prop, url] of places) {
      const host = url && loopbackHost(url);
      if (host === undefined) continue;
      throw new ValidationError(
        "proxy-on-loopback",
        `${prop} has the host ${shown(host)}, which in the container is the container itself, where no proxy listens; name the proxy's host, which for a proxy on the Docker host is host.docker.internal (an EnvbuilderContainer needs that in hosts, as host-gateway)`,
      );
    }
  }

  /**
   * What is allowed and probably not meant.
   *
   * @internal
   */
  public warnings(): Warning[] {
    const out: Warning[] = [];
    if ([this.scheme("all"), this.scheme("git")].includes("https") && !this.disableHttp2) {
      out.push({
        id: "https-proxy-http2",
        message:
          'an https:// proxy that offers HTTP/2 answers Envbuilder with "malformed HTTP status code"; use its http:// port, switch HTTP/2 off in the proxy, or set disableHttp2 of Proxy.containerWide',
      });
    }
    if (!this.url && this.gitUrl) {
      out.push({
        id: "git-only-proxy-misses-registries",
        message:
          "a Git-only proxy serves the clone alone: images, features and the workspace itself go without a proxy; use Proxy.containerWide unless they can",
      });
    }
    return out;
  }

  /**
   * The scheme of the proxy for a kind of traffic, where it is known at synth.
   *
   * @internal
   */
  public scheme(traffic: "git" | "all"): string | undefined {
    const text = traffic === "git" ? this.gitUrl : this.url;
    return text && schemeOfText(text);
  }
}

function schemeOfText([first]: Text): string | undefined {
  return typeof first === "string" ? schemeOf(first) : undefined;
}

function withCredentials(url: string, credentials: ProxyCredentials | undefined): Text {
  if (!credentials) return [url];
  const scheme = /^[a-z0-9]+:\/\//i.exec(url)?.[0];
  if (!scheme) {
    throw new ValidationError(
      "proxy-url-malformed",
      "proxy.url is a reference, so that proxy.credentials have no place in it; write the scheme and host, or put the whole URL, credentials included, into one sensitive variable",
    );
  }
  const { user, password } = credentials;
  return [scheme, ...encodedUser(user), ":", password.piece("percent"), `@${url.slice(scheme.length)}`];
}

function encodedUser(user: string): Text {
  if (user === "" || /[\ud800-\udfff]/u.test(user)) {
    throw new ValidationError(
      "proxy-user-malformed",
      `proxy.credentials.user ${shown(user)} must be a name of whole characters; leave proxy.credentials out where the proxy asks for none`,
    );
  }
  return stretches(user).map(({ text, isReference }) =>
    isReference ? { reference: text, encoding: "percent" } : encodeURIComponent(text),
  );
}
