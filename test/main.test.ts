import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { scratchFolder } from "./scratch";
import { CORPORATE_ROOT, filesIn } from "./util";

const root = dirname(__dirname);
let runs = 0;

/** Runs main.ts with a context, and returns the files of one of its templates. */
function run(
  context: Record<string, unknown> | undefined,
  folder = join(scratchFolder(), String(runs++)),
  template = "envbuilder-docker",
): Record<string, string> {
  const before = { ...process.env };
  process.env["CDKTF_OUTDIR"] = folder;
  if (context === undefined) delete process.env["CDKTF_CONTEXT_JSON"];
  else process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify(context);
  try {
    jest.isolateModules(() => require("../main"));
  } finally {
    process.env = before;
  }
  return filesIn(join(folder, "stacks", template));
}

test("writes a template without any context", () => {
  const files = run(undefined);

  expect(Object.keys(files)).toEqual(["README.md", "main.tf", "parameters.tf", "variables.tf"]);
  expect(files["main.tf"]).toContain('"ENVBUILDER_GIT_URL=${data.coder_parameter.repo.value}",');
  expect(files["main.tf"]).not.toContain("proxy");
});

test("runs by the command of cdktf.json, with the same result", () => {
  const { app }: { app: string } = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8"));
  const folder = join(scratchFolder(), "command");

  execFileSync(app, {
    shell: true,
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: folder, CDKTF_CONTEXT_JSON: "{}" },
    stdio: "pipe",
  });

  expect(filesIn(join(folder, "stacks/envbuilder-docker"))).toEqual(run({}));
}, 30_000);

