import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { CaBundle, CoderTemplate, Proxy, RegistryAuth, Repository, Secret } from "cdktf-coder-envbuilder";
import { DockerWorkspace, type DockerWorkspaceProps } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { containerExec, docker } from "./lab/docker";
import { requests } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { otherRegistryCredentials, pushImage, registryCredentials } from "./lab/registry";
import { pushFeature } from "./lab/feature";
import { settings } from "./lab/settings";
import { stateFolder } from "./lab/state";
import { synthesized } from "./lab/synthesized";

// A base image in one private registry and a feature in another, behind the intercepting proxy, with every way of saying who
// Envbuilder is; and a builder image in a private registry, which the Docker daemon pulls.

const INIT = "env | sort | sed 's/^/ENV /'; cat /feature.txt; echo MARKER; exec sleep 3600";
const PRIVATE = `registry-private.test:${settings.ports.privateRegistry}`;
const OTHER = `registry-other.test:${settings.ports.otherRegistry}`;
const BUILDER = `${PRIVATE}/team/envbuilder:1.3.0`;

const { password } = registryCredentials;
const { password: otherPassword } = otherRegistryCredentials;
const CONFIG = JSON.stringify({
  auths: {
    [PRIVATE]: { auth: base64(`${registryCredentials.username}:${password}`) },
    [OTHER]: { username: otherRegistryCredentials.username, password: otherPassword },
  },
});

let lab: ProxyNetwork;
let repository: string;
let hostFile: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  const feature = await pushFeature("of-the-other", "echo feature >/feature.txt");
  repository = await lab.repository("registries", {
    ".devcontainer/devcontainer.json": JSON.stringify({
      image: lab.baseImage.replace(/^[^/]+/, PRIVATE),
      features: { [feature.replace(/^[^/]+/, OTHER)]: {} },
    }),
  });
  await pushImage(settings.images.envbuilder, "team/envbuilder:1.3.0");
  hostFile = join(stateFolder("docker-config"), "config.json");
  writeFileSync(hostFile, CONFIG, { mode: 0o600 });
}, 120_000);

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

type Settings = Partial<DockerWorkspaceProps>;
type Vars = Readonly<Record<string, string>>;

function secret(template: CoderTemplate, name: string): Secret {
  return Secret.fromVariable(template.variable(name, { description: "A secret.", sensitive: true }));
}

function logins(template: CoderTemplate): RegistryAuth {
  return RegistryAuth.logins([
    { registry: PRIVATE, user: registryCredentials.username, password: secret(template, "registry_password") },
    { registry: OTHER, user: otherRegistryCredentials.username, password: secret(template, "other_password") },
  ]);
}

function config(template: CoderTemplate): RegistryAuth {
  return RegistryAuth.fromConfig(secret(template, "docker_config"));
}

function applied(
  name: string,
  props: (template: CoderTemplate) => Settings,
  vars: Vars,
  condition?: string,
): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    const workspace = new DockerWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      ...behindTheProxy(lab),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...props(template),
    });
    if (condition !== undefined) {
      workspace.container.lifecycle = { precondition: [{ condition, errorMessage: "No docker config." }] };
    }
    return template;
  });
  return new AppliedWorkspace(directory, { name, initScript: INIT, vars });
}

const PASSWORDS: Vars = { registry_password: password, other_password: otherPassword };

/** In each form that they could be found in. */
const FORMS = [password, otherPassword, CONFIG, registryCredentials, otherRegistryCredentials].flatMap((one) => {
  const text = typeof one === "string" ? one : `${one.username}:${one.password}`;
  return [text, base64(text)];
});

/** The files of the container in which one of the forms is. */
async function filesWithSecrets(container: string): Promise<string> {
  const patterns = FORMS.map((form) => `-e '${form}'`).join(" ");
  return await containerExec(
    container,
    `grep -rlF ${patterns} /.envbuilder /etc /home /root /tmp /var /workspaces; true`,
  );
}

