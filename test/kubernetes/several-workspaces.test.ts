import { KubernetesVolume } from "../../constructs/kubernetes/kubernetes-volume";
import { KubernetesWorkspace } from "../../constructs/kubernetes/kubernetes-workspace";
import type { KubernetesWorkspaceProps } from "../../constructs/kubernetes/workspace-options";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Cpu } from "../../constructs/settings/cpu";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { block, filesOf, testTemplate, treeOf } from "../util";
import { podOf } from "./pod";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");

describe("a KubernetesWorkspace", () => {
  test("stands beside another in a template, each with names of its own", () => {
    const template = testTemplate();
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY });
    new KubernetesWorkspace(template, "My_db", { repository: REPOSITORY, agent: { name: "db" } });
    filesOf(template);
    const tree = treeOf(template);

    expect(Object.keys(tree.data?.["coder_parameter"] ?? {}).sort()).toEqual([
      "My_db_cpu",
      "My_db_disk",
      "My_db_memory",
      "cpu",
      "disk",
      "memory",
    ]);
    expect(block(tree, "data.coder_parameter.My_db_cpu")).toMatchObject({ display_name: "CPU of My_db" });
    expect(block(tree, "kubernetes_deployment_v1.My_db")).toMatchObject({
      metadata: { name: "coder-${data.coder_workspace.me.id}-my-db", labels: "${local.My_db_labels}" },
    });
  });

  test("shares a question with another that has the same amount", () => {
    const template = testTemplate();
    const cpu = Cpu.chosenByUser({ default: 4 });
    new KubernetesWorkspace(template, "one", { repository: REPOSITORY, cpu });
    new KubernetesWorkspace(template, "two", { repository: REPOSITORY, cpu, agent: { name: "two" } });

    const tree = treeOf(template);
    expect(Object.keys(tree.data?.["coder_parameter"] ?? {})).not.toContain("two_cpu");
    expect(podOf(block(tree, "kubernetes_deployment_v1.two")).container["resources"]).toMatchObject({
      limits: { cpu: "${data.coder_parameter.cpu.value}" },
    });
  });
});

describe("KubernetesWorkspace", () => {
  test.each<[Partial<KubernetesWorkspaceProps>, string]>([
    [{ volumes: [KubernetesVolume.emptyDir("/workspaces")] }, "volumes[0] and persistentFolder are both at"],
    [{ volumes: [KubernetesVolume.emptyDir("/a"), KubernetesVolume.emptyDir("/a")] }, "volumes[1] and volumes[0]"],
    [{ volumes: [KubernetesVolume.secret("s", "/.envbuilder/certs")] }, "[mount-in-envbuilder-directory]"],
    [{ volumes: [KubernetesVolume.secret("s", "/etc/ssl/certs")] }, "[mount-over-certificate-store]"],
    [{ persistentFolder: "workspaces" }, "[persistent-folder-malformed]"],
    [{ accessMode: "ReadOnlyMany" }, 'accessMode "ReadOnlyMany" must be one of'],
    [{ accessMode: "x" }, "[access-mode-unknown]"],
    [{ storageClass: "Fast" }, 'storageClass "Fast"'],
    [{ namespace: "Dev" }, 'namespace "Dev"'],
    [{ namespace: "dev", ownNamespace: true }, "[namespace-twice]"],
    [{ ca: CaBundle.fromHostFile("/ca.pem") }, "[host-ca-on-kubernetes]"],
    [{ environment: { ENVBUILDER_NO_SUCH: "x" } }, "[unknown-option]"],
    [{ coderHost: "http://x" }, "[coder-host-malformed]"],
    [{ agent: { name: "a_b" } }, "[agent-name]"],
  ])("%# fails with %s", (props, message) => {
    expect(() =>
      filesOf(
        new KubernetesWorkspace(testTemplate(), "workspace", { repository: REPOSITORY, ...props }).agent.resource
          .cdktfStack,
      ),
    ).toThrow(message);
  });

  test.each(["a".repeat(21), "workspace-", "a_"])("fails on the id %s, which gives no names in a cluster", (id) => {
    expect(() => new KubernetesWorkspace(testTemplate(), id, { repository: REPOSITORY })).toThrow(
      "[workspace-id-malformed]",
    );
  });

  test("may have any other name, also one that other constructs are named after", () => {
    for (const id of ["kubernetes", "coder", "labels", "main", "cpu", "namespace", "use_kubeconfig", "access_host"]) {
      const template = testTemplate();
      const proxy = Proxy.containerWide({ url: "http://proxy.example.com:3128" });
      new KubernetesWorkspace(template, id, { repository: Repository.chosenByUser(), proxy });

      expect(() => filesOf(template)).not.toThrow();
    }
  });
});
