import { dockerNetworkSection } from "../../constructs/docker/network-section";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { TrustingProgram, WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { CORPORATE_ROOT, token } from "../util";

function body(settings: Partial<EnvbuilderSettings>): string {
  return dockerNetworkSection({ repository: Repository.at("https://git.example.com/a"), ...settings }).body;
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
  expect(body({})).not.toMatch(/proxy/i);
});

test("goes through a container-wide proxy, except for what is known to be direct", () => {
  const proxy = Proxy.containerWide({ url, noProxy: ["git.internal", token("var.host"), "10.0.0.0/8"] });

  expect(ways({ proxy })).toEqual([
    "through the proxy, unless `no_proxy` names it",
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
    "Envbuilder and the workspace's programs trust the certificates in ``/etc/pki/a`b.pem`` of the Docker host. Beside them, Envbuilder and programs written in Go or for Node.js trust the public authorities; curl, Git, Python and whatever else goes by that file trust it alone.",
  ],
  [
    "a directory of the host",
    CaBundle.fromHostDirectory("/etc/pki/certs"),
    undefined,
    "Envbuilder and programs written in Go trust, beside the public authorities, the certificates in `/etc/pki/certs` of the Docker host. Programs that use OpenSSL trust those of them that `openssl rehash` has linked; others may trust none of them.",
  ],
  [
    "a file of the host, in place of the public ones",
    CaBundle.fromHostFile("/etc/pki/a.pem", { publicRoots: false }),
    undefined,
    "trust, in place of the public authorities, the certificates in `/etc/pki/a.pem` of the Docker host.",
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

const STORES = "puts the private ones into the store of the workspace's distribution and the key stores of its JDKs";

test.each<[string, CaBundle, WorkspaceTrust | undefined, string | undefined]>([
  ["all", CaBundle.fromFile(CORPORATE_ROOT), undefined, `${STORES}, and says so in Envbuilder's log. From then on all`],
  ["none", CaBundle.fromFile(CORPORATE_ROOT), WorkspaceTrust.none(), undefined],
  ["the clone", CaBundle.fromFile(CORPORATE_ROOT, { delivery: CaDelivery.GIT_ONLY }), undefined, undefined],
  [
    "Java",
    CaBundle.fromHostFile("/ca.pem"),
    WorkspaceTrust.of(TrustingProgram.JAVA),
    "puts the private ones into the key stores of its JDKs, and says so in Envbuilder's log.",
  ],
])("says which stores get the certificates: %s", (_, ca, trust, expected) => {
  const text = body({ ca, trust });

  expect(text.includes("scripts/install-ca.sh")).toBe(expected !== undefined);
  expect(text).toContain(expected ?? "");
});

const UNLESS = "through the proxy, unless `no_proxy` names it";

test.each<[string, Repository, string[], string]>([
  ["a host that no entry names", Repository.at("https://git.example.com/a"), ["other.test"], "through the proxy"],
  ["a host that an entry names", Repository.at("https://git.example.com/a"), ["example.com:443"], "directly"],
  ["a host with another port", Repository.at("https://git.example.com:8443/a"), [".com:443"], "through the proxy"],
  ["an address", Repository.at("https://[fd00::1]/a"), ["fd00::/8"], "directly"],
  ["the Docker host", Repository.at("http://host.docker.internal:3000/a"), [], "directly"],
  ["everything", Repository.chosenByUser(), ["*"], "directly"],
  ["a host by reference", Repository.at("https://${var.host}/a"), [], UNLESS],
  ["any host", Repository.chosenByUser(), [], UNLESS],
  ["SSH", Repository.at("git@git.example.com:a"), [], "directly"],
  [
    "a reference of the repository only",
    Repository.at("https://git.example.com/a", { ref: "refs/heads/${var.branch}" }),
    [],
    "through the proxy",
  ],
  [
    "a choice of hosts that are all direct",
    Repository.chosenByUser({ custom: false, options: [{ name: "a", url: "https://a.test/a" }] }),
    ["a.test"],
    "directly",
  ],
  [
    "a choice of hosts of which one is direct",
    Repository.chosenByUser({
      custom: false,
      options: [
        { name: "a", url: "https://a.test/a" },
        { name: "b", url: "https://b.test/b" },
      ],
    }),
    ["a.test"],
    UNLESS,
  ],
])("says how Git reaches %s", (_, repository, noProxy, way) => {
  expect(ways({ repository, proxy: Proxy.containerWide({ url, noProxy }) })[0]).toBe(way);
});
