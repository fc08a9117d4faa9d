import { CaBundle, CoderTemplate, Proxy, Repository, type EnvbuilderSettings } from "cdktf-coder-envbuilder";
import { DockerWorkspace, EnvbuilderContainer } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesized } from "./lab/synthesized";

// What a workspace begins with, and what Envbuilder leaves there for it.

let lab: ProxyNetwork;
let settings: EnvbuilderSettings & ReturnType<typeof behindTheProxy>;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  const url = await lab.repository("start", {
    ".devcontainer/devcontainer.json": JSON.stringify({
      image: lab.baseImage,
      containerEnv: { EXPORTED: "from the repository" },
      postStartCommand: "echo POST-START",
    }),
  });
  settings = {
    repository: Repository.at(url),
    proxy: Proxy.containerWide({ url: lab.proxy.url() }),
    ca: CaBundle.fromFile(lab.certificates.proxyCa),
    ...behindTheProxy(lab),
  };
}, 120_000);

async function logOf(workspace: AppliedWorkspace): Promise<string> {
  try {
    await workspace.start();
    return await workspace.logWith("MARKER\n");
  } finally {
    await workspace.destroy();
  }
}

test("Envbuilder leaves the postStartCommand and the variables in files, and runs the command no more", async () => {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "files");
    new DockerWorkspace(template, "workspace", {
      ...settings,
      initCommand: "/bin/ash",
      postStartScriptPath: "/etc/post-start.sh",
      exportEnvFile: "/etc/exported",
    });
    return template;
  });
  const script = "echo BEGIN $0; sh /etc/post-start.sh; grep EXPORTED /etc/exported; echo MARKER; exec sleep 3600";

  const log = await logOf(new AppliedWorkspace(directory, { name: "files", initScript: script }));

  expect(log).toMatch(/^BEGIN \/bin\/ash\nPOST-START\nEXPORTED=from the repository\nMARKER$/m);
  expect(log.match(/POST-START$/gm)).toHaveLength(1);
});

test("a container begins with the arguments as they are written, in place of a script", async () => {
  const directory = synthesized((app) => {
    const stack = new CoderTemplate(app, "arguments");
    new EnvbuilderContainer(stack, "build", {
      ...settings,
      name: "coder-tester-arguments",
      initCommand: "/bin/sh",
      initArguments: ["-c", 'echo "$1" \'${HOME}\' "%{if}"; echo MARKER; exec sleep 3600', "sh", 'it\'s "me" & $you'],
    });
    return stack;
  });

  const log = await logOf(new AppliedWorkspace(directory, { name: "arguments", initScript: "" }));

  expect(log).toMatch(/^it's "me" & \$you \$\{HOME\} %\{if\}\nMARKER$/m);
});
