import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { DockerWorkspace, type DockerWorkspaceProps } from "../../constructs/docker/docker-workspace";
import { EnvbuilderContainer } from "../../constructs/docker/envbuilder-container";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import type { CoderTemplate } from "../../constructs/coder/template";
import type { TerraformBody, TerraformValue } from "../../constructs/terraform/tree";
import { annotations, block, environmentOf, filesOf, teamStack, testTemplate, treeOf } from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const password = Secret.fromReference("${var.password}");
const logins = RegistryAuth.logins([{ registry: "registry.example.com:5000", user: "robot", password }]);
const config = RegistryAuth.fromConfig(password);

function template(...workspaces: Partial<DockerWorkspaceProps>[]): CoderTemplate {
  const made = testTemplate();
  made.variable("password", { description: "The registry's password.", sensitive: true });
  for (const [index, props] of workspaces.entries()) {
    const agent = { name: `a${index}` };
    new DockerWorkspace(made, `w${index}`, { repository: REPOSITORY, agent, ...props });
  }
  return made;
}

function registryAuth(made: CoderTemplate): TerraformValue {
  return Object(treeOf(made)["provider"]).docker[0].registry_auth;
}

describe("the Docker provider of a template", () => {
  test("has no logins where there are none", () => {
    expect(registryAuth(template({}))).toBeUndefined();
    expect(registryAuth(template({ registryAuth: RegistryAuth.fromHostFile("/c.json") }))).toBeUndefined();
  });

  test("gets the logins", () => {
    expect(registryAuth(template({ registryAuth: logins }))).toEqual([
      { address: "registry.example.com:5000", username: "robot", password: "${sensitive(var.password)}" },
    ]);
  });

  test("gets that of Docker Hub by both names that it looks for", () => {
    const hub = RegistryAuth.logins([{ registry: "index.docker.io", user: "robot", password }]);

    expect(registryAuth(template({ registryAuth: hub }))).toMatchObject([
      { address: "docker.io" },
      { address: "registry-1.docker.io" },
    ]);
  });

  test("gets a config for the registries that are known", () => {
    const configFileContent = '${coalesce(sensitive(var.password), "{}")}';
    const named = RegistryAuth.fromConfig(password, { registries: ["ghcr.io", "registry.test"] });
    const expected = (address: string): object => ({ address, config_file_content: configFileContent });

    expect(registryAuth(template({ registryAuth: config }))).toBeUndefined();
    expect(registryAuth(template({ registryAuth: config, builderImage: "${var.image}" }))).toBeUndefined();
    expect(registryAuth(template({ registryAuth: config, builderImage: "registry.test/envbuilder:1.3.0" }))).toEqual([
      expected("registry.test"),
    ]);
    expect(registryAuth(template({ registryAuth: named, builderImage: "registry.test/envbuilder:1.3.0" }))).toEqual([
      expected("ghcr.io"),
      expected("registry.test"),
    ]);
  });

  test("has the logins of all workspaces, each once", () => {
    const other = RegistryAuth.logins([{ registry: "ghcr.io", user: "robot", password }]);

    expect(
      registryAuth(template({ registryAuth: logins }, {}, { registryAuth: other }, { registryAuth: logins })),
    ).toMatchObject([{ address: "registry.example.com:5000" }, { address: "ghcr.io" }]);
  });

  test("fails with registry-login-conflict where two workspaces differ", () => {
    const other = RegistryAuth.logins([{ registry: "registry.example.com:5000", user: "other", password }]);

    expect(() => template({ registryAuth: logins }, { registryAuth: other })).toThrow(
      'two workspaces of the template log in to "registry.example.com:5000" by different credentials, and the Docker daemon gets one for both; give them the same registryAuth, or declare the Docker provider yourself [registry-login-conflict]',
    );
  });

  test("stays as it is where it is the author's", () => {
    const made = testTemplate();
    new DockerProvider(made, "docker", {});
    new DockerWorkspace(made, "workspace", { repository: REPOSITORY, registryAuth: logins });

    expect(registryAuth(made)).toBeUndefined();
  });

  test("reads as written by hand", () => {
    expect(filesOf(template({ registryAuth: logins }))["main.tf"]).toContain(`
  registry_auth {
    address  = "registry.example.com:5000"
    username = "robot"
    password = sensitive(var.password)
  }
`);
  });
});

function warned(props: Partial<DockerWorkspaceProps>): string {
  return annotations(template(props)).join();
}

function container(auth: RegistryAuth): TerraformBody {
  const stack = teamStack();
  new EnvbuilderContainer(stack, "build", { name: "build", repository: REPOSITORY, registryAuth: auth });
  return block(treeOf(stack), "docker_container.build");
}

describe("a container", () => {
  test("has the credentials in its environment", () => {
    expect(environmentOf(container(logins))).toMatchObject({
      ENVBUILDER_DOCKER_CONFIG_BASE64:
        '${base64encode(jsonencode({"auths" = {"registry.example.com:5000" = {"username" = "robot", "password" = sensitive(var.password)}}}))}',
    });
    expect(environmentOf(container(RegistryAuth.fromConfig(password, { base64: true })))).toMatchObject({
      ENVBUILDER_DOCKER_CONFIG_BASE64: "${sensitive(var.password)}",
    });
  });

  test("mounts a file of the host, read-only", () => {
    expect(container(RegistryAuth.fromHostFile("/root/.docker/config.json"))["mounts"]).toEqual([
      { type: "bind", source: "/root/.docker/config.json", target: "/.envbuilder/config.json", read_only: true },
    ]);
  });

  test("warns with restart-after-killed-build where Docker starts it again", () => {
    expect(warned({ registryAuth: logins, restart: "unless-stopped" })).toContain("[restart-after-killed-build]");
    expect(warned({ registryAuth: logins, restart: "no" })).not.toContain("restart-after-killed-build");
    expect(warned({ restart: "always" })).not.toContain("restart-after-killed-build");
  });

  test("fails with cluster-registry-auth-on-docker on a Secret of a cluster", () => {
    expect(() => container(RegistryAuth.fromSecret("registries"))).toThrow(
      'registryAuth is the Secret "registries" of a Kubernetes cluster, which a container on Docker cannot mount; use RegistryAuth.logins, RegistryAuth.fromConfig, or RegistryAuth.fromHostFile [cluster-registry-auth-on-docker]',
    );
  });
});
