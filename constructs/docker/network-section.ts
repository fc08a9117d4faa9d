import { code, table } from "../coder/output/markdown";
import type { ReadmeSection } from "../coder/output/readme-section";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { CaDelivery, type CaBundle } from "../settings/ca-bundle";
import type { Proxy } from "../settings/proxy";
import { hasReference } from "../settings/text";

/** Who talks to whom, through the proxy or not, and who trusts the certificates: for the people who run the network. */
export function networkSection({ proxy, ca, trust }: EnvbuilderSettings): ReadmeSection {
  const all = proxy?.url !== undefined;
  const rows = [
    [
      "Terraform on the provisioner",
      "providers, the Docker daemon",
      "as the provisioner is set up: this template cannot change it",
    ],
    ["The Docker daemon", "the builder image's registry", "as the daemon is set up: this template cannot change it"],
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
  return {
    title: "Network",
    body: [table(["From", "To", "How"], rows), ...proxyNotes(proxy), ...caNotes(ca, trust?.variables)].join("\n\n"),
  };
}

function proxyNotes(proxy: Proxy | undefined): string[] {
  if (!proxy?.url) return [];
  const hosts = proxy.noProxy.map((host) => (hasReference(host) ? "*(a reference)*" : code(host)));
  return [`Reached without the proxy: ${[...hosts, "the Docker host"].join(", ")} and the Coder server.`];
}

function caNotes(ca: CaBundle | undefined, variables: readonly string[] | undefined): string[] {
  if (!ca) return [];
  const { source } = ca;
  const from =
    source.kind === "carried"
      ? `these certificates:\n\n${source.certificates.map(({ title }) => `- ${code(title.slice(1, -1))}`).join("\n")}`
      : source.kind === "reference"
        ? "the certificates of a variable."
        : `the certificates in ${hasReference(source.path) ? "a path" : code(source.path)} of the Docker host.`;
  const who =
    ca.delivery === CaDelivery.GIT_ONLY
      ? "Envbuilder's clone trusts"
      : variables?.length === 0
        ? "Envbuilder, and programs that heed `SSL_CERT_FILE`, trust"
        : "Envbuilder and the workspace's programs trust";
  return [`${who}, ${ca.publicRoots === undefined ? "in place of" : "beside"} the public authorities, ${from}`];
}

function way(proxied: boolean): string {
  return proxied ? "through the proxy" : "directly";
}
