import { maximalKubernetesTemplate } from "./maximal-kubernetes-template";
import { maximalTemplate } from "./maximal-template";
import { addresses, filesOf, testApp, treeOf } from "./util";

// What a running workspace depends on: Terraform finds its resources by address, Coder its parameters and variables by name.
// Whoever has to change a line here takes something away from somebody: say so in the change log, and how to move it.
describe("a template with everything", () => {
  const template = maximalTemplate(testApp());
  const files = filesOf(template);
  const tree = treeOf(template);

  test("has these addresses: logical-id-moved", () => {
    expect(addresses(tree)).toEqual([
      "coder_agent.database",
      "coder_agent.main",
      "coder_app.app-5432",
      "coder_app.preview",
      "coder_metadata.database",
      "coder_metadata.workspace",
      "data.coder_external_auth.primary-gitlab",
      "data.coder_parameter.custom_repo_url",
      "data.coder_parameter.database_custom_repo_url",
      "data.coder_parameter.database_repo",
      "data.coder_parameter.repo",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "docker_container.database",
      "docker_container.workspace",
      "docker_volume.database",
      "docker_volume.workspace",
      "envbuilder_cached_image.workspace",
      "local.access_host",
      "local.access_url",
      "local.database_access_url",
      "local.database_init_script",
      "local.database_repository_url",
      "local.init_script",
      "local.repository_url",
      "provider.coder",
      "provider.docker",
      "provider.envbuilder",
      "var.builder_image",
      "var.ca_certificates",
      "var.docker_socket",
      "var.npm_token",
      "var.proxy_password",
    ]);
  });

  test("has these parameters", () => {
    const names = Object.values(tree.data?.["coder_parameter"] ?? {}).map((body) => body["name"]);

    expect(names.sort()).toEqual(["custom_repo_url", "database_custom_repo_url", "database_repo", "repo"]);
  });

  test("has these applications and volumes", () => {
    expect(Object.values(tree.resource?.["coder_app"] ?? {}).map(({ slug }) => slug)).toEqual(["5432", "preview"]);
    expect(Object.values(tree.resource?.["docker_volume"] ?? {}).map(({ name }) => name)).toEqual([
      "coder-${data.coder_workspace.me.id}-database",
      "coder-${data.coder_workspace.me.id}-workspace",
    ]);
  });

  test("has these files", () => {
    expect(Object.keys(files)).toEqual([
      "README.md",
      "certs/ca.pem",
      "certs/public-roots.pem",
      "main.tf",
      "parameters.tf",
      "scripts/install-ca.sh",
      "variables.tf",
    ]);
  });
});

function selecting(name: string): unknown {
  return {
    selector: { match_labels: { "app.kubernetes.io/name": "coder-workspace", "app.kubernetes.io/instance": name } },
  };
}

describe("a template on Kubernetes with everything", () => {
  const template = maximalKubernetesTemplate(testApp());
  const files = filesOf(template);
  const tree = treeOf(template);

  test("has these addresses", () => {
    expect(addresses(tree)).toEqual([
      "coder_agent.main",
      "coder_agent.own",
      "coder_metadata.own",
      "coder_metadata.workspace",
      "data.coder_parameter.cpu",
      "data.coder_parameter.disk",
      "data.coder_parameter.memory",
      "data.coder_parameter.own_cpu",
      "data.coder_parameter.repo",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "envbuilder_cached_image.workspace",
      "kubernetes_config_map_v1.own",
      "kubernetes_config_map_v1.workspace",
      "kubernetes_deployment_v1.own",
      "kubernetes_deployment_v1.workspace",
      "kubernetes_namespace_v1.own",
      "kubernetes_persistent_volume_claim_v1.own",
      "kubernetes_persistent_volume_claim_v1.workspace",
      "kubernetes_secret_v1.own",
      "kubernetes_secret_v1.workspace",
      "kubernetes_secret_v1.workspace_registries",
      "local.access_host",
      "local.access_url",
      "local.init_script",
      "local.labels",
      "local.own_init_script",
      "local.own_labels",
      "provider.coder",
      "provider.envbuilder",
      "provider.kubernetes",
      "var.namespace",
      "var.npm_token",
      "var.proxy_password",
      "var.use_kubeconfig",
    ]);
  });

  test("has these claims and selectors, which no cluster lets anybody change", () => {
    const claims = Object.values(tree.resource?.["kubernetes_persistent_volume_claim_v1"] ?? {});
    const deployments = Object.values(tree.resource?.["kubernetes_deployment_v1"] ?? {});

    expect(claims.map(({ metadata }) => metadata)).toMatchObject([
      { name: "coder-${data.coder_workspace.me.id}-own" },
      { name: "coder-${data.coder_workspace.me.id}-workspace" },
    ]);
    expect(deployments.map(({ spec }) => spec)).toMatchObject([
      selecting("coder-${data.coder_workspace.me.id}-own"),
      selecting("coder-${data.coder_workspace.me.id}-workspace"),
    ]);
  });

  test("has these files", () => {
    expect(Object.keys(files)).toEqual([
      "README.md",
      "certs/01-example-corp-root-ca.pem",
      "certs/ca.pem",
      "certs/public-roots.pem",
      "main.tf",
      "parameters.tf",
      "scripts/install-ca.sh",
      "variables.tf",
    ]);
  });
});
