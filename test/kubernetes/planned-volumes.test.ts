import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  EnvbuilderDeployment,
  type EnvbuilderDeploymentProps,
} from "../../constructs/kubernetes/envbuilder-deployment";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { Repository } from "../../constructs/settings/repository";
import { WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import type { TerraformTree } from "../../constructs/terraform/tree";
import { CORPORATE_ROOT, block, filesOf, testStack, treeOf } from "../util";
import { podOf, type Pod } from "./pod";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");

function stackWith(props: Partial<EnvbuilderDeploymentProps>): TerraformStack {
  const stack = testStack();
  new KubernetesProvider(stack, "kubernetes");
  new EnvbuilderDeployment(stack, "build", { name: "build-1", repository: REPOSITORY, ...props });
  return stack;
}

function tree(props: Partial<EnvbuilderDeploymentProps>): TerraformTree {
  return treeOf(stackWith(props));
}

function pod(props: Partial<EnvbuilderDeploymentProps>): Pod {
  return podOf(block(tree(props), "kubernetes_deployment_v1.build"));
}

describe("the volumes of a plan", () => {
  test("carries certificates, each in a file where that is wanted", () => {
    const ca = CaBundle.fromFile(CORPORATE_ROOT, { delivery: CaDelivery.DIRECTORY });
    const built = tree({ ca, trust: WorkspaceTrust.none() });
    const { pod: spec, container } = podOf(block(built, "kubernetes_deployment_v1.build"));
    const file = "01-example-corp-root-ca.pem";

    expect(Object.keys(Object(block(built, "kubernetes_config_map_v1.build")["data"]))).toEqual([file, "ca.pem"]);
    expect(spec["volume"]).toEqual([
      {
        name: "certs",
        config_map: {
          name: "${kubernetes_config_map_v1.build.metadata[0].name}",
          items: [{ key: file, path: file }],
        },
      },
      {
        name: "trust",
        config_map: {
          name: "${kubernetes_config_map_v1.build.metadata[0].name}",
          items: [{ key: "ca.pem", path: "ca.pem" }],
        },
      },
    ]);
    expect(container["volume_mount"]).toEqual([
      { name: "certs", mount_path: "/.envbuilder/certs", read_only: true },
      { name: "trust", mount_path: "/.envbuilder/trust", read_only: true },
    ]);
  });

  test.each([
    ["ConfigMap", CaBundle.fromConfigMap("corp", "bundle.pem"), { config_map: { name: "corp" } }],
    ["Secret", CaBundle.fromSecret("${var.secret}", "bundle.pem"), { secret: { secret_name: "${var.secret}" } }],
  ])("mounts a %s of the cluster, the public authorities beside it", (_, ca, volume) => {
    const { pod: spec, env } = pod({ ca, trust: WorkspaceTrust.none() });

    expect(spec["volume"]).toMatchObject([
      { name: "certs", config_map: { items: [{ key: "public-roots.pem", path: "public-roots.pem" }] } },
      { name: "cluster-certs", ...volume },
    ]);
    expect(JSON.stringify(spec["volume"])).toContain('"items":[{"key":"bundle.pem","path":"ca.pem"}]');
    expect(env).toMatchObject({
      SSL_CERT_FILE: "/.envbuilder/cluster-certs/ca.pem",
      SSL_CERT_DIR: "/.envbuilder/certs",
    });
  });

  test("carries certificates of a variable, and the files beside the Terraform", () => {
    const ca = CaBundle.fromVariable({ stringValue: "${var.ca}" });
    const stack = stackWith({ ca, trust: WorkspaceTrust.none() });

    expect(block(treeOf(stack), "kubernetes_config_map_v1.build")["data"]).toEqual({
      "ca.pem": '${var.ca}\n${file("${path.module}/certs/public-roots.pem")}',
    });
    expect(Object.keys(filesOf(stack))).toEqual(["cdk.tf.json", "certs/public-roots.pem"]);
  });

  test("fails where the certificates are more than a ConfigMap holds", () => {
    const huge = CaBundle.fromFile(CORPORATE_ROOT);
    const pem = huge.source.kind === "carried" ? (huge.source.certificates[0]?.pem ?? "") : "";
    const certificates = Array.from({ length: 2000 }, (_, index) => ({ name: `c${index}`, title: "c", pem }));
    const ca: CaBundle = Object.assign(Object.create(huge), { source: { kind: "carried", certificates } });

    expect(() => tree({ ca })).toThrow(
      /^the certificates of ca and the scripts have \d+ bytes, and a ConfigMap holds up to 1048576; .* \[config-map-too-large\]$/,
    );
  });

  test("carries scripts in the same ConfigMap, below a folder of their own", () => {
    const built = tree({ ca: CaBundle.fromConfigMap("corp", "ca.crt", { publicRoots: false }) });
    const { pod: spec, container, env } = podOf(block(built, "kubernetes_deployment_v1.build"));

    expect(block(built, "kubernetes_config_map_v1.build")["data"]).toEqual({
      "install-ca.sh": '${file("${path.module}/scripts/install-ca.sh")}',
    });
    expect(spec["volume"]).toMatchObject([
      { name: "scripts", config_map: { items: [{ key: "install-ca.sh", path: "install-ca.sh" }] } },
      { name: "cluster-certs", config_map: { name: "corp" } },
    ]);
    expect(container["volume_mount"]).toContainEqual({
      name: "scripts",
      mount_path: "/.envbuilder/scripts",
      read_only: true,
    });
    expect(env).toMatchObject({
      ENVBUILDER_SETUP_SCRIPT: "sh /.envbuilder/scripts/install-ca.sh /.envbuilder/cluster-certs/ca.pem system java",
    });
  });
});
