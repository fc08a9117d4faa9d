import { BuildHelp, type BuildHelpProps } from "../../constructs/envbuilder/build-help";
import { Distribution } from "../../constructs/envbuilder/distribution";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { TrustingProgram, WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { Certificate } from "../certificates";
import { refusedBy } from "../refusal";

const proxy = Proxy.containerWide({ url: "http://proxy.test:3128" });
const { pem } = new Certificate();
const ca = CaBundle.fromPem(pem);
const dockerfile = Repository.at("https://git.test/a", { dockerfile: "Dockerfile" });

/** Where the lines for a Dockerfile look. */
function looked(bundle: CaBundle): string | undefined {
  return /RUN if ls (\S+) /.exec(BuildHelp.of({ ca: bundle }).dockerfile() ?? "")?.[1];
}

function trusting(trust: WorkspaceTrust): string {
  return BuildHelp.of({ ca, trust }).dockerfile() ?? "";
}

describe("BuildHelp", () => {
  test("hands on the proxy of the container", () => {
    expect(BuildHelp.of({ proxy }).devcontainer()).toBe(
      `{
  "build": {
    "dockerfile": "Dockerfile",
    "args": {
      "http_proxy": "\${localEnv:http_proxy}",
      "https_proxy": "\${localEnv:https_proxy}",
      "no_proxy": "\${localEnv:no_proxy}"
    }
  }
}`,
    );
    expect(BuildHelp.of({ proxy }).dockerfile()).toBeUndefined();
  });

  test("hands on a SOCKS proxy by the variable that some programs take it from", () => {
    const socks = Proxy.containerWide({ url: "socks5h://proxy.test:1080" });

    expect(BuildHelp.of({ proxy: socks }).buildArguments).toHaveProperty("all_proxy", "${localEnv:all_proxy}");
    expect(BuildHelp.of({ proxy }).buildArguments).not.toHaveProperty("all_proxy");
  });

  test("puts certificates into the store, each into a file of its own, and none of the public ones", () => {
    expect(BuildHelp.of({ ca }).dockerfile()).toBe(
      `# The certificates of the network, where Envbuilder has them. Elsewhere this does nothing.
RUN if ls /.envbuilder/certs/ca.pem >/dev/null 2>&1; then \\
      mkdir -p /usr/local/share/ca-certificates /etc/ssl/certs && \\
      awk '/^# The public certificate authorities/ { exit } /^-----BEGIN/ { n++ } n { print >("/usr/local/share/ca-certificates/workspace-ca-build-" n ".crt") }' /.envbuilder/certs/ca.pem && \\
      { update-ca-certificates || cat /usr/local/share/ca-certificates/workspace-ca-build-*.crt >>/etc/ssl/certs/ca-certificates.crt; }; \\
    fi
# For programs that do not go by the image's store. Steps see it, and the image does not keep it.
ARG NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
ARG REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ARG PIP_CERT=/etc/ssl/certs/ca-certificates.crt
ARG AWS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt`,
    );
    expect(BuildHelp.of({ ca }).devcontainer()).toBeUndefined();
  });

  test.each<[Distribution, string, string]>([
    [Distribution.FEDORA, "update-ca-trust; \\", "/etc/pki/tls/certs/ca-bundle.crt"],
    [Distribution.SUSE, "update-ca-certificates; \\", "/etc/ssl/ca-bundle.pem"],
    [Distribution.ARCH, "trust extract-compat; \\", "/etc/ssl/certs/ca-certificates.crt"],
    [
      Distribution.OTHER,
      "sed '/^# The public certificate authorities/,$d' /.envbuilder/certs/ca.pem >>/etc/ssl/certs/ca-certificates.crt; \\",
      "/etc/ssl/certs/ca-certificates.crt",
    ],
  ])("knows %s", (distribution, last, bundle) => {
    const lines = BuildHelp.of({ ca }).dockerfile(distribution)?.split("\n") ?? [];

    expect(lines[lines.indexOf("    fi") - 1]).toMatch(new RegExp(`${last.replaceAll(/[\\^$.]/g, "\\$&")}$`));
    expect(lines).toContain(`ARG PIP_CERT=${bundle}`);
  });

  test("looks where the certificates of each source are", () => {
    expect(looked(CaBundle.fromPem(pem, { delivery: CaDelivery.DIRECTORY }))).toBe("/.envbuilder/trust/ca.pem");
    expect(looked(CaBundle.fromPem(pem, { delivery: CaDelivery.GIT_ONLY }))).toBeUndefined();
    expect(looked(CaBundle.fromVariable({ stringValue: "${var.ca}" }))).toBe("/.envbuilder/certs/ca.pem");
    expect(looked(CaBundle.fromHostFile("/etc/ca.pem"))).toBe("/.envbuilder/host-certs/ca.pem");
    expect(looked(CaBundle.fromHostDirectory("/etc/certs"))).toBe("/.envbuilder/host-certs/*");
    expect(looked(CaBundle.fromConfigMap("ca"))).toBe("/.envbuilder/cluster-certs/ca.pem");
    expect(looked(CaBundle.fromSecret("ca"))).toBe("/.envbuilder/cluster-certs/ca.pem");
  });

  test("tells no other programs than the workspace does", () => {
    expect(trusting(WorkspaceTrust.of(TrustingProgram.NODE, TrustingProgram.GIT)).match(/^ARG \w+/gm)).toEqual([
      "ARG NODE_EXTRA_CA_CERTS",
    ]);
    expect(trusting(WorkspaceTrust.none())).toMatch(/ {4}fi$/);
  });

  test.each<[BuildHelpProps, boolean]>([
    [{}, false],
    [{ proxy: Proxy.gitOnly({ url: "http://proxy.test" }) }, false],
    [{ ca: CaBundle.fromPem(pem, { delivery: CaDelivery.GIT_ONLY }) }, false],
    [{ proxy }, true],
    [{ ca }, true],
  ])("knows whether there is anything to say", (settings, needed) => {
    const help = BuildHelp.of(settings);

    expect(help.isNeeded).toBe(needed);
    expect(help.notes.length > 0).toBe(needed);
    expect([help.devcontainer(), help.dockerfile()].some((one) => one !== undefined)).toBe(needed);
  });

  test("says what finds a cached layer, and more of it where the proxy asks for a password", () => {
    const password = Secret.fromReference("${var.password}");
    const asking = Proxy.containerWide({ url: "http://proxy.test", credentials: { user: "a", password } });

    expect(BuildHelp.of({ proxy }).notes).toEqual([expect.stringMatching(/^Values of `build\.args` are part of what/)]);
    expect(BuildHelp.of({ proxy: asking }).notes).toHaveLength(2);
    expect(BuildHelp.of({ proxy: asking }).notes[1]).toContain("nobody shares a layer");
    expect(BuildHelp.of({ ca }).notes).toEqual([expect.stringMatching(/^Cached layers are not found by the certif/)]);
  });

  test("knows that a Dockerfile alone gets no arguments", () => {
    const help = BuildHelp.of({ proxy, ca, repository: dockerfile });

    expect(help.buildArguments).toEqual({});
    expect(help.devcontainer()).toBeUndefined();
    expect(help.dockerfile()).toBeDefined();
    expect(help.notes[0]).toContain("RUN --mount=type=secret,id=https_proxy,env=https_proxy");
  });

  test("fails with prop-of-wrong-kind on anything else", () => {
    const wrong: object = { proxy: "http://proxy.test" };

    expect(refusedBy(() => BuildHelp.of(wrong))).toBe("prop-of-wrong-kind");
  });
});
