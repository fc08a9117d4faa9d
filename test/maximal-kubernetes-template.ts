import { join } from "node:path";
import { App } from "cdktf";
import {
  CaBundle,
  CaDelivery,
  CoderTemplate,
  Cpu,
  ImageCache,
  Proxy,
  RegistryAuth,
  Repository,
  Secret,
  Size,
} from "../constructs";
import { KubernetesVolume, KubernetesWorkspace, NodeRequirement } from "../constructs/kubernetes";

const CORPORATE_ROOT = join(__dirname, "../examples/docker-private-ca/certs/corporate-root.pem");

/** A template on Kubernetes in which each option is used once at least, by one of two workspaces. */
export function maximalKubernetesTemplate(app: App): CoderTemplate {
  const template = new CoderTemplate(app, "maximal-kubernetes");
  const password = template.variable("proxy_password", { description: "The proxy's password.", sensitive: true });
  const token = template.variable("npm_token", { description: "A token.", sensitive: true });
  const shared = KubernetesVolume.emptyDir("/shared", { size: Size.gibibytes(1), memory: true });
  new KubernetesWorkspace(template, "workspace", {
    repository: Repository.chosenByUser(),
    proxy: Proxy.containerWide({
      url: "http://proxy.example.com:3128",
      credentials: { user: "coder", password: Secret.fromVariable(password) },
    }),
    ca: CaBundle.fromFile(CORPORATE_ROOT, { delivery: CaDelivery.DIRECTORY }),
    registryAuth: RegistryAuth.fromConfig(Secret.fromVariable(token)),
    cache: ImageCache.at("registry.example.com/cache", { push: true, probe: true }),
    secretEnvironment: { NPM_TOKEN: Secret.fromVariable(token) },
    hosts: { "proxy.internal": "10.0.0.3", "git.internal": "10.0.0.3" },
    coderHost: "coder.internal",
    cpu: Cpu.chosenByUser({ default: 2, max: 8 }),
    cpuRequest: Cpu.millis(500),
    memoryRequest: Size.mebibytes(768),
    ephemeralStorage: Size.gibibytes(20),
    ephemeralStorageRequest: Size.gibibytes(5),
    extendedResources: { "example.com/gpu": 1 },
    storageClass: "fast",
    accessMode: "ReadWriteOncePod",
    hostname: "box",
    dns: ["10.0.0.1"],
    dnsSearch: ["example.com"],
    dnsPolicy: "None",
    imagePullSecrets: ["registry"],
    serviceAccount: "builder",
    serviceAccountToken: true,
    priorityClass: "low",
    runtimeClass: "gvisor",
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{}, { key: "example.com/a", value: "b", effect: "NoExecute", seconds: 60 }],
    requiredNodes: [NodeRequirement.exists("zone"), NodeRequirement.notIn("zone", ["c"])],
    preferredNodes: [NodeRequirement.in("zone", ["a"]), NodeRequirement.doesNotExist("slow")],
    labels: { "example.com/team": "app" },
    annotations: { "example.com/note": "what ever" },
    addCapabilities: ["NET_RAW"],
    allowPrivilegeEscalation: true,
    volumes: [
      shared,
      KubernetesVolume.configMap("settings", "/etc/app", { items: { "a.json": "dir/a.json" } }),
      KubernetesVolume.secret("npm", "/run/npm"),
      KubernetesVolume.claim("cache", "/cache", { readOnly: true }),
      KubernetesVolume.hostPath("/srv/data", "/data", { type: "DirectoryOrCreate" }),
    ],
    initContainers: [{ name: "prepare", image: "busybox:1.37", command: ["true"], volumes: [shared.at("/x")] }],
    sidecars: [
      {
        name: "database",
        image: "postgres:17",
        args: ["-c", "fsync=off"],
        environment: { POSTGRES_HOST_AUTH_METHOD: "trust" },
        user: 999,
        cpu: Cpu.cores(1),
        memory: Size.gibibytes(1),
      },
    ],
  });
  new KubernetesWorkspace(template, "own", {
    repository: Repository.at("https://git.example.com/team/app.git"),
    ca: CaBundle.fromConfigMap("kube-root-ca.crt"),
    registryAuth: RegistryAuth.fromSecret("registries"),
    agent: { name: "own" },
    ownNamespace: true,
    persistentFolder: "/home",
    memory: Size.gibibytes(4),
    disk: Size.gibibytes(20),
    privileged: true,
    spread: false,
  });
  return template;
}

if (require.main === module) {
  const app = new App();
  maximalKubernetesTemplate(app);
  app.synth();
}