test("has these names, which running workspaces depend on", () => {
  const files = run({ proxyUrl: "http://proxy.example.com:3128", caFile: CORPORATE_ROOT });
  const blocks = Object.entries(files)
    .filter(([file]) => file.endsWith(".tf"))
    .flatMap(([, text]) => text.match(/^(?:resource|data|variable) .*(?= \{)/gm) ?? []);

  expect(Object.keys(files)).toEqual([
    "README.md",
    "certs/ca.pem",
    "certs/public-roots.pem",
    "main.tf",
    "parameters.tf",
    "scripts/install-ca.sh",
    "variables.tf",
  ]);
  expect(blocks).toEqual([
    'data "coder_workspace" "me"',
    'data "coder_workspace_owner" "me"',
    'data "coder_provisioner" "me"',
    'resource "coder_agent" "main"',
    'resource "docker_volume" "workspace"',
    'resource "docker_container" "workspace"',
    'resource "coder_metadata" "workspace"',
    'data "coder_parameter" "repo"',
    'variable "docker_socket"',
  ]);
});

test("writes a second template with the same settings, which differs in its target alone", () => {
  const context = { proxyUrl: "http://proxy.example.com:3128", caFile: CORPORATE_ROOT, dns: "10.0.0.1" };
  const folder = join(scratchFolder(), "both");
  const docker = run(context, folder);
  const files = run(context, folder, "envbuilder-kubernetes");
  const blocks = Object.entries(files)
    .filter(([file]) => file.endsWith(".tf"))
    .flatMap(([, text]) => text.match(/^(?:resource|data|variable) .*(?= \{)/gm) ?? []);

  expect(Object.keys(files)).toEqual(Object.keys(docker));
  expect(files["certs/ca.pem"]).toBe(docker["certs/ca.pem"]);
  expect(files["main.tf"]).toContain('name  = "https_proxy"\n            value = "http://proxy.example.com:3128"');
  expect(blocks).toEqual([
    'data "coder_workspace" "me"',
    'data "coder_workspace_owner" "me"',
    'data "coder_provisioner" "me"',
    'resource "coder_agent" "main"',
    'resource "kubernetes_persistent_volume_claim_v1" "workspace"',
    'resource "kubernetes_config_map_v1" "workspace"',
    'resource "kubernetes_secret_v1" "workspace"',
    'resource "kubernetes_deployment_v1" "workspace"',
    'resource "coder_metadata" "workspace"',
    'data "coder_parameter" "repo"',
    'data "coder_parameter" "cpu"',
    'data "coder_parameter" "memory"',
    'data "coder_parameter" "disk"',
    'variable "use_kubeconfig"',
    'variable "namespace"',
  ]);
});

test.each<[Record<string, unknown>, string[]]>([
  [
    { proxyUrl: "http://proxy.example.com:3128" },
    ['"https_proxy=http://proxy.example.com:3128"', "host.docker.internal"],
  ],
  [
    { proxyUrl: "http://proxy.example.com:3128", noProxy: ["git.internal", "10.0.0.0/8"] },
    ["no_proxy=git.internal,10.0.0.0/8,"],
  ],
  [
    { proxyUrl: "http://proxy.example.com:3128", noProxy: "git.internal, 10.0.0.0/8" },
    ["no_proxy=git.internal,10.0.0.0/8,"],
  ],
  [{ caFile: CORPORATE_ROOT }, ['"SSL_CERT_FILE=/.envbuilder/certs/ca.pem"', 'file("${path.module}/certs/ca.pem")']],
  [
    { repository: "https://git.example.com/team/app.git" },
    ['"ENVBUILDER_GIT_URL=https://git.example.com/team/app.git"'],
  ],
  [{ builderImage: "registry.example.com/envbuilder:1.3.0" }, ['= "registry.example.com/envbuilder:1.3.0"']],
  [{ coderHost: "coder.internal" }, ['"://coder.internal$2"']],
  [{ networks: "internal" }, ['networks_advanced {\n    name = "internal"\n  }']],
  [{ dns: ["10.0.0.1"] }, ['= ["10.0.0.1"]']],
])("heeds the context %j", (context, texts) => {
  const main = run(context)["main.tf"];

  for (const text of texts) expect(main).toContain(text);
});

test.each<[Record<string, unknown>, RegExp]>([
  [{ proxyUrl: "proxy.example.com:3128" }, /^proxy.url "proxy.example.com:3128" .*\[proxy-url-malformed\]$/],
  [{ proxyUrl: "http://user:hunter2@proxy.example.com" }, /^proxy.url .*\[proxy-credentials-in-template\]$/],
  [
    { proxyUrl: "http://p:1", noProxy: "http://git.internal" },
    /^proxy.noProxy\[0\] "http:\/\/git.internal" .*\[no-proxy-malformed\]$/,
  ],
  [{ caFile: "no-such.pem" }, /^ca file "no-such.pem" cannot be read .*\[ca-file-unreadable\]$/],
  [{ repository: "/srv/app" }, /^repository.url "\/srv\/app" .*\[repository-url-malformed\]$/],
  [{ coderHost: "http://coder" }, /^coderHost "http:\/\/coder" .*\[coder-host-malformed\]$/],
  [{ proxyUrl: 3128 }, /^context proxyUrl 3128 must be a string/],
  [{ proxyURL: "http://p:1" }, /^context has proxyURL; it may have proxyUrl, noProxy, /],
  [{ caFile: ["a.pem"] }, /^context caFile \["a.pem"\] must be a string/],
])("refuses the context %j in our words, and leaves nothing behind", (context, message) => {
  const folder = join(scratchFolder(), `refused-${runs++}`);

  expect(() => run(context, folder)).toThrow(message);
  expect(() => run(context, folder)).not.toThrow("hunter2");
  expect(filesIn(folder)).toEqual({});
});

test("leaves the last good template where the next one is refused", () => {
  const folder = join(scratchFolder(), "kept");
  const good = run({}, folder);

  expect(() => run({ proxyUrl: "x" }, folder)).toThrow("[proxy-url-malformed]");

  mkdirSync(folder, { recursive: true });
  expect(filesIn(join(folder, "stacks/envbuilder-docker"))).toEqual(good);
});
