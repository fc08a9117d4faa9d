import { CaDelivery, type CaBundle } from "../../settings/ca-bundle";
import type { ImageCache } from "../../settings/image-cache";
import { isDirect } from "../../settings/no-proxy";
import type { Proxy } from "../../settings/proxy";
import type { Repository } from "../../settings/repository";
import { hasReference } from "../../settings/text";
import type { WorkspaceTrust } from "../../settings/workspace-trust";
import type { RegistryAuth } from "../../settings/registry-auth";
import { code, table } from "./markdown";
import type { ReadmeSection } from "./readme-section";
import { registryNotes } from "./registry-notes";

/** What of a workspace's settings is about its network. */
export interface NetworkSettings {
  readonly repository?: Repository;
  readonly proxy?: Proxy;
  readonly ca?: CaBundle;
  readonly trust?: WorkspaceTrust;
  readonly registryAuth?: RegistryAuth;
  readonly cache?: ImageCache;
}

/** What the target that a workspace runs on calls its parts. */
export interface NetworkTerms {
  /** What Terraform talks to, in a sentence: `the Docker daemon`. */
  readonly platform: string;
  /** What pulls the builder image, at the beginning of a sentence and in it. */
  readonly puller: readonly [string, string];
  /** What is always reached directly, beside the Coder server. */
  readonly direct: string;
  /** The same as entries of `no_proxy`. */
  readonly directHosts: readonly string[];
  /** Where a path of the host is. */
  readonly host: string;
  /** The registries that what pulls is given a docker config for; undefined where it reads all of it. */
  readonly pulled?: readonly string[];
}

/** Who talks to whom, through the proxy or not, and who trusts the certificates: for the people who run the network. */
export function networkSection(settings: NetworkSettings, terms: NetworkTerms): ReadmeSection {
  const { repository, proxy, ca, trust, registryAuth, cache } = settings;
  const probe = cache?.options.probe ?? false;
  const all = proxy?.url !== undefined;
  const [puller, thePuller] = terms.puller;
  const rows = [
    [
      "Terraform on the provisioner",
      `providers, ${terms.platform}${probe ? ", the Git server, registries of images and caches" : ""}`,
      "as the provisioner is set up: this template cannot change it",
    ],
    [
      puller,
      probe ? "the registries of the builder image and the cache" : "the builder image's registry",
      `as ${thePuller} is set up: this template cannot change it`,
    ],
    ["Envbuilder", "the Git server", wayToGit(repository, proxy, terms)],
    ["Envbuilder", "registries of images, features and caches", way(all)],
    [
      "Dockerfile RUN steps and features",
      "package servers",
      all ? "directly, unless the repository passes the proxy on in `build.args`" : "directly",
    ],
    ["The agent", "the Coder server", "directly"],
    ["The workspace's programs", "everything", all ? "through the proxy, where they heed `https_proxy`" : "directly"],
  ];
  const notes = [
    ...proxyNotes(proxy, terms),
    ...caNotes(ca, trust?.variables, terms),
    ...storeNotes(ca, trust),
    ...registryNotes(registryAuth, thePuller, terms.host, terms.pulled),
  ];
  return { title: "Network", body: [table(["From", "To", "How"], rows), ...notes].join("\n\n") };
}

function proxyNotes(proxy: Proxy | undefined, { direct }: NetworkTerms): string[] {
  if (!proxy?.url) return [];
  const hosts = proxy.noProxy.map((host) => (hasReference(host) ? "*(a reference)*" : code(host)));
  return [`Reached without the proxy: ${[...hosts, direct].join(", ")} and the Coder server.`];
}

