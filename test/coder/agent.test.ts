import { TerraformOutput, Token } from "cdktf";
import { Construct } from "constructs";
import { WorkspaceAgent, type AgentAppProps } from "../../constructs/coder/agent";
import { STANDARD_METADATA, standardMetadata } from "../../constructs/coder/agent-metadata";
import { refusal, refusedBy } from "../refusal";
import { addresses, block, teamStack, token, treeOf } from "../util";

const APP: AgentAppProps = { displayName: "Preview", url: "http://localhost:8080" };

const withEnvironment = (environment: Record<string, string>) => () =>
  new WorkspaceAgent(teamStack(), "agent", { environment });
const withApp = (props: Partial<AgentAppProps>) => () =>
  new WorkspaceAgent(teamStack(), "agent").addApp("preview", { ...APP, ...props });

describe("WorkspaceAgent", () => {
  test("is named main and knows its owner and architecture", () => {
    const stack = teamStack();

    new WorkspaceAgent(stack, "agent");

    const author = "${coalesce(data.coder_workspace_owner.me.full_name, data.coder_workspace_owner.me.name)}";
    const email = "${data.coder_workspace_owner.me.email}";
    expect(block(treeOf(stack), "coder_agent.main")).toEqual({
      os: "linux",
      arch: "${data.coder_provisioner.me.arch}",
      env: {
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: email,
        GIT_COMMITTER_NAME: author,
        GIT_COMMITTER_EMAIL: email,
      },
      metadata: [
        { key: "0_cpu_usage", display_name: "CPU Usage", script: "coder stat cpu", interval: 10, timeout: 1 },
        { key: "1_ram_usage", display_name: "RAM Usage", script: "coder stat mem", interval: 10, timeout: 1 },
        {
          key: "2_disk_usage",
          display_name: "Disk Usage",
          script: "coder stat disk --path /workspaces",
          interval: 60,
          timeout: 1,
        },
        {
          key: "3_host_cpu_usage",
          display_name: "CPU Usage (Host)",
          script: "coder stat cpu --host",
          interval: 10,
          timeout: 1,
        },
        {
          key: "4_host_ram_usage",
          display_name: "RAM Usage (Host)",
          script: "coder stat mem --host",
          interval: 10,
          timeout: 1,
        },
      ],
    });
  });

  test("is what it is told to be", () => {
    const stack = teamStack();

    new WorkspaceAgent(stack, "agent", {
      name: "dev-1",
      environment: { EDITOR: "vim", FORMAT: "%{http_code}", GIT_AUTHOR_NAME: "Robot", REGION: token("var.region") },
      startupScript: `echo "\${USER:-me} 100%{x}" ${token("var.greeting")}\n`,
      metadata: [
        {
          key: "load",
          displayName: "Load",
          script: "awk '{print $1 ${x}}' /proc/loadavg",
          intervalSeconds: 5,
          timeoutSeconds: 2,
        },
      ],
    });

    expect(block(treeOf(stack), "coder_agent.dev-1")).toMatchObject({
      env: {
        EDITOR: "vim",
        FORMAT: "%%{http_code}",
        GIT_AUTHOR_NAME: "Robot",
        GIT_AUTHOR_EMAIL: "${data.coder_workspace_owner.me.email}",
        REGION: "${var.region}",
      },
      startup_script: 'echo "$${USER:-me} 100%%{x}" ${var.greeting}\n',
      metadata: [
        { key: "load", display_name: "Load", script: "awk '{print $1 $${x}}' /proc/loadavg", interval: 5, timeout: 2 },
      ],
    });
  });

  test("shows nothing where metadata is empty", () => {
    const stack = teamStack();
    new WorkspaceAgent(stack, "agent", { metadata: [] });

    expect(block(treeOf(stack), "coder_agent.main")).toMatchObject({ metadata: [] });
  });

  test("refers to its token and script", () => {
    const stack = teamStack();
    const agent = new WorkspaceAgent(stack, "agent");
    new TerraformOutput(stack, "o", { value: [agent.token, agent.initScript], staticId: true });

    expect(treeOf(stack)["output"]).toEqual({
      o: { value: ["${coder_agent.main.token}", "${coder_agent.main.init_script}"] },
    });
  });

  test.each(["a_b", "", "-a", "a-", "a--b", "a b", "1st"])("fails on the name %j", (name) => {
    expect(() => new WorkspaceAgent(teamStack(), "agent", { name })).toThrow(
      `agent name ${JSON.stringify(name)} must consist of letters, digits and single hyphens between them and begin with a letter, because Coder names agents after their Terraform resource; write it as "main" [agent-name]`,
    );
  });

  test("fails on a second agent of the name, and says how to name it", () => {
    const stack = teamStack();
    new WorkspaceAgent(new Construct(stack, "one"), "agent");

    expect(() => new WorkspaceAgent(new Construct(stack, "two"), "agent")).toThrow(
      'agent name "main" must be the only one of its name in the template, because users tell agents apart by it; give this one another as agent.name [agent-name-twice]',
    );
  });

  test("fails on two figures of one key", () => {
    const metadata = [...STANDARD_METADATA, { key: "1_ram_usage", displayName: "x", script: "x", intervalSeconds: 1 }];

    expect(() => new WorkspaceAgent(teamStack(), "agent", { metadata })).toThrow(
      'agent.metadata[5] and agent.metadata[1] both have the key "1_ram_usage", of which Coder keeps one; rename one of them [agent-metadata-twice]',
    );
  });

  test.each([
    [{ intervalSeconds: 0 }, "agent.metadata[0].intervalSeconds 0"],
    [{ intervalSeconds: 1.5 }, "agent.metadata[0].intervalSeconds 1.5"],
    [{ intervalSeconds: 1, timeoutSeconds: -1 }, "agent.metadata[0].timeoutSeconds -1"],
  ])("fails on %j", (seconds, start) => {
    const metadata = [{ key: "a", displayName: "A", script: "a", ...seconds }];

    expect(() => new WorkspaceAgent(teamStack(), "agent", { metadata })).toThrow(
      `${start} must be a whole number of seconds from 1 on; round it [agent-metadata-seconds]`,
    );
  });

  test("takes tokens for seconds", () => {
    const stack = teamStack();
    const metadata = [{ key: "a", displayName: "A", script: "a", intervalSeconds: Token.asNumber(token("var.x")) }];
    new WorkspaceAgent(stack, "agent", { metadata });

    expect(block(treeOf(stack), "coder_agent.main")).toMatchObject({ metadata: [{ interval: "${var.x}" }] });
  });
});

