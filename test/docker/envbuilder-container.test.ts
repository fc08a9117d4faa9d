import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { DockerMount } from "../../constructs/docker/docker-mount";
import { EnvbuilderContainer, type EnvbuilderContainerProps } from "../../constructs/docker/envbuilder-container";
import { DEFAULT_BUILDER_IMAGE } from "../../constructs/envbuilder/options";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { Size } from "../../constructs/settings/size";
import type { TerraformBody } from "../../constructs/terraform/tree";
import { refusedBy } from "../refusal";
import {
  CORPORATE_ROOT,
  addresses,
  annotations,
  block,
  environmentOf,
  filesOf,
  synthesized,
  teamStack,
  testApp,
  testTemplate,
  token,
  treeOf,
} from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");

function container(props: Partial<EnvbuilderContainerProps> = {}): TerraformBody {
  const stack = teamStack();
  new EnvbuilderContainer(stack, "build", { name: "build", repository: REPOSITORY, ...props });
  return block(treeOf(stack), "docker_container.build");
}

function warningsOf(props: Partial<EnvbuilderContainerProps>): string[] {
  const stack = teamStack();
  new EnvbuilderContainer(stack, "build", { name: "build", repository: REPOSITORY, ...props });
  return annotations(stack);
}

describe("EnvbuilderContainer", () => {
  test("is one container that clones and builds", () => {
    const stack = teamStack();

    new EnvbuilderContainer(stack, "build", { name: "build-1", repository: REPOSITORY });

    expect(addresses(treeOf(stack))).toEqual(["docker_container.build", "provider.coder", "provider.docker"]);
    expect(block(treeOf(stack), "docker_container.build")).toEqual({
      name: "build-1",
      image: DEFAULT_BUILDER_IMAGE,
      env: ["ENVBUILDER_GIT_URL=https://git.example.com/team/app.git"],
      host: [],
      labels: [],
      mounts: [],
      networks_advanced: [],
      upload: [],
      volumes: [],
    });
  });

  test("gets from Docker what it is told", () => {
    expect(
      container({
        hostname: "builder",
        networks: [{ name: "internal", aliases: ["b"], ipv4Address: "10.0.0.2" }, { name: "other" }],
        dns: ["10.0.0.1"],
        dnsSearch: ["example.com"],
        memory: Size.gibibytes(4),
        cpus: 1.5,
        sharedMemory: Size.mebibytes(256),
        runtime: "sysbox-runc",
        gpus: "all",
        addCapabilities: ["SYS_PTRACE", "NET_RAW", "SYS_PTRACE"],
        restart: "unless-stopped",
        labels: { team: "app" },
        hosts: { "proxy.internal": "10.0.0.3" },
        interactive: true,
      }),
    ).toMatchObject({
      hostname: "builder",
      networks_advanced: [{ name: "internal", aliases: ["b"], ipv4_address: "10.0.0.2" }, { name: "other" }],
      dns: ["10.0.0.1"],
      dns_search: ["example.com"],
      memory: 4096,
      cpus: "1.5",
      shm_size: 256,
      runtime: "sysbox-runc",
      gpus: "all",
      // As Docker reports them, so that no plan sees a difference.
      capabilities: { add: ["CAP_NET_RAW", "CAP_SYS_PTRACE"] },
      restart: "unless-stopped",
      labels: [{ label: "team", value: "app" }],
      host: [{ host: "proxy.internal", ip: "10.0.0.3" }],
      tty: true,
      stdin_open: true,
    });
    expect(container({ networkMode: "host", privileged: true })).toMatchObject({
      network_mode: "host",
      privileged: true,
    });
  });

  test("takes what only Terraform knows", () => {
    const stack = teamStack();
    const limits = {
      cpus: Token.asNumber(token("var.cpus")),
      restart: token("var.restart"),
      hostname: token("var.host"),
    };
    new EnvbuilderContainer(stack, "build", {
      name: `build-${token("var.name")}`,
      builderImage: token("var.image"),
      repository: Repository.at(token("var.repository")),
      environment: { REGION: token("var.region") },
      ...limits,
    });

    expect(block(treeOf(stack), "docker_container.build")).toMatchObject({
      name: "build-${var.name}",
      image: "${var.image}",
      cpus: "${var.cpus}",
      restart: "${var.restart}",
      hostname: "${var.host}",
      env: ["ENVBUILDER_GIT_URL=${var.repository}", "REGION=${var.region}"],
    });
  });

  test("tells a Coder agent of the author's own, whose token stays a reference", () => {
    const agent = { url: "https://coder.example.com", token: Secret.fromReference("${coder_agent.own.token}") };

    expect(container({ coderAgent: agent })["env"]).toEqual([
      "CODER_AGENT_TOKEN=${sensitive(coder_agent.own.token)}",
      "CODER_AGENT_URL=https://coder.example.com",
      "ENVBUILDER_GIT_URL=https://git.example.com/team/app.git",
    ]);
  });

  test("may only look for an image, which takes a place to look in", () => {
    expect(refusedBy(() => container({ getCachedImage: true }))).toBe("get-cached-image-without-cache-repo");
  });

  test("shows no warning that is silenced", () => {
    const builderImage = "registry.test/envbuilder";
    const silencedWarnings = { "builder-image-unpinned": "The registry has one version." };

    expect(warningsOf({ builderImage })).toEqual([expect.stringContaining("[builder-image-unpinned]")]);
    expect(warningsOf({ builderImage, silencedWarnings })).toEqual([]);
  });

  test("keeps only what a build needs where it is hardened", () => {
    const five = ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_SETGID", "CAP_SETUID"];

    expect(container({ hardened: true })).toMatchObject({ capabilities: { drop: ["ALL"], add: five } });
    expect(container({ hardened: true, addCapabilities: ["NET_RAW"] })).toMatchObject({
      capabilities: {
        drop: ["ALL"],
        add: ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID"],
      },
    });
  });

  test("mounts volumes, paths of the host and memory: missing-host-directory", () => {
    const built = container({
      mounts: [
        DockerMount.volume("cache", "/var/cache"),
        DockerMount.volume("shared", "/shared", { readOnly: true }),
        DockerMount.bind("/srv/data", "/data", { readOnly: true }),
        DockerMount.bind("/srv/work", "/work"),
        DockerMount.memory("/scratch", Size.mebibytes(64)),
      ],
    });

    expect(built).toMatchObject({
      volumes: [
        { volume_name: "cache", container_path: "/var/cache" },
        { volume_name: "shared", container_path: "/shared", read_only: true },
      ],
      mounts: [
        { type: "bind", source: "/srv/data", target: "/data", read_only: true },
        { type: "bind", source: "/srv/work", target: "/work" },
        { type: "tmpfs", target: "/scratch", tmpfs_options: { size_bytes: 67_108_864 } },
      ],
    });
    // Envbuilder would move read-only mounts, which takes a privilege.
    expect(environmentOf(built)["ENVBUILDER_IGNORE_PATHS"]).toBe("/var/run,/product_uuid,/product_name,/data,/shared");
  });

  test.each([{ privileged: true }, { addCapabilities: ["SYS_ADMIN"] }])(
    "lets Envbuilder move read-only mounts where %j",
    (options) => {
      const mounts = [DockerMount.bind("/srv/data", "/data", { readOnly: true })];

      expect(environmentOf(container({ mounts, ...options }))).not.toHaveProperty("ENVBUILDER_IGNORE_PATHS");
    },
  );

  test("runs a script, in which nothing is meant for Terraform", () => {
    const { env } = container({ initScript: `exec "\${SHELL:-sh}" %{x} ${token("var.x")}` });

    expect(env).toContain('ENVBUILDER_INIT_SCRIPT=exec "$${SHELL:-sh}" %%{x} ${var.x}');
  });

  test("is told of a proxy and its password by reference: proxy-credentials-encoding", () => {
    const template = testTemplate();
    new DockerProvider(template, "docker");
    const password = template.variable("proxy_password", { description: "…", sensitive: true });
    new EnvbuilderContainer(template, "build", {
      name: "build",
      repository: REPOSITORY,
      proxy: Proxy.containerWide({
        url: "http://proxy.example.com:3128",
        credentials: { user: "${var.proxy_user}", password: Secret.fromVariable(password) },
        noProxy: ["git.internal"],
      }),
      secretEnvironment: { TOKEN: Secret.fromReference("${data.coder_external_auth.git.access_token}") },
      buildSecrets: { npm: Secret.fromVariable(password), aws: Secret.fromReference("${data.vault.x.aws}") },
    });

    const proxy =
      'http://${replace(urlencode(var.proxy_user), "+", "%20")}:${replace(urlencode(var.proxy_password), "+", "%20")}@proxy.example.com:3128';
    expect(environmentOf(block(treeOf(template), "docker_container.build"))).toEqual({
      ENVBUILDER_BUILD_SECRETS:
        '"aws=${replace(sensitive(data.vault.x.aws), "\\"", "\\"\\"")}","npm=${replace(var.proxy_password, "\\"", "\\"\\"")}"',
      ENVBUILDER_GIT_URL: "https://git.example.com/team/app.git",
      TOKEN: "${sensitive(data.coder_external_auth.git.access_token)}",
      http_proxy: proxy,
      HTTP_PROXY: proxy,
      https_proxy: proxy,
      HTTPS_PROXY: proxy,
      no_proxy: "git.internal,localhost,127.0.0.1,::1",
      NO_PROXY: "git.internal,localhost,127.0.0.1,::1",
    });
  });

  test("brings certificates as files beside the Terraform", () => {
    const stack = teamStack();
    new EnvbuilderContainer(stack, "build", {
      name: "build",
      repository: REPOSITORY,
      ca: CaBundle.fromFile(CORPORATE_ROOT),
    });

    expect(block(treeOf(stack), "docker_container.build")).toMatchObject({
      upload: [
        {
          file: "/.envbuilder/certs/ca.pem",
          content: '${file("${path.module}/certs/ca.pem")}${file("${path.module}/certs/public-roots.pem")}',
        },
        { file: "/.envbuilder/certs/private-ca.pem", content: '${file("${path.module}/certs/ca.pem")}' },
        {
          file: "/.envbuilder/scripts/install-ca.sh",
          content: '${file("${path.module}/scripts/install-ca.sh")}',
        },
      ],
    });
    const files = filesOf(stack);
    expect(Object.keys(files)).toEqual([
      "cdk.tf.json",
      "certs/ca.pem",
      "certs/public-roots.pem",
      "scripts/install-ca.sh",
    ]);
    expect(files["certs/ca.pem"]).toContain("CN=Example Corp Root CA");
  });

  test("mounts certificates of the host before the author's mounts", () => {
    expect(
      container({
        ca: CaBundle.fromHostFile("/etc/pki/corporate.pem", { publicRoots: false }),
        mounts: [DockerMount.bind("/srv/data", "/data")],
      }),
    ).toMatchObject({
      upload: [{ file: "/.envbuilder/scripts/install-ca.sh" }],
      mounts: [
        { type: "bind", source: "/etc/pki/corporate.pem", target: "/.envbuilder/host-certs/ca.pem", read_only: true },
        { type: "bind", source: "/srv/data", target: "/data" },
      ],
    });
  });

  test("warns of what is allowed and not meant, once, with its id", () => {
    const stack = teamStack();
    new EnvbuilderContainer(stack, "build", {
      name: "build",
      repository: REPOSITORY,
      builderImage: "ghcr.io/coder/envbuilder:latest",
      ca: CaBundle.fromFile(CORPORATE_ROOT, { delivery: CaDelivery.GIT_ONLY }),
    });

    synthesized(stack);
    synthesized(stack);

    expect(annotations(stack)).toEqual([
      expect.stringMatching(/^warn: .* \[base64-ca-is-git-only\]$/),
      expect.stringMatching(/^warn: .* \[builder-image-unpinned\]$/),
    ]);
  });

  test("fails on certificates in a cluster, which Docker knows nothing of", () => {
    expect(() => container({ ca: CaBundle.fromSecret("corporate-ca") })).toThrow(
      'ca is the Secret "corporate-ca" of a Kubernetes cluster, which a container on Docker cannot mount; use CaBundle.fromFile, or CaBundle.fromHostFile [cluster-ca-on-docker]',
    );
  });

  test("fails on what Docker would refuse", () => {
    expect(() => container({ cpus: 0 })).toThrow("[cpus-malformed]");
  });

  test("fails on what Envbuilder would ignore", () => {
    expect(() => container({ environment: { ENVBUILDER_NO_SUCH: "x" } })).toThrow("[unknown-option]");
  });

  test("fails where a user would have to choose, whom there is none of", () => {
    expect(() => container({ repository: Repository.chosenByUser() })).toThrow("[repository-needs-a-template]");
  });

  test("fails on an id that is no name in Terraform", () => {
    expect(() => new EnvbuilderContainer(teamStack(), "1st", { name: "x", repository: REPOSITORY })).toThrow(
      "[logical-id-malformed]",
    );
  });

  test("stands several times in a stack, also deep inside", () => {
    const stack = teamStack();
    const ca = CaBundle.fromFile(CORPORATE_ROOT);
    new EnvbuilderContainer(stack, "one", { name: "one", repository: REPOSITORY, ca });
    new EnvbuilderContainer(new Construct(stack, "deep"), "two", { name: "two", repository: REPOSITORY, ca });

    expect(Object.keys(treeOf(stack).resource?.["docker_container"] ?? {})).toEqual(["one", "two"]);
    expect(
      () => new EnvbuilderContainer(new Construct(stack, "x"), "one", { name: "x", repository: REPOSITORY }),
    ).toThrow("are both docker_container.one in Terraform");
  });

  test("does not keep the author's collections", () => {
    const dns = ["10.0.0.1"];
    const aliases = ["a"];
    const stack = teamStack();
    const networks = [{ name: "n", aliases }];
    new EnvbuilderContainer(stack, "build", { name: "x", repository: REPOSITORY, dns, networks });
    dns.push("10.0.0.2");
    aliases.push("b");
    networks.push({ name: "m", aliases });

    expect(block(treeOf(stack), "docker_container.build")).toMatchObject({
      dns: ["10.0.0.1"],
      networks_advanced: [{ name: "n", aliases: ["a"] }],
    });
  });

  test("stands in any stack, of which it demands the Docker provider alone", () => {
    const stack = new TerraformStack(testApp(), "bare");
    new EnvbuilderContainer(stack, "build", { name: "x", repository: REPOSITORY });

    expect(() => synthesized(stack)).toThrow("for the following providers: docker");
  });
});
