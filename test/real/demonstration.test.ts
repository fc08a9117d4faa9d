import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { CoderServer } from "./lab/coder-server";
import { command } from "./lab/command";
import { docker } from "./lab/docker";
import { decryptedHosts } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { stateFolder } from "./lab/state";

// Runs docs/behind-a-tls-proxy.md as it stands: its commands in their order, and what it says that they print. Only names
// are exchanged for those of the lab: the repository, the proxy's address, and the network that containers are in.

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs/behind-a-tls-proxy.md"), "utf8");

interface Step {
  readonly name: string;
  readonly script: string;
  /** What the page says that the commands print. */
  readonly output: string;
}

const steps: Step[] = [
  ...page.matchAll(/<!-- step: (\w+) -->\n\n```shell\n([^]*?)```\n((?:(?!<!--|```sh)[^])*?```text\n[^]*?```)?/g),
].map(([, name = "", script = "", rest = ""]) => ({
  name,
  script,
  output: /```text\n([^]*?)```/.exec(rest)?.[1] ?? "",
}));

let lab: ProxyNetwork;
let coder: CoderServer;
let folder: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  coder = await CoderServer.start();
  await lab.repository("app", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nRUN echo built >/built.txt\n`,
  });
  folder = projectFolder();
}, 180_000);

/** The project as after a fresh clone and `npm ci`, with a place of its own for what the commands write. */
function projectFolder(): string {
  const made = stateFolder("project");
  for (const name of ["main.ts", "cdktf.json", "package.json", "tsconfig.json", "constructs", "node_modules"]) {
    symlinkSync(join(root, name), join(made, name));
  }
  mkdirSync(join(made, "certs"));
  cpSync(lab.certificates.proxyCa, join(made, "mitmproxy/mitmproxy-ca-cert.pem"));
  // Signs the servers of the lab as a public authority signs those of the page.
  cpSync(lab.certificates.upstreamCa, join(made, "certs/public.pem"));
  return made;
}

function withNamesOfTheLab(step: Step, text: string): string {
  const { open } = settings;
  const around =
    step.name === "open"
      ? `"networks": "${open.name},${lab.network}", "dns": "${open.gateway}", "caFile": "certs/public.pem"`
      : `"networks": "${lab.network}", "dns": "${lab.gateway}"`;
  return text
    .replaceAll(`'{"repository"`, `'{${around}, "repository"`)
    .replaceAll("https://git.example.com/team/app.git", "https://git.test/app.git")
    .replaceAll("http://172.17.0.2:8080", lab.proxy.addressUrl);
}

test("the page has a step without a proxy, one that breaks, one that is cured, and a clean-up", () => {
  expect(steps.map(({ name }) => name)).toEqual(["open", "broken", "cured", "clean"]);
  expect(steps.filter(({ output }) => output !== "").map(({ name }) => name)).toEqual(["open", "broken", "cured"]);
});

/** The hosts whose requests the proxy read, for each step. */
const read: Record<string, string[]> = {};

test.each(steps)(
  "$name does what the page says",
  async (step) => {
    const mark = lab.proxy.flows.mark();
    const script = withNamesOfTheLab(step, step.script);

    const { text } = await command("bash", ["--norc", "-euo", "pipefail", "-c", script], {
      cwd: folder,
      env: await coder.shellEnvironment(),
      timeoutSec: 300,
    });

    const missing = withNamesOfTheLab(step, step.output)
      .split("\n")
      .filter((line) => !text.includes(line));
    expect({ missing, text }).toEqual({ missing: [], text });
    read[step.name] = decryptedHosts(lab.proxy.flows.since(mark));
  },
  300_000,
);

test("the proxy reads the clone and the pulls once it is trusted, and nothing before", () => {
  expect(read).toEqual({ open: [], broken: [], cured: ["git.test", "registry.test"], clean: [] });
});

test("nothing is left", async () => {
  const volumes = await docker(["volume", "ls", "--quiet", "--filter", "label=coder.workspace_id"]);

  expect(volumes.stdout).toBe("");
});