describe("WorkspaceAgent.addApp", () => {
  test("adds an application of the owner's", () => {
    const stack = teamStack();

    new WorkspaceAgent(stack, "agent").addApp("preview", APP);

    expect(block(treeOf(stack), "coder_app.preview")).toEqual({
      agent_id: "${coder_agent.main.id}",
      slug: "preview",
      display_name: "Preview",
      url: "http://localhost:8080",
      share: "owner",
      subdomain: false,
    });
  });

  test("adds what it is told", () => {
    const stack = teamStack();

    new WorkspaceAgent(stack, "agent").addApp("code-server", {
      ...APP,
      icon: "/icon/code.svg",
      subdomain: true,
      share: "authenticated",
      healthcheckUrl: "http://localhost:8080/healthz",
      order: 2,
    });

    expect(block(treeOf(stack), "coder_app.code-server")).toMatchObject({
      icon: "/icon/code.svg",
      subdomain: true,
      share: "authenticated",
      order: 2,
      healthcheck: { url: "http://localhost:8080/healthz", interval: 5, threshold: 6 },
    });
  });

  test("takes a slug that begins with a digit, which no name in Terraform does", () => {
    const stack = teamStack();

    new WorkspaceAgent(stack, "agent").addApp("3000", APP);

    expect(block(treeOf(stack), "coder_app.app-3000")).toMatchObject({ slug: "3000" });
  });

  test.each(["", "A", "a_b", "-a", "a--b", "a b"])("fails on the slug %j", (slug) => {
    expect(() => new WorkspaceAgent(teamStack(), "agent").addApp(slug, APP)).toThrow(
      `app slug ${JSON.stringify(slug)} must consist of lower-case letters, digits and single hyphens between them; write it as "code-server" [app-slug]`,
    );
  });

  test("fails on a slug that is taken, by whichever agent", () => {
    const stack = teamStack();
    const one = new WorkspaceAgent(stack, "one");
    const two = new WorkspaceAgent(stack, "two", { name: "two" });
    one.addApp("preview", APP);

    for (const agent of [one, two]) {
      expect(() => agent.addApp("preview", APP)).toThrow(
        'app slug "preview" must be the only one of its name in the template, because URLs are made from it; rename one of the apps [app-slug-twice]',
      );
    }
  });

  test("fails on a way of sharing that Coder does not know", () => {
    expect(() => new WorkspaceAgent(teamStack(), "agent").addApp("x", { ...APP, share: "everyone" })).toThrow(
      'share "everyone" of the app x must be one of owner, authenticated, public; choose one of them [app-share-unknown]',
    );
  });

  test("takes a reference for it", () => {
    const stack = teamStack();
    new WorkspaceAgent(stack, "agent").addApp("x", { ...APP, share: token("var.share") });

    expect(block(treeOf(stack), "coder_app.x")).toMatchObject({ share: "${var.share}" });
  });
});