describe("Envbuilder on Docker pulls from two private registries", () => {
  test.each<[string, (template: CoderTemplate) => RegistryAuth, Vars, string, string | undefined]>([
    ["logins", logins, PASSWORDS, "", undefined],
    ["a config", config, { docker_config: CONFIG }, "", RegistryAuth.configCondition("docker_config")],
    [
      "a config in base64",
      (template) => RegistryAuth.fromConfig(secret(template, "docker_config"), { base64: true }),
      { docker_config: base64(CONFIG) },
      "",
      RegistryAuth.configCondition("docker_config", { base64: true }),
    ],
    ["a file of the host", () => RegistryAuth.fromHostFile(hostFile), {}, "/.envbuilder/config.json\n", undefined],
  ])("with %s, again after a restart, and leaves of it what is known", async (what, auth, vars, left, condition) => {
    const mark = lab.proxy.flows.mark();
    const name = `auth-${what.replaceAll(" ", "-")}`.slice(0, 24);
    const workspace = applied(name, (template) => ({ registryAuth: auth(template) }), vars, condition);

    await workspace.init();
    const texts = [await workspace.planText()];
    await workspace.start();
    await workspace.logWith("MARKER\n");
    texts.push(await workspace.planText(), await workspace.stateText());
    const files = [await filesWithSecrets(workspace.container)];
    await workspace.restart();
    const log = await workspace.logWith("MARKER\n", 2);
    files.push(await filesWithSecrets(workspace.container));
    await workspace.destroy();

    expect(log).toContain("feature\nMARKER\n");
    expect(requests(lab.proxy.flows.since(mark))).toEqual(
      expect.arrayContaining([
        "GET registry-private.test/v2/base/manifests/latest 200",
        "GET registry-other.test/v2/features/of-the-other/manifests/1 200",
      ]),
    );
    expect(log).not.toMatch(/^ENV (?:ENVBUILDER_|DOCKER_)/m);
    expect(files).toEqual([left, left]);
    expect(texts[0]).toContain("docker_container.workspace[0] will be created");
    expect(texts[1]).toContain("No changes.");
    expect(FORMS.filter((form) => [log, ...texts].some((text) => text.includes(form)))).toEqual([]);
  });

  test("and says that it may not where a password is wrong", async () => {
    const vars = { ...PASSWORDS, registry_password: "wrong" };
    const workspace = applied("auth-wrong", (template) => ({ registryAuth: logins(template) }), vars);

    await workspace.start();
    const log = await workspace.logWith("MARKER\n");
    await workspace.destroy();

    expect(log).toContain("UNAUTHORIZED");
    expect(log).not.toContain("MARKER");
  });

  test.each([
    ["another kind of text", "no JSON"],
    ["a config whose credentials a helper keeps", JSON.stringify({ auths: { [PRIVATE]: {} }, credsStore: "desktop" })],
  ])("but not with %s, which Terraform refuses and does not show", async (_, value) => {
    const workspace = applied(
      "auth-refused",
      (template) => ({ registryAuth: config(template) }),
      { docker_config: value },
      RegistryAuth.configCondition("docker_config"),
    );

    await workspace.init();
    // Without the command line, where the test itself gives the value.
    const refusal = (await workspace.planText().then(() => "", String)).replace(/^.*\n/, "");

    expect(refusal).toContain("No docker config.");
    expect(refusal).not.toContain(value);
  });
});

test("a build that is killed leaves a file of Envbuilder's, and every restart dies of it", async () => {
  const slow = await lab.repository("slow", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage.replace(/^[^/]+/, PRIVATE)}\nRUN echo SLOW; sleep 60\n`,
  });
  const props = (template: CoderTemplate): Settings => ({
    repository: Repository.at(slow),
    registryAuth: logins(template),
  });
  const workspace = applied("auth-killed", props, PASSWORDS);

  await workspace.start();
  await workspace.logWith("SLOW\n");
  await docker(["kill", workspace.container]);
  await docker(["start", workspace.container]);
  const log = await workspace.logWith("file already exists");
  await workspace.destroy();

  expect(log).toContain("unable to write Docker config file, file already exists: /.envbuilder/.docker/config.json");
});

describe("the Docker daemon pulls a private builder image", () => {
  afterEach(async () => await docker(["image", "rm", "--force", BUILDER], { statuses: [0, 1] }));

  test("not without credentials", async () => {
    const ca = CaBundle.fromFile(lab.certificates.proxyCa, { publicRoots: false });
    const workspace = applied("pull-without", () => ({ builderImage: BUILDER, ca }), {});

    try {
      await expect(workspace.start()).rejects.toThrow(/no basic auth credentials|unauthorized/i);
    } finally {
      await workspace.destroy();
    }
  });

  test.each<[string, (template: CoderTemplate) => RegistryAuth, Vars]>([
    ["logins", logins, PASSWORDS],
    ["a config", (template) => RegistryAuth.fromConfig(secret(template, "docker_config")), { docker_config: CONFIG }],
  ])("with %s", async (what, auth, vars) => {
    const name = `pull-${what.replaceAll(" ", "-")}`;
    const props = (template: CoderTemplate): Settings => ({ builderImage: BUILDER, registryAuth: auth(template) });
    const workspace = applied(name, props, vars);
    const mark = lab.proxy.flows.mark();

    await workspace.start();
    const log = await workspace.logWith("MARKER\n");
    await workspace.destroy();

    expect(log).toContain("feature\nMARKER\n");
    expect(requests(lab.proxy.flows.since(mark))).toContainEqual(
      expect.stringMatching(/^(?:GET|HEAD) registry-private\.test\/v2\/team\/envbuilder\/manifests\/1\.3\.0 200$/),
    );
  });
});