function caNotes(ca: CaBundle | undefined, variables: readonly string[] | undefined, terms: NetworkTerms): string[] {
  if (!ca) return [];
  const who =
    ca.delivery === CaDelivery.GIT_ONLY
      ? "Envbuilder's clone trusts"
      : variables?.length === 0
        ? "Envbuilder, and programs that heed `SSL_CERT_FILE`, trust"
        : "Envbuilder and the workspace's programs trust";
  if (ca.publicRoots !== undefined && ca.source.kind === "host-directory") {
    return [
      `Envbuilder and programs written in Go trust, beside the public authorities, ${origin(ca, terms)} Programs that use OpenSSL trust those of them that \`openssl rehash\` has linked; others may trust none of them.`,
    ];
  }
  if (ca.publicRoots !== undefined && isUnmerged(ca)) {
    return [
      `${who} ${origin(ca, terms)} Beside them, Envbuilder and programs written in Go or for Node.js trust the public authorities; curl, Git, Python and whatever else goes by that file trust it alone.`,
    ];
  }
  const roots = ca.publicRoots === undefined ? "in place of" : "beside";
  return [`${who}, ${roots} the public authorities, ${origin(ca, terms)}`];
}

function storeNotes(ca: CaBundle | undefined, trust: WorkspaceTrust | undefined): string[] {
  if (!ca || ca.delivery === CaDelivery.GIT_ONLY) return [];
  const stores = [
    ...(trust?.systemStore === false ? [] : ["the store of the workspace's distribution"]),
    ...(trust?.java === false ? [] : ["the key stores of its JDKs"]),
  ];
  if (stores.length === 0) return [];
  const session =
    trust?.systemStore === false
      ? ""
      : " From then on all programs go by that store, and so by the image's own public authorities.";
  return [
    `When the workspace starts, once it is built, \`scripts/install-ca.sh\` puts the private ones into ${stores.join(" and ")}, and says so in Envbuilder's log.${session}`,
  ];
}

/** Whether it is where the container runs, out of Terraform's reach, as one file. */
function isUnmerged({ source }: CaBundle): boolean {
  return source.kind === "host-file" || source.kind === "config-map" || source.kind === "secret";
}

function origin({ source }: CaBundle, { host }: NetworkTerms): string {
  switch (source.kind) {
    case "carried":
      return `these certificates:\n\n${source.certificates.map(({ title }) => `- ${code(title.slice(1, -1))}`).join("\n")}`;
    case "reference":
      return "the certificates of a variable.";
    case "config-map":
    case "secret": {
      const kind = source.kind === "secret" ? "Secret" : "ConfigMap";
      return hasReference(source.name) ? `those of a ${kind}.` : `those of the ${kind} ${code(source.name)}.`;
    }
    default:
      return `the certificates in ${hasReference(source.path) ? "a path" : code(source.path)} of ${host}.`;
  }
}

function way(proxied: boolean): string {
  return proxied ? "through the proxy" : "directly";
}

function wayToGit(repository: Repository | undefined, proxy: Proxy | undefined, terms: NetworkTerms): string {
  // Git's own proxy ignores no_proxy.
  if (!proxy?.url || proxy.gitUrl !== undefined) return way(proxy !== undefined);
  const entries = [...proxy.noProxy, ...terms.directHosts];
  const ways = new Set(possibleUrls(repository).map((url) => isCloneDirect(url, entries, proxy)));
  const [only] = ways;
  return ways.size === 1 && only !== undefined ? way(!only) : "through the proxy, unless `no_proxy` names it";
}

/** Where the repository may be; undefined is anywhere. */
function possibleUrls(repository: Repository | undefined): (string | undefined)[] {
  const { url, choice } = repository ?? {};
  if (!choice) return [url];
  return [...choice.options.map((option) => option.url), ...(choice.custom ? [undefined] : [])];
}

function isCloneDirect(url: string | undefined, entries: readonly string[], proxy: Proxy): boolean | undefined {
  if (entries.includes("*")) return true;
  if (url === undefined || hasReference(url.replace(/#.*$/, ""))) return undefined;
  if (!/^https?:/i.test(url)) {
    // SSH takes no proxy but a SOCKS one.
    const scheme = proxy.scheme("all");
    return scheme === undefined || scheme.startsWith("socks5") ? undefined : true;
  }
  const { protocol, hostname, port } = new URL(url);
  return isDirect(entries, hostname.replace(/^\[|\]$/g, ""), port || (protocol === "https:" ? "443" : "80"));
}