test("several agents stand in a stack under their names", () => {
  const stack = teamStack();
  new WorkspaceAgent(stack, "one");
  new WorkspaceAgent(stack, "two", { name: "database" });

  expect(addresses(treeOf(stack)).filter((address) => address.startsWith("coder_"))).toEqual([
    "coder_agent.database",
    "coder_agent.main",
  ]);
});

test.each([
  ["/workspaces", "coder stat disk --path /workspaces"],
  ["/home/a b", "coder stat disk --path '/home/a b'"],
  ["/it's", `coder stat disk --path '/it'\\''s'`],
])("standardMetadata asks for the disk of %s", (folder, script) => {
  expect(standardMetadata(folder)[2]).toMatchObject({ key: "2_disk_usage", script });
});

describe("the agent's environment", () => {
  test.each(["http_proxy", "HTTPS_PROXY", "No_Proxy", "ALL_PROXY"])("fails with raw-proxy-variable on %s", (name) => {
    const message = refusal(withEnvironment({ [name]: "http://bob:hunter2@proxy.test" }));

    expect(message).toContain(`agent.environment.${name} must be given as the proxy setting`);
    expect(message).toContain("; use the proxy setting, with Proxy.containerWide");
    expect(message).toContain("[raw-proxy-variable]");
    expect(message).not.toContain("hunter2");
  });

  test("fails with secret-in-template on a password", () => {
    expect(refusedBy(withEnvironment({ DATABASE: "postgres://a:hunter2@db.test" }))).toBe("secret-in-template");
  });
});

describe("the URL of an app", () => {
  test.each<[keyof AgentAppProps, string]>([
    ["url", "localhost:8080"],
    ["url", "//localhost:8080"],
    ["url", "http://"],
    ["url", ""],
    ["healthcheckUrl", "/healthz"],
  ])("fails with app-url-malformed where %s is %j", (prop, value) => {
    expect(refusal(withApp({ [prop]: value }))).toBe(
      `${prop} ${JSON.stringify(value)} of the app preview must begin with a scheme, because Coder could not connect to it otherwise; write it as "http://localhost:8080" [app-url-malformed]`,
    );
  });

  test.each(["https://localhost", "vscode://coder.coder-remote/open", token("local.url")])("may be %j", (url) => {
    expect(withApp({ url })).not.toThrow();
  });
});
