// A workspace on Kubernetes with a private certificate authority that the cluster has already: trust-manager, OpenShift and
// others keep such a ConfigMap in every namespace. With fixed amounts, a disk of a class of its own, and a database beside
// the workspace.
import { App } from "cdktf";
import { CaBundle, CoderTemplate, Cpu, Repository, Size } from "cdktf-coder-envbuilder";
import { KubernetesVolume, KubernetesWorkspace, NodeRequirement } from "cdktf-coder-envbuilder/kubernetes";

const app = new App();
const template = new CoderTemplate(app, "kubernetes-private-ca", {
  displayName: "Kubernetes with a private CA",
  description: "A dev container that trusts the certificate authorities of its cluster.",
  icon: "/icon/k8s.svg",
  tags: ["kubernetes"],
});

new KubernetesWorkspace(template, "workspace", {
  repository: Repository.at("https://git.example.com/team/app.git", { branch: "main" }),
  ca: CaBundle.fromConfigMap("corporate-ca", "ca-bundle.crt"),
  namespace: "workspaces",
  cpu: Cpu.chosenByUser({ default: 2, max: 8 }),
  memory: Size.gibibytes(8),
  memoryRequest: Size.gibibytes(2),
  disk: Size.chosenByUser({ default: 20, min: 10, max: 100 }),
  storageClass: "fast",
  ephemeralStorage: Size.gibibytes(20),
  imagePullSecrets: ["registry"],
  tolerations: [{ key: "example.com/workspaces", effect: "NoSchedule" }],
  preferredNodes: [NodeRequirement.in("topology.kubernetes.io/zone", ["a", "b"])],
  volumes: [KubernetesVolume.emptyDir("/var/cache/packages", { size: Size.gibibytes(5) })],
  sidecars: [
    {
      name: "database",
      image: "postgres:17",
      environment: { POSTGRES_HOST_AUTH_METHOD: "trust", PGDATA: "/data/postgres" },
      volumes: [KubernetesVolume.emptyDir("/data")],
      user: 999,
      memory: Size.gibibytes(1),
    },
  ],
  environment: { DATABASE_URL: "postgres://postgres@localhost/postgres" },
  // For sudo.
  allowPrivilegeEscalation: true,
});

app.synth();
