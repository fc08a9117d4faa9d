import { dockerNetworkSection } from "../../constructs/docker/network-section";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { CORPORATE_ROOT, token } from "../util";

function body(settings: Partial<EnvbuilderSettings>): string {
  return dockerNetworkSection(settings).body;
}

/** What the table says of each way that the settings change. */
function ways(settings: Partial<EnvbuilderSettings>): string[] {
  const rows = body(settings)
    .split("\n")
    .map((line) => line.split(" | "));
  return ["the Git server", "registries of images, features and caches", "everything"].map(
    (to) => rows.find((row) => row[1] === to)?.[2]?.replace(" |", "") ?? "",
  );
}

const url = "http://proxy.example.com:3128";

test("goes directly without a proxy", () => {
  expect(ways({})).toEqual(["directly", "directly", "directly"]);
  expect(body({})).not.toContain("Reached without the proxy");
});

test("goes through a container-wide proxy, except for what is known to be direct", () => {
  const proxy = Proxy.containerWide({ url, noProxy: ["git.internal", token("var.host"), "10.0.0.0/8"] });

  expect(ways({ proxy })).toEqual([
    "through the proxy",
    "through the proxy",
    "through the proxy, where they heed `https_proxy`",
  ]);
  expect(body({ proxy })).toContain(
    "\n\nReached without the proxy: `git.internal`, *(a reference)*, `10.0.0.0/8`, the Docker host and the Coder server.",
  );
  expect(body({ proxy: Proxy.containerWide({ url }) })).toContain(
    "\n\nReached without the proxy: the Docker host and the Coder server.",
  );
});

test("clones through a Git-only proxy", () => {
  expect(ways({ proxy: Proxy.gitOnly({ url }) })).toEqual(["through the proxy", "directly", "directly"]);
});

test("says what every template says", () => {
  expect(body({})).toContain(
    "| Terraform on the provisioner | providers, the Docker daemon | as the provisioner is set up: this template cannot change it |\n",
  );
  expect(body({})).toContain("| The agent | the Coder server | directly |\n");
});

test.each<[string, CaBundle, WorkspaceTrust | undefined, string]>([
  [
    "a file",
    CaBundle.fromFile(CORPORATE_ROOT),
    undefined,
    "Envbuilder and the workspace's programs trust, beside the public authorities, these certificates:\n\n- `C=US, O=Example Corp, CN=Example Corp Root CA`",
  ],
  [
    "a file for Envbuilder and Go",
    CaBundle.fromFile(CORPORATE_ROOT, { publicRoots: false }),
    WorkspaceTrust.none(),
    "Envbuilder, and programs that heed `SSL_CERT_FILE`, trust, in place of the public authorities, these certificates:",
  ],
  [
    "base64",
    CaBundle.fromFile(CORPORATE_ROOT, { delivery: CaDelivery.GIT_ONLY }),
    undefined,
    "Envbuilder's clone trusts, beside the public authorities, these certificates:",
  ],
  ["a variable", CaBundle.fromVariable({ stringValue: token("var.ca") }), undefined, "the certificates of a variable."],
  [
    "a file of the host",
    CaBundle.fromHostFile("/etc/pki/a`b.pem"),
    undefined,
    "the certificates in ``/etc/pki/a`b.pem`` of the Docker host.",
  ],
  [
    "a file of the host that only Terraform knows",
    CaBundle.fromHostFile(token("var.path")),
    undefined,
    "the certificates in a path of the Docker host.",
  ],
])("says who trusts certificates of %s", (_, ca, trust, expected) => {
  expect(body({ ca, trust })).toContain(expected);
});
