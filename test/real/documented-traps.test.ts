import { CaBundle, CaDelivery, Repository, type EnvbuilderSettings } from "cdktf-coder-envbuilder";
import { docker, label } from "./lab/docker";
import type { ContainerResult } from "./lab/envbuilder-container";
import { type PlannedRun, runPlanned } from "./lab/planned-container";
import { ProxyNetwork } from "./lab/proxy-network";
import { pushImage } from "./lab/registry";
import { settings } from "./lab/settings";

// What docs/traps.md says of Envbuilder and nobody can check before it runs: that it still is so. The ids are in the names.

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
}, 120_000);

interface Run extends PlannedRun {
  readonly settings?: Partial<EnvbuilderSettings>;
}

/** Envbuilder behind the proxy, with the repository of these files. */
async function run(
  name: string,
  files: Readonly<Record<string, string>>,
  { settings: more, ...options }: Run = {},
): Promise<ContainerResult> {
  const repository = Repository.at(await lab.repository(name, files));
  return await runPlanned(lab, name, { repository, ...more }, options);
}

function dockerfile(...lines: string[]): Record<string, string> {
  return {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": [`FROM ${lab.baseImage}`, ...lines, ""].join("\n"),
  };
}

async function withVolume<T>(name: string, action: (volume: string) => Promise<T>): Promise<T> {
  const volume = `${settings.prefix}-${name}`;
  await docker(["volume", "create", ...label(), volume]);
  try {
    return await action(volume);
  } finally {
    await docker(["volume", "rm", volume]);
  }
}

test("image-environment-wins: what an image sets replaces the container's when it is built", async () => {
  const files = dockerfile("ENV EDITOR=image");

  const { stdout } = await run("image-environment", files, {
    settings: { environment: { EDITOR: "container", PAGER: "container" } },
    initScript: 'echo "$EDITOR $PAGER"',
  });

  expect(stdout).toBe("image container\n");
});

test("etc-environment-wins: so does /etc/environment, with its quotes", async () => {
  const files = dockerfile(`RUN echo 'https_proxy="http://quoted.test:1"' >/etc/environment`);

  const { stdout } = await run("etc-environment", files, { initScript: 'echo "$https_proxy"' });

  expect(stdout).toBe('"http://quoted.test:1"\n');
});

test("repository-not-updated: what was cloned once is never pulled again", async () => {
  await withVolume("not-updated", async (volume) => {
    const options = { args: ["--volume", `${volume}:/workspaces`], initScript: "cat version" };
    const first = await run("not-updated", { ...dockerfile(), version: "one\n" }, options);
    const second = await run("not-updated", { ...dockerfile(), version: "two\n" }, options);

    expect([first.stdout, second.stdout]).toEqual(["one\n", "one\n"]);
  });
});

test("devcontainer-in-root: .devcontainer.json beside the code is not found", async () => {
  const { status, text } = await run("root-file", { ".devcontainer.json": JSON.stringify({ image: lab.baseImage }) });

  expect(text).toContain("no fallback image has been specified");
  expect(status).not.toBe(0);
});

describe("fallbackImage", () => {
  const none = "https://git.test/there-is-none.git";

  test.each([false, true])("is what a workspace gets where the clone fails, exitOnBuildFailure %s", async (exit) => {
    const result = await run(`fallback-${exit}`, dockerfile(), {
      settings: {
        exitOnBuildFailure: exit,
        repository: Repository.at(none),
        fallbackImage: lab.baseImage,
        workspaceBaseDirectory: "/home/dev",
      },
      initScript: "pwd",
    });

    expect(result).toMatchObject({ status: 0, stdout: "/home/dev/there-is-none\n" });
  });

  test("devcontainer-directory-without-fallback: not where the folder of devcontainer.json is named", async () => {
    const { text } = await run("fallback-directory", dockerfile(), {
      settings: {
        repository: Repository.at(none, { devcontainerDirectory: "docker" }),
        fallbackImage: lab.baseImage,
      },
    });

    expect(text).toContain("error: ");
    expect(text).not.toContain("MARKER\n");
  });

  test("is what it gets where the build fails, unless exitOnBuildFailure", async () => {
    const broken = dockerfile("RUN false");
    const fallback = { fallbackImage: lab.baseImage };

    const fell = await run("fallback-build", broken, { settings: fallback });
    const ended = await run("fallback-exit", broken, { settings: { ...fallback, exitOnBuildFailure: true } });

    expect(fell).toMatchObject({ status: 0, stdout: "MARKER\n" });
    expect(ended.stdout).toBe("");
    expect(ended.status).not.toBe(0);
  });

  test("fallback-not-for-certificates: not where the registry's certificate is unknown", async () => {
    const { stdout, text } = await run("fallback-tls", dockerfile(), {
      certificate: lab.certificates.upstreamCa,
      settings: {
        ca: CaBundle.fromFile(lab.certificates.proxyCa, { delivery: CaDelivery.GIT_ONLY }),
        fallbackImage: lab.baseImage,
      },
    });

    expect(text).toMatch(/Cloned repository![^]*x509: certificate signed by unknown authority/);
    expect(stdout).toBe("");
  });
});

/** With certificates that have signed nothing of what Envbuilder sees. */
const untrusted = (): Run => ({ certificate: lab.certificates.upstreamCa });

describe("insecure", () => {
  test("takes any certificate where a Dockerfile is built", async () => {
    const url = await lab.repository("insecure", { Dockerfile: `FROM ${lab.baseImage}\n` });
    const built = { repository: Repository.at(url, { dockerfile: "Dockerfile" }) };

    const without = await runPlanned(lab, "insecure-without", built, untrusted());
    const insecure = await runPlanned(lab, "insecure", { ...built, insecure: true }, untrusted());

    expect(without.text).toContain("x509: certificate signed by unknown authority");
    expect(insecure).toMatchObject({ status: 0, stdout: "MARKER\n" });
  });

  test("does not where a dev container is, whose image is asked for its user: insecure-is-partial", async () => {
    const image = { ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }) };

    const { stdout, text } = await run("insecure-image", image, { settings: { insecure: true }, ...untrusted() });

    expect(text).toMatch(/Cloned repository![^]*x509: certificate signed by unknown authority/);
    expect(stdout).toBe("");
  });
});

test("mount-hides-image-home: what the image has in the home is not in the volume over it", async () => {
  const [image, name] = [`${settings.prefix}-home`, "home:latest"];
  await docker(["build", "--quiet", ...label(), "--tag", image, "-"], {
    input: `FROM ${settings.images.base}\nRUN echo kept >/home/dev/settings && echo kept >/root/settings\n`,
  });
  const files = { ".devcontainer/devcontainer.json": JSON.stringify({ image: await pushImage(image, name) }) };

  await withVolume("home", async (volume) => {
    const { stdout } = await run("home", files, {
      args: ["--volume", `${volume}:/home/dev`],
      initScript: "ls /home/dev /root",
    });

    expect(stdout).toBe("/home/dev:\n\n/root:\nsettings\n");
  });
});
