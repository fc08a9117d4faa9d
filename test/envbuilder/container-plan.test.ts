import {
  type ContainerPlan,
  type ContainerSurroundings,
  planContainer,
} from "../../constructs/envbuilder/container-plan";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { KnownHosts } from "../../constructs/settings/known-hosts";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { Certificate } from "../certificates";
import { refusal, refusedBy, verdict } from "../refusal";

const https = Repository.at("https://git.test/app.git");
const ssh = Repository.at("git@git.test:app.git");
const either = Repository.chosenByUser().chosen("${data.coder_parameter.repo.value}");
const proxy = Proxy.containerWide({ url: "http://proxy.test:3128" });
const socks = Proxy.containerWide({ url: "socks5h://proxy.test:1080" });
const ca = CaBundle.fromPem(new Certificate().pem);
const knownHosts = KnownHosts.fromText("git.test ssh-ed25519 AAAAC3Nz");
const secret = Secret.fromReference("${data.vault.me.token}");

const plan = (settings: Partial<EnvbuilderSettings> = {}, around: ContainerSurroundings = {}): ContainerPlan =>
  planContainer({ repository: https, ...settings }, around);

function env(settings: Partial<EnvbuilderSettings>, around?: ContainerSurroundings): Record<string, unknown> {
  const { ENVBUILDER_GIT_URL: _, ...others } = Object.fromEntries(
    plan(settings, around).env.map(({ name, value }) => [name, value.length === 1 ? value[0] : value]),
  );
  return others;
}

const ids = (settings: Partial<EnvbuilderSettings>, around?: ContainerSurroundings): string[] =>
  plan(settings, around).warnings.map(({ id }) => id);
const refused = (settings: Partial<EnvbuilderSettings>, around?: ContainerSurroundings): string =>
  refusedBy(() => plan(settings, around));

describe("planContainer", () => {
  test("needs a repository and nothing else", () => {
    expect(plan()).toEqual({
      image: "ghcr.io/coder/envbuilder:1.3.0",
      env: [{ name: "ENVBUILDER_GIT_URL", value: ["https://git.test/app.git"], secret: false, origin: "repository" }],
      files: [],
      mounts: [],
      hosts: {},
      warnings: [],
    });
  });

  test("says each option by its variable", () => {
    expect(
      env({
        repository: Repository.at("https://git.test/app.git", {
          cloneDepth: 1,
          singleBranch: true,
          branch: "main",
          thinPack: false,
          devcontainerDirectory: "dev",
          devcontainerFile: "a.json",
        }),
        workspaceFolder: "/srv/app",
        verbose: true,
        extraIgnorePaths: ["/srv/cache"],
      }),
    ).toEqual({
      ENVBUILDER_DEVCONTAINER_DIR: "dev",
      ENVBUILDER_DEVCONTAINER_JSON_PATH: "a.json",
      ENVBUILDER_GIT_CLONE_DEPTH: "1",
      ENVBUILDER_GIT_CLONE_SINGLE_BRANCH: "true",
      ENVBUILDER_GIT_CLONE_THINPACK: "false",
      ENVBUILDER_IGNORE_PATHS: "/var/run,/product_uuid,/product_name,/srv/cache",
      ENVBUILDER_VERBOSE: "true",
      ENVBUILDER_WORKSPACE_FOLDER: "/srv/app",
    });
    expect(
      env({ repository: Repository.at("https://git.test/a", { dockerfile: "build/Dockerfile", buildContext: "." }) }),
    ).toEqual({ ENVBUILDER_BUILD_CONTEXT_PATH: ".", ENVBUILDER_DOCKERFILE_PATH: "build/Dockerfile" });
  });

  test("hands on what surrounds the container", () => {
    expect(
      env({}, { initScript: ["sleep 1"], agent: { url: "https://coder.test", token: "${coder_agent.main.token}" } }),
    ).toEqual({
      CODER_AGENT_TOKEN: "${coder_agent.main.token}",
      CODER_AGENT_URL: "https://coder.test",
      ENVBUILDER_INIT_SCRIPT: "sleep 1",
    });
  });

  test("makes the same of the same settings", () => {
    const settings = { proxy, ca, environment: { B: "b", A: "a" } };

    expect(plan(settings)).toEqual(plan({ ...settings, environment: { A: "a", B: "b" } }));
  });

  test("keeps its own copy of hosts", () => {
    const hosts = { "proxy.test": "10.0.0.1" };
    const planned = plan({ hosts });

    hosts["proxy.test"] = "10.0.0.2";

    expect(planned.hosts).toEqual({ "proxy.test": "10.0.0.1" });
  });

  test("fails with repository-needs-a-template where nobody has asked the user", () => {
    expect(refused({ repository: Repository.chosenByUser() })).toBe("repository-needs-a-template");
  });

  test.each(["", "/", "app", "/srv/app/", "/srv/../app"])("fails with workspace-folder-malformed on %j", (folder) => {
    expect(refused({ workspaceFolder: folder })).toBe("workspace-folder-malformed");
  });

  test("fails with host-malformed, mount-path-malformed and ignore-path-malformed where one is", () => {
    expect(refused({ hosts: { a: "b" } })).toBe("host-malformed");
    expect(refused({}, { mounts: [{ path: "certs", readOnly: true }] })).toBe("mount-path-malformed");
    expect(refused({ extraIgnorePaths: ["/certs/"] })).toBe("ignore-path-malformed");
  });

  test("warns with single-branch-assumes-main, builder-image-unpinned and read-only-mount-in-workspace", () => {
    expect(
      ids(
        { repository: Repository.at("https://git.test/a", { singleBranch: true }), builderImage: "envbuilder" },
        { mounts: [{ path: "/workspaces/certs", readOnly: true }] },
      ),
    ).toEqual(["single-branch-assumes-main", "builder-image-unpinned", "read-only-mount-in-workspace"]);
  });
});

