import { Fn, TerraformLocal, Token } from "cdktf";
import { container, volume } from "./elements";
import { programs } from "./program";

export const containers = programs("container", {
  everything: (stack) => {
    container(stack, {
      env: ["A=b", 'Q=say "x"', "U=$${HOME}"],
      ports: [{ internal: 80, external: 8080 }, { internal: 443 }],
      mounts: [
        { type: "bind", source: "/tmp", target: "/a", readOnly: true },
        { type: "volume", source: "v", target: "/b" },
        { type: "tmpfs", target: "/t", tmpfsOptions: { sizeBytes: 1048576 } },
      ],
      volumes: [{ volumeName: "v", containerPath: "/w", readOnly: false }],
      labels: [{ label: "coder.owner", value: "x" }],
      host: [{ host: "host.docker.internal", ip: "host-gateway" }],
      capabilities: { add: ["NET_ADMIN"], drop: [] },
      healthcheck: { test: ["CMD", "true"], interval: "5s", retries: 3 },
      command: ["sh", "-c", 'echo "a" && sleep 1'],
      memory: 512,
      privileged: false,
      mustRun: true,
      tmpfs: { "/run": "rw,noexec" },
    });
  },
  "provisioners-and-connections": (stack) => {
    container(stack, {
      connection: { type: "ssh", host: "127.0.0.1", user: "u" },
      provisioners: [
        {
          type: "local-exec",
          command: 'echo "${self.name}"\necho 2\n',
          when: "destroy",
          environment: { A_B: "c" },
        },
        { type: "file", destination: "/x", content: "a", connection: { type: "ssh", host: "h" } },
      ],
    });
  },
  "environment-by-for": (stack) => {
    new TerraformLocal(stack, "envs", { A: "b" });
    const env = '${[for k, v in local.envs : "${k}=${v}"]}';
    container(stack, { env: Token.asList(env) });
  },
  "command-with-lines": (stack) => {
    container(stack, { command: ["sh", "-c", "echo a\necho b"] });
  },
  "command-with-backslash": (stack) => {
    container(stack, { command: ["sh", "-c", "printf 'a\\n'"] });
  },
  "command-with-lines-twice": (stack) => {
    container(stack, { command: ["sh", "a\nb", "c\nd"] });
  },
  "command-with-a-script": (stack) => {
    container(stack, { command: ["sh", "-c", "set -e\necho a\n\necho b"], entrypoint: ["x\ny\nz\n", "b"] });
  },
  "long-list": (stack) => {
    container(stack, { env: Array.from({ length: 12 }, (_, i) => `VARIABLE_${i}=value`) });
  },
  "functions-of-lists": (stack) => {
    const base = new TerraformLocal(stack, "a", { K: "v", "x.y": "z", Q: 'say "q"' });
    const merged = new TerraformLocal(stack, "m", Fn.merge([base.expression, { L: "w" }]));
    const { expression } = merged;
    volume(stack, "v", { driverOpts: Token.asStringMap(expression) });
    container(stack, { env: Fn.formatlist("%s=%s", [Fn.keys(expression), Fn.values(expression)]) });
  },
});
