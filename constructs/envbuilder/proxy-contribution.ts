import { ValidationError } from "../errors";
import { joinNoProxy } from "../settings/no-proxy";
import type { Proxy } from "../settings/proxy";
import type { Repository } from "../settings/repository";
import type { Text } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";

/** Go never sends these to a proxy; curl and others do, with what a developer serves in the workspace. */
const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

/** Where a proxy stands. @internal */
export interface ProxySurroundings {
  /** Hosts that are known to be reached directly. */
  readonly directHosts?: readonly string[];
  /** Whether the container is known to have its network for itself: then nothing else listens on its loopback. */
  readonly ownNetwork?: boolean;
}

/**
 * Tells Envbuilder and the workspace of the proxy.
 *
 * @throws when it cannot be reached, or serves no clone of the repository
 * @internal
 */
export function contributeProxy(
  proxy: Proxy | undefined,
  repository: Repository,
  { directHosts = [], ownNetwork }: ProxySurroundings,
  env: Environment,
): Contribution {
  if (!proxy) return {};
  checkTransport(proxy, repository);
  if (ownNetwork) proxy.checkNotOnLoopback();
  // Go prefers the upper spelling and most other programs the lower one: both are set, to the same value.
  const both = (name: string, value: Text | string, secret: boolean): void => {
    env.add("proxy", name, value, secret);
    env.add("proxy", name.toUpperCase(), value, secret);
  };
  if (proxy.url) {
    both("http_proxy", proxy.url, proxy.secret);
    both("https_proxy", proxy.url, proxy.secret);
    // SSH takes no proxy but a SOCKS one, and that from this variable only.
    if (proxy.scheme("all")?.startsWith("socks5") && !repository.transports.every((one) => one === "http")) {
      both("all_proxy", proxy.url, proxy.secret);
    }
    both("no_proxy", joinNoProxy([...proxy.noProxy, ...directHosts, ...LOOPBACK]), false);
    if (proxy.disableHttp2) env.add("proxy.disableHttp2", "GODEBUG", "http2client=0");
  }
  if (proxy.gitUrl) env.add("proxy", "ENVBUILDER_GIT_HTTP_PROXY_URL", proxy.gitUrl, proxy.secret);
  return { warnings: [...proxy.warnings(), ...sshWarnings(proxy, repository)] };
}

/** Whether any host is reached without a proxy, so that its own certificate counts. @internal */
export function isAnyDirect(proxy: Proxy | undefined, { directHosts = [] }: ProxySurroundings): boolean {
  return !proxy?.url || proxy.noProxy.length > 0 || directHosts.length > 0;
}

function checkTransport(proxy: Proxy, repository: Repository): void {
  const scheme = proxy.scheme("git");
  if (!scheme?.startsWith("http") || !repository.transports.includes("ssh")) return;
  throw new ValidationError(
    "git-proxy-with-ssh",
    `proxy has a ${scheme}:// URL for Git, but the repository is cloned by SSH, which then fails with an unknown scheme; clone by https://, use a socks5:// proxy, or use Proxy.containerWide without gitUrl`,
  );
}

function sshWarnings(proxy: Proxy, repository: Repository): Warning[] {
  const socks = [proxy.scheme("all"), proxy.scheme("git")].some((scheme) => scheme?.startsWith("socks5"));
  if (!proxy.url || socks || !repository.transports.includes("ssh")) return [];
  return [
    {
      id: "ssh-bypasses-proxy",
      message:
        "the repository is cloned by SSH, which no HTTP proxy serves: the clone goes directly to the host; clone by https://, or give a socks5:// proxy, perhaps as proxy.gitUrl",
    },
  ];
}