describe("planContainer with a proxy", () => {
  test("sets both spellings to the same value, for Go prefers the upper one and others know the lower one only: proxy-variable-spelling", () => {
    expect(env({ proxy })).toEqual({
      HTTPS_PROXY: "http://proxy.test:3128",
      HTTP_PROXY: "http://proxy.test:3128",
      NO_PROXY: "localhost,127.0.0.1,::1",
      http_proxy: "http://proxy.test:3128",
      https_proxy: "http://proxy.test:3128",
      no_proxy: "localhost,127.0.0.1,::1",
    });
  });

  test("joins noProxy with the hosts that are known to be direct, and with the loopback: coder-behind-proxy", () => {
    const direct = Proxy.containerWide({ url: "http://proxy.test", noProxy: ["git.test", "coder.test"] });
    const joined = "git.test,coder.test,${local.access_host},localhost,127.0.0.1,::1";

    expect(env({ proxy: direct }, { directHosts: ["coder.test", "${local.access_host}"] })).toMatchObject({
      no_proxy: joined,
      NO_PROXY: joined,
    });
    expect(env({ proxy }, { directHosts: ["coder.test"] })).toMatchObject({
      no_proxy: "coder.test,localhost,127.0.0.1,::1",
    });
  });

  test("marks a URL with credentials as secret, and the hosts beside it not", () => {
    const credentials = { user: "bob", password: secret };
    const { env: variables } = plan({
      proxy: Proxy.containerWide({ url: "http://p.test", credentials, noProxy: ["a"] }),
    });

    expect(variables.filter((one) => one.secret).map(({ name }) => name)).toEqual([
      "HTTPS_PROXY",
      "HTTP_PROXY",
      "http_proxy",
      "https_proxy",
    ]);
  });

  test("gives Git's proxy to the clone alone", () => {
    expect(env({ proxy: Proxy.gitOnly({ url: "http://proxy.test" }) }, { directHosts: ["coder.test"] })).toEqual({
      ENVBUILDER_GIT_HTTP_PROXY_URL: "http://proxy.test",
    });
    expect(ids({ proxy: Proxy.gitOnly({ url: "http://proxy.test" }) })).toEqual(["git-only-proxy-misses-registries"]);
  });

  test("switches HTTP/2 off where the author says so: https-proxy-http2", () => {
    const url = "https://proxy.test";

    expect(ids({ proxy: Proxy.containerWide({ url }) })).toEqual(["https-proxy-http2"]);
    expect(env({ proxy: Proxy.containerWide({ url, disableHttp2: true }) })).toMatchObject({
      GODEBUG: "http2client=0",
    });
    expect(ids({ proxy: Proxy.containerWide({ url, disableHttp2: true }) })).toEqual([]);
  });

  test.each([
    ["an https:// repository", https, undefined],
    ["a repository by SSH", ssh, "socks5h://proxy.test:1080"],
    ["a repository that nobody knows", either, "socks5h://proxy.test:1080"],
  ])("tells SSH of a SOCKS proxy with %s as it needs: socks-proxy-for-ssh", (_, repository, value) => {
    expect(env({ proxy: socks, repository })["all_proxy"]).toBe(value);
    expect(env({ proxy: socks, repository })["ALL_PROXY"]).toBe(value);
  });

  test.each([
    ["url", Proxy.containerWide({ url: "http://localhost:3128" })],
    ["gitUrl", Proxy.containerWide({ url: "http://proxy.test", gitUrl: "http://127.0.0.1:3128" })],
    ["url", Proxy.gitOnly({ url: "http://[::1]:3128", credentials: { user: "a", password: secret } })],
  ])("fails with proxy-on-loopback where nothing else listens there, by proxy.%s", (prop, wrong) => {
    const message = refusal(() => plan({ proxy: wrong }, { ownNetwork: true }));

    expect(message).toContain(`proxy.${prop} has the host "`);
    expect(message).toContain("host.docker.internal");
    expect(message).toContain("[proxy-on-loopback]");
    expect(verdict(() => plan({ proxy: wrong }))).toBeUndefined();
    expect(verdict(() => plan({ proxy }, { ownNetwork: true }))).toBeUndefined();
  });

  test.each([
    ["containerWide", Proxy.containerWide({ url: "socks5://proxy.test", gitUrl: "http://proxy.test" })],
    ["gitOnly", Proxy.gitOnly({ url: "https://proxy.test" })],
  ])("fails with git-proxy-with-ssh where %s has an HTTP proxy for Git", (_, wrong) => {
    expect(refused({ proxy: wrong, repository: ssh })).toBe("git-proxy-with-ssh");
    expect(refused({ proxy: wrong, repository: Repository.at("ssh://git@git.test/a") })).toBe("git-proxy-with-ssh");
    expect(verdict(() => plan({ proxy: wrong, repository: https }))).toBeUndefined();
  });

  test("says of git-proxy-with-ssh what to do", () => {
    expect(refusal(() => plan({ proxy: Proxy.gitOnly({ url: "http://proxy.test" }), repository: ssh }))).toBe(
      "proxy has a http:// URL for Git, but the repository is cloned by SSH, which then fails with an unknown scheme; clone by https://, use a socks5:// proxy, or use Proxy.containerWide without gitUrl [git-proxy-with-ssh]",
    );
  });

  test("warns with ssh-bypasses-proxy unless a SOCKS proxy serves SSH", () => {
    const gitBySocks = Proxy.containerWide({ url: "http://proxy.test", gitUrl: "socks5://proxy.test" });

    const bySsh = { repository: ssh, gitCredentials: GitCredentials.fromSshKey(secret, { knownHosts }) };

    expect(ids({ proxy, ...bySsh })).toEqual(["ssh-bypasses-proxy"]);
    expect(ids({ proxy: socks, ...bySsh })).toEqual([]);
    expect(ids({ proxy: gitBySocks, ...bySsh })).toEqual([]);
    expect(ids({ proxy, repository: https })).toEqual([]);
    expect(ids(bySsh)).toEqual([]);
  });
});

