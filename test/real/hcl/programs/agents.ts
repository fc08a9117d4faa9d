import { Fn } from "cdktf";
import { App as CoderApp } from "../../../../constructs/providers/coder/app";
import { Metadata } from "../../../../constructs/providers/coder/metadata";
import { agent, coder, container, output, workspace } from "./elements";
import { programs } from "./program";

export const agents = programs("agent", {
  everything: (stack) => {
    agent(stack, {
      startupScript:
        'set -e\necho "hi $USER" $${HOME} %%{x}\nprintf \'a\\nb\\t%s\' "$(date)"\ncat <<XEOF\nbody\nXEOF\n',
      env: { A: "b", GIT_AUTHOR: '${coalesce("x", "y")}', MULTI: "a\nb" },
      metadata: [
        { key: "0_cpu", displayName: "CPU", script: "coder stat cpu", interval: 10, timeout: 1 },
        { key: "1_x", script: "top -bn1 | awk '{print \"x\"}'", interval: 60 },
      ],
      displayApps: { vscode: false, sshHelper: true },
      resourcesMonitoring: {
        memory: { enabled: true, threshold: 80 },
        volume: [{ path: "/", enabled: true, threshold: 90 }],
      },
    });
  },
  "script-without-last-line-end": (stack) => {
    agent(stack, { startupScript: "cat > x <<EOF\nbody\nEOF\necho done" });
  },
  "script-with-carriage-returns": (stack) => {
    agent(stack, { startupScript: "a\r\nb\r\n" });
  },
  "script-with-leading-blanks": (stack) => {
    agent(stack, { startupScript: "  a\n    b\n\n" });
  },
  "quotes-beside-reference": (stack) => {
    agent(stack, { startupScript: `echo "${workspace(stack).name}"` });
  },
  backslash: (stack) => {
    agent(stack, { startupScript: "printf 'a\\n'" });
  },
  "escaped-interpolation": (stack) => {
    agent(stack, { startupScript: 'echo "$${HOME}"' });
  },
  "joined-lines": (stack) => {
    const lines = ["echo a", `echo ${workspace(stack).name}`, Fn.rawString('x "y"')];
    agent(stack, { startupScript: Fn.join("\n", lines) });
  },
  "environment-with-heredoc-mark": (stack) => {
    agent(stack, { env: { A: "x\nEOF\ny" } });
  },
  "init-script-with-regex": (stack) => {
    const { initScript } = agent(stack);
    const pattern = "/localhost|127\\\\.0\\\\.0\\\\.1/";
    output(stack, "o", Fn.replace(initScript, pattern, "host.docker.internal"));
  },
  // cdktf's functions do not escape backslashes.
  "init-script-with-unescaped-regex": [
    (stack) => {
      const { initScript } = agent(stack);
      output(stack, "o", Fn.replace(initScript, "/localhost|127\\.0\\.0\\.1/", "host.docker.internal"));
    },
    { fails: { json: "Invalid escape sequence", hcl: "\\. is no escape sequence" } },
  ],
  app: (stack) => {
    new CoderApp(stack, "code", {
      agentId: agent(stack).id,
      slug: "code",
      url: "http://localhost:13337/?folder=/workspaces",
      subdomain: false,
      healthcheck: { url: "http://localhost:13337/healthz", interval: 5, threshold: 6 },
    });
  },
  metadata: (stack) => {
    coder(stack);
    const { id, image } = container(stack);
    new Metadata(stack, "m", {
      resourceId: id,
      dailyCost: 0,
      hide: false,
      item: [
        { key: "image", value: image },
        { key: "empty", value: "", sensitive: false },
      ],
    });
  },
});
