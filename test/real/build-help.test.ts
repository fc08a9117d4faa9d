import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { BuildHelp, CaBundle, CoderTemplate, Distribution, Proxy, Repository, Secret } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { docker } from "./lab/docker";
import { type ContainerResult, EnvbuilderContainer } from "./lab/envbuilder-container";
import { requests } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { PushedImage } from "./lab/pushed-image";
import { stateFolder } from "./lab/state";
import { synthesized } from "./lab/synthesized";

// What steps of a build see of the proxy and the certificates: nothing, until the repository hands them on in the lines that
// the template's README.md shows.

const CA = "/.envbuilder/certs/ca.pem";
const TARGET = "https://git.test/target.git";
const PROGRAMS: Readonly<Record<string, string>> = {
  curl: `curl -fsS ${TARGET}/HEAD`,
  wget: `wget -nv -O- ${TARGET}/HEAD`,
  git: `git ls-remote ${TARGET}`,
  python: `python3 -c 'import urllib.request; print(urllib.request.urlopen("${TARGET}/HEAD").status)'`,
  requests: `python3 -c 'import requests; requests.get("${TARGET}/HEAD").raise_for_status()'`,
  apt: `/usr/lib/apt/apt-helper download-file ${TARGET}/HEAD /tmp/head`,
};
const SAID = 'for f in /said/*; do echo "== ${f##*/}"; cat $f; done; echo MARKER; exec sleep 3600';

let lab: ProxyNetwork;
let debian: string;
/** The blocks of README.md of a template, in order. */
let blocks: { readonly kind: string; readonly text: string }[];

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  debian = await lab.debianImage();
  await lab.repository("target", { "README.md": "Here." });
  const readme = readFileSync(join(template("read-me", "https://git.test/a.git"), "README.md"), "utf8");
  const section = /^## In the repository\n([^]*?)^## /m.exec(readme)?.[1] ?? "";
  blocks = [...section.matchAll(/^```(\w+)\n([^]*?)\n```$/gm)].map(([, kind = "", text = ""]) => ({ kind, text }));
}, 180_000);

function template(name: string, url: string): string {
  return synthesized((app) => {
    const made = new CoderTemplate(app, name);
    new DockerWorkspace(made, "workspace", {
      repository: Repository.at(url),
      ...behindTheProxy(lab),
      ...settings(),
    });
    return made;
  });
}

function settings(): { proxy: Proxy; ca: CaBundle } {
  return {
    proxy: Proxy.containerWide({ url: lab.proxy.url(), noProxy: ["direct.test"] }),
    ca: CaBundle.fromFile(lab.certificates.proxyCa),
  };
}

/** What the README says of a kind: of several, the first. */
function printed(kind: string): string {
  const found = blocks.find((block) => block.kind === kind)?.text ?? "";
  expect(found).not.toBe("");
  return found;
}

const PLAIN = JSON.stringify({ build: { dockerfile: "Dockerfile" } });

function repository(name: string, devcontainer: string, dockerfile: readonly string[]): Promise<string> {
  return lab.repository(name, {
    ".devcontainer/devcontainer.json": devcontainer,
    ".devcontainer/Dockerfile": `${dockerfile.join("\n")}\n`,
  });
}

/** A step that asks git.test for something with each program, whatever comes of it. */
function asking(programs: Readonly<Record<string, string>>): string {
  const asked = Object.entries(programs).map(
    ([name, program]) =>
      `if { ${program}; } >/said/${name} 2>&1; then echo "got it"; else echo failed; fi >>/said/${name}`,
  );
  return `RUN mkdir -p /said; env | sort >/said/env; ${asked.join("; ")}`;
}

/** What each step said. */
async function said(
  name: string,
  directory: string,
  vars: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const workspace = new AppliedWorkspace(directory, { name, initScript: SAID, vars });
  try {
    await workspace.start();
    const log = await workspace.logWith("MARKER\n");
    const parts = log.slice(log.indexOf("\n== ")).split(/^== /m).slice(1);
    return Object.fromEntries(parts.map((part) => part.replace(/MARKER\n[^]*$/, "").split(/\n([^]*)/, 2)));
  } finally {
    await workspace.destroy();
  }
}

/** What the lines leave behind: what ran, and each file with the number of its certificates. */
const STORES: Readonly<Record<Distribution, readonly string[]>> = {
  [Distribution.DEBIAN]: [
    "/etc/ssl/certs/ca-certificates.crt 1",
    "/usr/local/share/ca-certificates/workspace-ca-build-1.crt 1",
  ],
  [Distribution.FEDORA]: ["ran update-ca-trust", "/etc/pki/ca-trust/source/anchors/workspace-ca-build.crt 1"],
  [Distribution.SUSE]: ["ran update-ca-certificates", "/etc/pki/trust/anchors/workspace-ca-build.crt 1"],
  [Distribution.ARCH]: [
    "ran trust extract-compat",
    "/etc/ca-certificates/trust-source/anchors/workspace-ca-build.crt 1",
  ],
  [Distribution.OTHER]: ["/etc/ssl/certs/ca-certificates.crt 1"],
};