describe("planContainer with certificates", () => {
  test("brings the file and tells every program of it", () => {
    const { files } = plan({ ca });

    expect(files.map(({ path }) => path)).toEqual([
      "/.envbuilder/certs/ca.pem",
      "/.envbuilder/certs/private-ca.pem",
      "/.envbuilder/scripts/install-ca.sh",
    ]);
    expect(env({ ca })).toMatchObject({
      ENVBUILDER_SETUP_SCRIPT: "sh /.envbuilder/scripts/install-ca.sh /.envbuilder/certs/private-ca.pem system java",
      SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
      CURL_CA_BUNDLE: expect.anything(),
    });
  });

  test("tells only the programs that the author names", () => {
    expect(env({ ca, trust: WorkspaceTrust.none() })).toEqual({ SSL_CERT_FILE: "/.envbuilder/certs/ca.pem" });
  });

  test.each<[string, Proxy | undefined, string[], boolean]>([
    ["no proxy", undefined, [], true],
    ["a proxy for Git alone", Proxy.gitOnly({ url: "http://proxy.test" }), [], true],
    ["a proxy for all", proxy, [], false],
    ["hosts in noProxy", Proxy.containerWide({ url: "http://proxy.test", noProxy: ["a.test"] }), [], true],
    ["a Coder server that is direct", proxy, ["coder.test"], true],
  ])("warns with lone-ca-hides-public-roots as hosts are direct: %s", (_, through, directHosts, warned) => {
    const lone = CaBundle.fromPem(new Certificate().pem, { publicRoots: false });

    expect(ids({ ca: lone, proxy: through }, { directHosts }).includes("lone-ca-hides-public-roots")).toBe(warned);
  });

  test("warns with base64-ca-is-git-only", () => {
    expect(ids({ ca: CaBundle.fromPem(new Certificate().pem, { delivery: CaDelivery.GIT_ONLY }) })).toEqual([
      "base64-ca-is-git-only",
    ]);
  });
});

