import { readFileSync } from "node:fs";

import {
  CaBundle,
  CaDelivery,
  CoderTemplate,
  Proxy,
  Repository,
  Secret,
  type CarriedCaBundleOptions,
} from "cdktf-coder-envbuilder";
import { DockerWorkspace, type DockerWorkspaceProps } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { docker } from "./lab/docker";
import { decryptedHosts, requests } from "./lab/flow-log";
import { InterceptingProxy } from "./lab/intercepting-proxy";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";

// The original demonstration of Envbuilder behind a TLS-intercepting proxy, from synthesized templates: what each way of
// telling it is worth.

const UNKNOWN_AUTHORITY = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
// The mark comes last: what stands before it is then in the log.
const SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
const INIT = "env | sort | sed 's/^/ENV /'; cat /built.txt; echo MARKER; exec sleep 3600";

let lab: ProxyNetwork;
let repository: string;
let direct: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  repository = await lab.repository("docker-proxy", devcontainer(lab.baseImage));
  direct = await lab.repository(
    "docker-direct",
    devcontainer(lab.baseImage.replace("registry.test", "registry-direct.test")),
  );
}, 120_000);

function devcontainer(image: string): Record<string, string> {
  return {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${image}\nRUN echo built >/built.txt\n`,
  };
}

type Settings = Partial<DockerWorkspaceProps>;

function applied(
  name: string,
  props: Settings | ((template: CoderTemplate) => Settings),
  vars?: Readonly<Record<string, string>>,
): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    new DockerWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      ...behindTheProxy(lab),
      ...(typeof props === "function" ? props(template) : props),
    });
    return template;
  });
  return new AppliedWorkspace(directory, { name, initScript: INIT, vars });
}

/** Starts, waits for the script or the end, and removes everything. */
async function logOf(workspace: AppliedWorkspace): Promise<string> {
  try {
    await workspace.start();
    return await workspace.logWith("MARKER\n");
  } finally {
    await workspace.destroy();
  }
}

function throughTheProxy(): Proxy {
  return Proxy.containerWide({ url: lab.proxy.url() });
}

function corporate(options?: CarriedCaBundleOptions): CaBundle {
  return CaBundle.fromFile(lab.certificates.proxyCa, options);
}

describe("a workspace on Docker", () => {
  test("builds on a network without a proxy", async () => {
    const mark = lab.proxy.flows.mark();
    const { open } = settings;

    const log = await logOf(
      applied("open", {
        ca: CaBundle.fromFile(lab.certificates.upstreamCa),
        networks: [{ name: open.name }],
        dns: [open.gateway],
        hosts: { "git.test": open.gateway, "registry.test": open.gateway },
      }),
    );

    expect(log).toContain("MARKER\n");
    expect(lab.proxy.flows.since(mark)).toEqual([]);
  });

  test("dies of an unknown authority behind the proxy without its certificates", async () => {
    const log = await logOf(applied("no-ca", { proxy: throughTheProxy() }));

    expect(log).toContain(UNKNOWN_AUTHORITY);
    expect(log).not.toContain("MARKER");
  });

  test.each<[string, (template: CoderTemplate) => Settings]>([
    ["a file that is uploaded", () => ({ ca: corporate() })],
    ["a directory that is uploaded", () => ({ ca: corporate({ delivery: CaDelivery.DIRECTORY }) })],
    ["certificates alone, without the public ones", () => ({ ca: corporate({ publicRoots: false }) })],
    ["a file of the host", () => ({ ca: CaBundle.fromHostFile(lab.certificates.proxyCa) })],
    ["a directory of the host", () => ({ ca: CaBundle.fromHostDirectory(lab.certificates.proxyCaFolder) })],
    [
      "a variable",
      (template) => ({ ca: CaBundle.fromVariable(template.variable("ca_certificates", { description: "PEM" })) }),
    ],
    ["a file, with the fewest capabilities", () => ({ ca: corporate(), hardened: true })],
  ])("clones and pulls through the proxy, unprivileged, with %s", async (what, props) => {
    const mark = lab.proxy.flows.mark();
    const name = what
      .replaceAll(/[^a-z]+/g, "-")
      .slice(0, 30)
      .replace(/-$/, "");
    const certificates = { ca_certificates: readFileSync(lab.certificates.proxyCa, "utf8") };

    const log = await logOf(
      applied(
        name,
        (template) => ({ proxy: throughTheProxy(), ...props(template) }),
        what === "a variable" ? certificates : undefined,
      ),
    );

    expect(log).toMatch(/\n(?:ENV .*\n)+built\nMARKER\n/);
    expect(log).toContain(`trust: ${SYSTEM_BUNDLE} has the certificates\n`);
    expect(log).toContain(`\nENV SSL_CERT_FILE=${SYSTEM_BUNDLE}\n`);
    const flows = lab.proxy.flows.since(mark);
    expect(decryptedHosts(flows)).toEqual(["git.test", "registry.test"]);
    expect(requests(flows)).toEqual(
      expect.arrayContaining([
        "POST git.test/docker-proxy.git/git-upload-pack 200",
        "GET registry.test/v2/base/manifests/latest 200",
        expect.stringMatching(/^GET registry\.test\/v2\/base\/blobs\/sha256:[0-9a-f]{64} 200$/),
      ]),
    );
  });

  test("tells the workspace of the proxy in both spellings and of the certificates, and nothing of Envbuilder", async () => {
    const log = await logOf(
      applied("environment", {
        proxy: Proxy.containerWide({ url: lab.proxy.url(), noProxy: [".internal"] }),
        ca: corporate(),
      }),
    );

    const names = [...log.matchAll(/^ENV (\w+)=/gm)].map(([, name]) => name);
    expect(log).toContain(`\nENV https_proxy=${lab.proxy.url()}\n`);
    expect(log).toContain(`\nENV HTTPS_PROXY=${lab.proxy.url()}\n`);
    expect(log).toMatch(/\nENV no_proxy=\.internal,host\.docker\.internal\b/);
    expect(names).toEqual(
      expect.arrayContaining(["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO"]),
    );
    expect(names.filter((name) => name?.startsWith("ENVBUILDER_"))).toEqual([]);
  });

  test("clones but does not pull with certificates for Git only", async () => {
    const mark = lab.proxy.flows.mark();

    const log = await logOf(
      applied("git-only-ca", { proxy: throughTheProxy(), ca: corporate({ delivery: CaDelivery.GIT_ONLY }) }),
    );

    expect(log).toContain("Cloned repository");
    expect(log).toContain(`"https://registry.test:5000/v2/": ${UNKNOWN_AUTHORITY}`);
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test"]);
  });

  test("clones through a proxy for Git only, and pulls without it", async () => {
    const mark = lab.proxy.flows.mark();

    const log = await logOf(
      applied("git-only-proxy", { proxy: Proxy.gitOnly({ url: lab.proxy.url() }), ca: corporate() }),
    );

    expect(log).toContain("Cloned repository");
    expect(log).toMatch(/lookup registry\.test on .*: no such host/);
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test"]);
  });

  test("reaches a direct host of another authority only with both in the bundle", async () => {
    const props = (ca: CaBundle): Settings => ({
      repository: Repository.at(direct),
      proxy: Proxy.containerWide({ url: lab.proxy.url(), noProxy: ["registry-direct.test"] }),
      ca,
      hosts: { "proxy.test": lab.gateway, "registry-direct.test": lab.gateway },
    });
    const mark = lab.proxy.flows.mark();

    const lone = await logOf(applied("lone", props(corporate())));
    const merged = await logOf(
      applied("merged", props(CaBundle.fromFiles([lab.certificates.proxyCa, lab.certificates.upstreamCa]))),
    );

    expect(lone).toMatch(new RegExp(`"https://registry-direct.test:5000/v2/.*${UNKNOWN_AUTHORITY}`));
    expect(merged).toContain("MARKER\n");
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test"]);
  });

  test("passes a proxy that asks for a user and a password, which no plan shows", async () => {
    const proxy = await InterceptingProxy.start("password-proxy", { port: 8083, credentials: "us@er:p/w d+1" });
    const workspace = applied(
      "password",
      (template) => {
        const password = template.variable("proxy_password", { description: "…", sensitive: true });
        const credentials = { user: "us@er", password: Secret.fromVariable(password) };
        return { proxy: Proxy.containerWide({ url: proxy.url(), credentials }), ca: corporate() };
      },
      { proxy_password: "p/w d+1" },
    );

    const plan = await workspace.init().then(() => workspace.planText());
    const log = await logOf(workspace);
    await proxy.stop();

    expect(log).toContain("MARKER\n");
    expect(log).toContain("ENV https_proxy=http://us%40er:p%2Fw%20d%2B1@proxy.test:8083\n");
    expect(plan).toContain("docker_container.workspace[0] will be created");
    expect(plan).not.toMatch(/p\/w|p%2Fw/);
  });

  test("builds again after a restart, with the certificates still there and one clone only: certificates-deleted-by-build", async () => {
    const workspace = applied("restarted", { proxy: throughTheProxy(), ca: corporate() });
    const mark = lab.proxy.flows.mark();

    await workspace.start();
    await workspace.logWith("MARKER\n");
    await workspace.restart();
    const log = await workspace.logWith("MARKER\n", 2);
    await workspace.destroy();

    expect(log.match(/^MARKER$/gm)).toHaveLength(2);
    expect(requests(lab.proxy.flows.since(mark)).filter((one) => one.startsWith("POST git.test"))).toHaveLength(1);
  });

  test("plans nothing once it runs, keeps the volume through a stop, and leaves nothing behind", async () => {
    const workspace = applied("lifecycle", { proxy: throughTheProxy(), ca: corporate() });
    const volume = "coder-id-of-lifecycle-workspace";
    const kept = ["run", "--rm", "--volume", `${volume}:/kept`, settings.images.base];

    await workspace.start();
    await workspace.logWith("MARKER\n");
    const again = await workspace.planText();
    await workspace.stop();
    const containers = (await docker(["ps", "--all", "--quiet", "--filter", `name=${workspace.container}`])).stdout;
    await docker([...kept, "/bin/sh", "-c", "ls /kept/docker-proxy/.devcontainer && echo mine >/kept/notes"]);
    await workspace.start();
    await workspace.logWith("MARKER\n");
    const notes = (await docker(["exec", workspace.container, "cat", "/workspaces/notes"])).stdout;
    await workspace.destroy();
    const volumes = (await docker(["volume", "ls", "--quiet", "--filter", `name=${volume}`])).stdout;

    expect(again).toContain("No changes.");
    expect(containers).toBe("");
    expect(notes).toBe("mine\n");
    expect(volumes).toBe("");
  });
});