/** The certificates of a template as its container has them: its own, then the public authorities. */
function carriedBundle(): string {
  const certs = join(template("bundle", TARGET), "certs");
  const file = join(stateFolder("bundle"), "ca.pem");
  writeFileSync(file, ["ca.pem", "public-roots.pem"].map((name) => readFileSync(join(certs, name), "utf8")).join(""));
  return file;
}

describe("on Debian", () => {
  test("no step reaches the network without help: steps-without-proxy", async () => {
    const url = await repository("build-alone", PLAIN, [`FROM ${debian}`, asking(PROGRAMS)]);

    const { env = "", ...asked } = await said("build-alone", template("build-alone", url));

    expect(env).not.toMatch(/proxy|SSL_CERT/i);
    for (const name of Object.keys(PROGRAMS)) expect(asked[name]).toMatch(/failed\n$/);
    expect(asked["curl"]).toContain("Could not resolve host: git.test");
  });

  test("with the proxy alone, no step trusts what answers: steps-without-certificates", async () => {
    const url = await repository("build-args", printed("json"), [`FROM ${debian}`, asking(PROGRAMS)]);

    const { env = "", ...asked } = await said("build-args", template("build-args", url));

    expect(env).toContain(`https_proxy=${lab.proxy.url()}\n`);
    expect(env).toMatch(/^no_proxy=direct\.test,/m);
    for (const name of Object.keys(PROGRAMS)) expect(asked[name]).toMatch(/failed\n$/);
    expect(asked["curl"]).toContain("SSL certificate problem");
  });

  test("with the lines of the README, as printed, every step does", async () => {
    const dockerfile = [`FROM ${debian}`, printed("dockerfile"), asking(PROGRAMS)];
    const url = await repository("build-helped", printed("json"), dockerfile);
    const mark = lab.proxy.flows.mark();

    const { env = "", ...asked } = await said("build-helped", template("build-helped", url));

    expect(asked).toEqual(
      Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, expect.stringMatching(/got it\n$/)])),
    );
    expect(env).toContain("NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt\n");
    expect(requests(lab.proxy.flows.since(mark)).filter((one) => one.includes("/target.git/")).length).toBeGreaterThan(
      4,
    );
  });

  test("a Dockerfile without a devcontainer.json has the proxy as a secret, as the notes say", async () => {
    const asked = `RUN mkdir /said; env | sort >/said/env
RUN --mount=type=secret,id=https_proxy,env=https_proxy curl -fsS ${TARGET}/HEAD >/said/curl && echo "got it" >>/said/curl`;
    const help = BuildHelp.of({ ...settings(), repository: Repository.at(TARGET, { dockerfile: "Dockerfile" }) });
    const url = await lab.repository("build-dockerfile", {
      Dockerfile: [`FROM ${debian}`, help.dockerfile(), asked, ""].join("\n"),
    });
    const directory = synthesized((app) => {
      const stack = new CoderTemplate(app, "build-dockerfile");
      const proxyUrl = stack.variable("proxy_url", { description: "The proxy.", sensitive: true });
      new DockerWorkspace(stack, "workspace", {
        repository: Repository.at(url, { dockerfile: "Dockerfile" }),
        ...behindTheProxy(lab),
        ...settings(),
        buildSecrets: { https_proxy: Secret.fromVariable(proxyUrl) },
      });
      return stack;
    });

    const { env, curl } = await said("build-dockerfile", directory, { proxy_url: lab.proxy.url() });

    expect(help.notes[0]).toContain("RUN --mount=type=secret,id=https_proxy,env=https_proxy");
    expect(curl).toBe("ref: refs/heads/main\ngot it\n");
    expect(env).not.toContain("proxy");
  });

  test("with the same lines, an image is built where there is neither a proxy nor a certificate", async () => {
    const dockerfile = [`FROM ${debian}`, printed("dockerfile"), "RUN mkdir /said; env | sort >/said/env"];
    const url = await repository("build-elsewhere", printed("json"), dockerfile);

    const { status, text } = await EnvbuilderContainer.run("build-elsewhere", {
      args: lab.openContainerArgs,
      // For Envbuilder itself: the authority stands in for a public one.
      upload: { "/.envbuilder/public.pem": lab.certificates.upstreamCa },
      env: {
        ENVBUILDER_GIT_URL: url,
        ENVBUILDER_INIT_SCRIPT: "cat /said/env; ls -A /usr/local/share/ca-certificates | sed 's/^/added /'; echo built",
        SSL_CERT_FILE: "/.envbuilder/public.pem",
      },
    });
    const tag = "build-elsewhere:test";
    const context = dockerfile.join("\n");
    const without = await docker(["build", "--network", "none", "--tag", tag, "-"], { input: context });
    await docker(["rmi", tag]);

    expect(status).toBe(0);
    expect(text).toMatch(/^https_proxy=$/m);
    expect(text).toMatch(/^built$/m);
    expect(text).not.toMatch(/^added/m);
    expect(without.stdout).toContain(`Successfully tagged ${tag}`);
  });
});