describe("planContainer with mounts", () => {
  const mounts = [
    { path: "/certs", readOnly: true },
    { path: "/data", readOnly: false },
  ];

  test("adds read-only ones to the paths that Envbuilder ignores by default and at the author's wish", () => {
    expect(env({ extraIgnorePaths: ["/srv"] }, { mounts })).toEqual({
      ENVBUILDER_IGNORE_PATHS: "/var/run,/product_uuid,/product_name,/certs,/srv",
    });
  });

  test("leaves them to be moved where the container may mount", () => {
    expect(env({}, { mounts, sysAdmin: true })).toEqual({});
  });

  test("lets the author name certificates in one of them: ca-path-outside-mounts", () => {
    expect(env({ environment: { SSL_CERT_FILE: "/certs/ca.pem" } }, { mounts })).toMatchObject({
      SSL_CERT_FILE: "/certs/ca.pem",
    });
    expect(refused({ environment: { SSL_CERT_FILE: "/cert/ca.pem" } }, { mounts })).toBe("ca-path-outside-mounts");
  });
});

describe("planContainer with variables by hand", () => {
  test("sets them, secrets by reference", () => {
    const { env: variables } = plan({
      environment: { EDITOR: "vim" },
      secretEnvironment: { NPM_TOKEN: secret },
    });

    expect(variables.filter(({ name }) => name !== "ENVBUILDER_GIT_URL")).toEqual([
      { name: "EDITOR", value: ["vim"], secret: false, origin: "environment.EDITOR" },
      {
        name: "NPM_TOKEN",
        value: [{ reference: "${data.vault.me.token}", encoding: undefined, markSensitive: true }],
        secret: true,
        origin: "secretEnvironment.NPM_TOKEN",
      },
    ]);
  });

  test.each<[string, Partial<EnvbuilderSettings>]>([
    ["https_proxy is set by proxy to", { proxy, environment: { https_proxy: "http://other.test" } }],
    ["SSL_CERT_FILE is set by ca to", { ca, environment: { SSL_CERT_FILE: "/etc/ca.pem" } }],
    ["CURL_CA_BUNDLE is set by trust to", { ca, environment: { CURL_CA_BUNDLE: "/etc/ca.pem" } }],
    ["A is set by environment.A to", { environment: { A: "a" }, secretEnvironment: { A: secret } }],
  ])("fails with environment-conflict, naming both origins: %s", (beginning, settings) => {
    const message = refusal(() => plan(settings));

    expect(message).toMatch(
      new RegExp(`^${beginning} .* and by (secretE|e)nvironment\\..*\\[environment-conflict\\]$`),
    );
  });

  test("takes a variable that repeats a setting", () => {
    expect(env({ proxy, environment: { https_proxy: "http://proxy.test:3128" } })).toEqual(env({ proxy }));
  });

  test("fails with raw-proxy-variable where a proxy is given, too, but not for that variable", () => {
    expect(refused({ proxy, environment: { all_proxy: "http://proxy.test:3128" } })).toBe("raw-proxy-variable");
    expect(refused({ proxy, environment: { no_proxy: "git.test" } })).toBe("environment-conflict");
    expect(
      refused({ proxy: Proxy.gitOnly({ url: "http://p.test" }), environment: { HTTPS_PROXY: "http://p.test" } }),
    ).toBe("raw-proxy-variable");
  });

  test("fails with ca-path-outside-mounts where ca is given, but not as that variable", () => {
    const gitOnly = CaBundle.fromPem(new Certificate().pem, { delivery: CaDelivery.GIT_ONLY });

    expect(refused({ ca: gitOnly, environment: { SSL_CERT_FILE: "/certs/ca.pem" } })).toBe("ca-path-outside-mounts");
  });

  test("fails with embedded-roots-hide-ca where certificates are given", () => {
    expect(refused({ ca, environment: { GO_ROOTCERTS_ENABLE: "1" } })).toBe("embedded-roots-hide-ca");
  });

  test("fails with init-args-hide-init-script where a workspace has an agent", () => {
    expect(refused({}, { initScript: ["agent"], initArguments: ["-c", "ls"] })).toBe("init-args-hide-init-script");
  });

  test("warns with registry-mirror-without-effect and option-unknown-to-library", () => {
    const environment = { ENVBUILDER_NEWEST: "1", KANIKO_REGISTRY_MIRROR: "m.test" };

    expect(ids({ builderImage: "registry.test/envbuilder:9.0.0", environment })).toEqual([
      "registry-mirror-without-effect",
      "option-unknown-to-library",
    ]);
    expect(refused({ environment })).toBe("unknown-option");
  });

  test("fails with option-newer-than-envbuilder, whatever sets the option", () => {
    expect(refused({ builderImage: "registry.test/envbuilder:1.0.0", workspaceBaseDirectory: "/home/dev" })).toBe(
      "option-newer-than-envbuilder",
    );
  });
});
