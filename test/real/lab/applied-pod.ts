import type { Cluster } from "./cluster";
import { ClusterPod } from "./cluster-pod";
import { TerraformWorkspace, type TerraformWorkspaceOptions } from "./terraform-workspace";

/** A workspace on Kubernetes, applied without Coder. The variables of every template are given. */
export class AppliedPod extends TerraformWorkspace {
  /** What all of its objects are called. */
  public readonly object: string;
  public readonly pod: ClusterPod;

  /** @param environment - Terraform's, beside what every workspace has */
  constructor(
    cluster: Cluster,
    namespace: string,
    directory: string,
    options: TerraformWorkspaceOptions,
    environment: NodeJS.ProcessEnv = {},
  ) {
    // In the environment, because a template need not have them.
    super(directory, options, {
      ...environment,
      HOME: cluster.home,
      TF_VAR_namespace: namespace,
      TF_VAR_use_kubeconfig: "true",
    });
    this.object = `coder-id-of-${options.name}-workspace`;
    this.pod = new ClusterPod(cluster, namespace, `app.kubernetes.io/instance=${this.object}`, "workspace");
  }
}