describe("on BusyBox", () => {
  // Nothing in it checks a certificate: what can be seen is that all is in its place.
  test.each(Object.values(Distribution))(
    "the lines for %s are run as far as the image has the program",
    async (one) => {
      const lines = BuildHelp.of(settings()).dockerfile(one) ?? "";
      const stubs = [
        "RUN mkdir -p /etc/pki/ca-trust/source/anchors /etc/pki/trust/anchors /etc/ca-certificates/trust-source/anchors",
        "RUN for p in update-ca-trust trust; do printf '#!/bin/sh\\necho ran ${0##*/} $* >>/ran\\n' >/bin/$p; chmod +x /bin/$p; done",
        ...(one === Distribution.SUSE ? ["RUN cp /bin/trust /bin/update-ca-certificates"] : []),
      ];
      const url = await repository(`build-${one}`, printed("json"), [`FROM ${lab.baseImage}`, ...stubs, lines]);

      const { status, text } = await EnvbuilderContainer.run(`build-${one}`, {
        args: lab.containerArgs,
        upload: { [CA]: carriedBundle() },
        env: {
          ENVBUILDER_GIT_URL: url,
          ENVBUILDER_INIT_SCRIPT: `cat /ran; for f in $(find /etc /usr/local -name "workspace-ca-*" -o -name ca-certificates.crt); do echo "$f $(grep -c BEGIN $f)"; done`,
          https_proxy: lab.proxy.url(),
          SSL_CERT_FILE: CA,
        },
      });

      expect(status).toBe(0);
      expect(text.split("\n").filter((line) => /^(ran|\/(etc|usr)\/.*) \S+( |$)/.test(line))).toEqual(STORES[one]);
    },
  );

  test("its wget asks the proxy with the arguments of the README, and cannot ask it for HTTPS", async () => {
    const programs = { wget: `wget -O- ${TARGET}/HEAD` };
    const alone = await repository("busybox-alone", PLAIN, [`FROM ${lab.baseImage}`, asking(programs)]);
    const helped = await repository("busybox-helped", printed("json"), [`FROM ${lab.baseImage}`, asking(programs)]);

    expect((await said("busybox-alone", template("busybox-alone", alone)))["wget"]).toMatch(
      /bad address 'git\.test'\nfailed\n$/,
    );
    expect((await said("busybox-helped", template("busybox-helped", helped)))["wget"]).toMatch(
      /^Connecting to proxy\.test:.*\nwget: .*\nfailed\n$/,
    );
  });
});

/** What the layer says that was made, or found. */
function whatWasMade({ text }: ContainerResult): string {
  return /^made [-0-9a-f]{36}$/m.exec(text)?.[0] ?? text;
}

describe("cached layers", () => {
  test("are found by the arguments' values, which stand in no image, and not by the certificates: build-arguments-find-layers", async () => {
    const url = await repository("build-cache", printed("json"), [
      `FROM ${lab.baseImage}`,
      "RUN cat /proc/sys/kernel/random/uuid >/made; mkdir /said; cp /.envbuilder/certs/ca.pem /said",
    ]);
    const cache = lab.baseImage.replace("base:latest", "build-cache");
    const run = (proxy: string, more = ""): Promise<ContainerResult> => {
      const file = join(stateFolder("bundle"), "ca.pem");
      writeFileSync(file, `${readFileSync(lab.certificates.proxyCa, "utf8")}${more}`);
      return EnvbuilderContainer.run("build-cache", {
        args: lab.containerArgs,
        upload: { [CA]: file },
        env: {
          ENVBUILDER_GIT_URL: url,
          ENVBUILDER_CACHE_REPO: cache,
          ENVBUILDER_PUSH_IMAGE: "true",
          ENVBUILDER_EXIT_ON_PUSH_FAILURE: "true",
          ENVBUILDER_INIT_SCRIPT: "sed 's/^/made /' /made; grep '^# added' /said/ca.pem",
          https_proxy: proxy,
          SSL_CERT_FILE: CA,
        },
      });
    };
    const other = lab.proxy.url().replace("http://", "http://somebody:hunter2@");

    const first = await run(lab.proxy.url());
    const again = await run(lab.proxy.url(), "# added later\n");
    const another = await run(other);
    const image = await PushedImage.of(`${cache}:latest`);

    expect(whatWasMade(again)).toBe(whatWasMade(first));
    expect(again.text).not.toContain("# added later");
    expect(whatWasMade(another)).toMatch(/^made [-0-9a-f]{36}$/);
    expect(whatWasMade(another)).not.toBe(whatWasMade(first));
    expect(await image.holds(whatWasMade(another).slice("made ".length))).toBe(true);
    expect(await image.holds("hunter2")).toBe(false);
  });
});
