// The workspace of examples/docker-behind-a-proxy on Kubernetes, in an unprivileged pod: another class, and nothing else.
// Administrators may change the proxy at push, users choose the repository.
//
//   npx cdktf synth --app "npx tsx examples/kubernetes-behind-a-proxy/main.ts"
//   coder templates push kubernetes-behind-a-proxy --directory cdktf.out/stacks/kubernetes-behind-a-proxy --yes
import * as path from "node:path";
import { App } from "cdktf";
import { CaBundle, CoderTemplate, Proxy, Repository, Size } from "cdktf-coder-envbuilder";
import { KubernetesWorkspace } from "cdktf-coder-envbuilder/kubernetes";

const app = new App();
const template = new CoderTemplate(app, "kubernetes-behind-a-proxy", {
  displayName: "Kubernetes behind a TLS proxy",
  description: "A dev container whose every connection passes the company's proxy.",
  icon: "/icon/k8s.svg",
  tags: ["kubernetes", "proxy"],
});

const proxyUrl = template.variable("https_proxy", {
  description: "The proxy, as containers reach it.",
  default: "http://proxy.example.com:3128",
  validation: [
    {
      condition: Proxy.urlCondition("https_proxy"),
      errorMessage: "Give the proxy with its scheme and no path, such as http://proxy.example.com:3128.",
    },
  ],
});

const workspace = new KubernetesWorkspace(template, "workspace", {
  repository: Repository.chosenByUser({
    options: [
      { name: "Web shop", url: "https://git.example.com/shop/web.git", description: "Node.js" },
      { name: "Payments", url: "https://git.example.com/shop/payments.git", description: "Go" },
    ],
  }),
  proxy: Proxy.containerWide({ url: proxyUrl.stringValue, noProxy: ["git.internal", "10.0.0.0/8"] }),
  ca: CaBundle.fromFile(path.join(__dirname, "certs/corporate-root.pem")),
  memory: Size.gibibytes(8),
});
workspace.agent.addApp("preview", {
  displayName: "Preview",
  url: "http://localhost:8080",
  icon: "/icon/widgets.svg",
});

app.synth();
