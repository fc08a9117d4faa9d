import { createHash } from "node:crypto";

import { CaBundle, CoderTemplate, Proxy, Repository, Secret } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { docker } from "./lab/docker";
import { EnvbuilderContainer } from "./lab/envbuilder-container";
import { ProxyNetwork } from "./lab/proxy-network";
import { PushedImage } from "./lab/pushed-image";
import { synthesized } from "./lab/synthesized";

// Secrets of a build reach the step that asks for them, whatever they hold, and stay nowhere.

const values: Readonly<Record<string, string>> = {
  plain: "s3cr3t-plain",
  "aws.keys-1": 'a,"b",,""c"" $HOME ${x} %{y} \\n \'d\' =e=',
  pem: '-----BEGIN X-----\nline, one\n\n"line" two\n-----END X-----\n',
};

const DOCKERFILE = `
RUN --mount=type=secret,id=plain,env=TOKEN printf %s "$TOKEN" | sha256sum >/by-env
RUN --mount=type=secret,id=aws.keys-1,target=/root/keys sha256sum </root/keys >/by-target
RUN --mount=type=secret,id=pem,required=true cat /run/secrets/pem | sha256sum >/by-default
RUN --mount=type=secret,id=pem,env=PEM printf '%s.' "$PEM" | sha256sum >/lines-by-env
RUN --mount=type=secret,id=nobody,env=NOBODY echo "[\${NOBODY-unset}]" >/missing
RUN env | sort >/others; ls -A /run/secrets /root >>/others 2>&1 || :
`;

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
}, 120_000);

function sum(text: string): string {
  return `${createHash("sha256").update(text).digest("hex")}  -`;
}

test("secrets with commas, quotes and line breaks reach the steps that ask for them, and no plan, image or workspace", async () => {
  const repository = await lab.repository("build-secrets", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}${DOCKERFILE}`,
  });
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "build-secrets");
    const secret = (name: string): Secret =>
      Secret.fromVariable(template.variable(name, { description: "A secret.", sensitive: true }));
    new DockerWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      ...behindTheProxy(lab),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      buildSecrets: { plain: secret("plain"), "aws.keys-1": secret("aws_keys"), pem: secret("pem") },
    });
    return template;
  });
  const workspace = new AppliedWorkspace(directory, {
    name: "build-secrets",
    initScript: `for f in by-env by-target by-default lines-by-env missing others; do echo "== $f"; cat /$f; done
env | sed 's/^/ENV /'; echo MARKER; exec sleep 3600`,
    vars: { plain: values["plain"] ?? "", aws_keys: values["aws.keys-1"] ?? "", pem: values["pem"] ?? "" },
  });

  await workspace.init();
  const plan = await workspace.planText();
  await workspace.start();
  const log = await workspace.logWith("MARKER\n");
  const changes = (await docker(["diff", workspace.container])).stdout;
  const left = (
    await docker([
      "exec",
      workspace.container,
      "sh",
      "-c",
      "grep -rlF -e s3cr3t-plain -e 'line, one' / --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev 2>/dev/null; :",
    ])
  ).stdout;
  await workspace.destroy();

  expect(log).toContain(`== by-env\n${sum(values["plain"] ?? "")}\n`);
  expect(log).toContain(`== by-target\n${sum(values["aws.keys-1"] ?? "")}\n`);
  expect(log).toContain(`== by-default\n${sum(values["pem"] ?? "")}\n`);
  expect(log).toContain(`== lines-by-env\n${sum(`${values["pem"]}.`)}\n`);
  // A secret that nobody gives is an empty one.
  expect(log).toContain("== missing\n[]\n");
  expect(/== others\n([^]*?)ENV /.exec(log)?.[1]).not.toMatch(/TOKEN|PEM|keys|pem/);
  expect(log).not.toContain("ENV ENVBUILDER_BUILD_SECRETS");
  for (const secret of ["s3cr3t-plain", "line, one", "=e="]) {
    expect(plan).not.toContain(secret);
    expect(log).not.toContain(secret);
  }
  expect(plan).toContain("docker_container.workspace[0] will be created");
  expect(left).toBe("");
  expect(changes).not.toMatch(/root\/keys|run\/secrets\/pem/);
});

test("secrets are in no layer that is pushed, and a changed one does not run a cached step again", async () => {
  const repository = await lab.repository("build-secret-cache", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}
RUN --mount=type=secret,id=token,env=TOKEN --mount=type=secret,id=token,target=/token printf %s "$TOKEN" | sha256sum >/sum
`,
  });
  const cache = lab.baseImage.replace("base:latest", "build-secret-cache");
  const run = (token: string): Promise<{ readonly text: string }> =>
    EnvbuilderContainer.run("build-secret-cache", {
      args: lab.containerArgs,
      upload: { "/.envbuilder/certs/ca.pem": lab.certificates.proxyCa },
      env: {
        ENVBUILDER_GIT_URL: repository,
        ENVBUILDER_CACHE_REPO: cache,
        ENVBUILDER_PUSH_IMAGE: "true",
        ENVBUILDER_EXIT_ON_PUSH_FAILURE: "true",
        ENVBUILDER_BUILD_SECRETS: `token=${token}`,
        ENVBUILDER_INIT_SCRIPT: "cat /sum",
        https_proxy: lab.proxy.url(),
        SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
      },
    });

  const first = await run("first-hunter2");
  const second = await run("second-hunter2");
  const image = await PushedImage.of(`${cache}:latest`);

  expect(first.text).toContain(`${sum("first-hunter2")}\n`);
  expect(second.text).toContain(`${sum("first-hunter2")}\n`);
  expect(await image.holds(sum("first-hunter2"))).toBe(true);
  expect(await image.holds("hunter2")).toBe(false);
});
