import { KubernetesVolume } from "../../constructs/kubernetes/kubernetes-volume";
import { KubernetesWorkspace } from "../../constructs/kubernetes/kubernetes-workspace";
import type { KubernetesWorkspaceProps } from "../../constructs/kubernetes/workspace-options";
import { Repository } from "../../constructs/settings/repository";
import type { TerraformBody, TerraformTree } from "../../constructs/terraform/tree";
import { addresses, annotations, block, filesOf, testTemplate, treeOf } from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");

/** A template with one workspace, checked and rendered. */
function workspace(props: Partial<KubernetesWorkspaceProps> = {}): TerraformTree {
  const template = testTemplate();
  new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, ...props });
  filesOf(template);
  return treeOf(template);
}

function claim(props: Partial<KubernetesWorkspaceProps> = {}): TerraformBody {
  return block(workspace(props), "kubernetes_persistent_volume_claim_v1.workspace");
}

describe("KubernetesWorkspace", () => {
  test("is a template that Coder takes, with nothing to say about it", () => {
    const template = testTemplate();
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY });

    expect(Object.keys(filesOf(template))).toEqual(["README.md", "main.tf", "parameters.tf", "variables.tf"]);
    expect(annotations(template)).toEqual([expect.stringMatching(/^info: publish with: /)]);
    expect(addresses(treeOf(template))).toEqual([
      "coder_agent.main",
      "coder_metadata.workspace",
      "data.coder_parameter.cpu",
      "data.coder_parameter.disk",
      "data.coder_parameter.memory",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "kubernetes_deployment_v1.workspace",
      "kubernetes_persistent_volume_claim_v1.workspace",
      "kubernetes_secret_v1.workspace",
      "provider.coder",
      "provider.kubernetes",
      "var.namespace",
      "var.use_kubeconfig",
    ]);
  });

  test("fails on a volume in the place of the claim", () => {
    expect(() => claim({ volumes: [KubernetesVolume.emptyDir("/workspaces")] })).toThrow(
      'volumes[0] and persistentFolder are both at "/workspaces"; move one of them [mount-path-twice]',
    );
  });
});
