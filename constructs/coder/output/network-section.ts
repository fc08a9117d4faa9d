import { CaDelivery, type CaBundle } from "../../settings/ca-bundle";
import type { Proxy } from "../../settings/proxy";
import { hasReference } from "../../settings/text";
import type { WorkspaceTrust } from "../../settings/workspace-trust";
import { code, table } from "./markdown";
import type { ReadmeSection } from "./readme-section";

/** What of a workspace's settings is about its network. */
export interface NetworkSettings {
  readonly proxy?: Proxy;
  readonly ca?: CaBundle;
  readonly trust?: WorkspaceTrust;
}

/** What the target that a workspace runs on calls its parts. */
export interface NetworkTerms {
  /** What Terraform talks to, in a sentence: `the Docker daemon`. */
  readonly platform: string;
  /** What pulls the builder image, at the beginning of a sentence and in it. */
  readonly puller: readonly [string, string];
  /** What is always reached directly, beside the Coder server. */
  readonly direct: string;
  /** Where a path of the host is. */
  readonly host: string;
}

/** Who talks to whom, through the proxy or not, and who trusts the certificates: for the people who run the network. */
export function networkSection({ proxy, ca, trust }: NetworkSettings, terms: NetworkTerms): ReadmeSection {
  const all = proxy?.url !== undefined;
  const [puller, thePuller] = terms.puller;
  const rows = [
    [
      "Terraform on the provisioner",
      `providers, ${terms.platform}`,
      "as the provisioner is set up: this template cannot change it",
    ],
    [puller, "the builder image's registry", `as ${thePuller} is set up: this template cannot change it`],
    ["Envbuilder", "the Git server", way(all || proxy?.gitUrl !== undefined)],
    ["Envbuilder", "registries of images, features and caches", way(all)],
    [
      "Dockerfile RUN steps and features",
      "package servers",
      "directly, unless the repository passes the proxy on in `build.args`",
    ],
    ["The agent", "the Coder server", "directly"],
    ["The workspace's programs", "everything", all ? "through the proxy, where they heed `https_proxy`" : "directly"],
  ];
  const notes = [...proxyNotes(proxy, terms), ...caNotes(ca, trust?.variables, terms)];
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
  const roots = ca.publicRoots === undefined ? "in place of" : "beside";
  return [`${who}, ${roots} the public authorities, ${origin(ca, terms)}`];
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
