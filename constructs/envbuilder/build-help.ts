import type { CaBundle } from "../settings/ca-bundle";
import { checkPropKinds } from "../settings/prop-kinds";
import type { Proxy } from "../settings/proxy";
import type { Repository } from "../settings/repository";
import { OBJECT, checkKind, ofEnum } from "../settings/value-kinds";
import { WorkspaceTrust } from "../settings/workspace-trust";
import { caFiles } from "./ca-contribution";
import { Distribution, storeBundle, storeCommands } from "./distribution";

/** What of a workspace's settings a build has to know: those of the workspace itself will do. */
export interface BuildHelpProps {
  /**
   * The proxy between the container and the network.
   *
   * @default - none
   */
  readonly proxy?: Proxy;
  /**
   * The certificate authorities that the container is given.
   *
   * @default - none
   */
  readonly ca?: CaBundle;
  /**
   * Which programs are told of `ca`.
   *
   * @default - all that this library knows
   */
  readonly trust?: WorkspaceTrust;
  /**
   * The repository that is built.
   *
   * @default - one with a `devcontainer.json`
   */
  readonly repository?: Repository;
}

/** Programs that go by the distribution's store without being told. */
const BY_STORE = ["CURL_CA_BUNDLE", "GIT_SSL_CAINFO"];

/**
 * What a repository needs so that the steps of its Dockerfile, and the features of its dev container, see the proxy and the
 * certificates. Envbuilder gives them nothing of its own environment: a template cannot help them, their repository can.
 */
export class BuildHelp {
  /**
   * What builds of a workspace need.
   *
   * @param settings - those of the workspace
   * @throws when a setting is of another kind
   */
  public static of(settings: BuildHelpProps): BuildHelp {
    checkKind("settings", OBJECT, settings);
    const { proxy, ca, trust, repository } = settings;
    checkPropKinds({ proxy, ca, trust, repository }, "settings.");
    return new BuildHelp(settings);
  }

  /**
   * What `build.args` of `devcontainer.json` has to hold: the value that a variable has where the image is built. Empty
   * without a proxy for everything, and where the repository's Dockerfile is built without a `devcontainer.json`, which
   * leaves no place for it.
   */
  public readonly buildArguments: { readonly [name: string]: string };

  private readonly settings: BuildHelpProps;

  private constructor(settings: BuildHelpProps) {
    this.settings = { ...settings };
    const { proxy } = settings;
    // Without an ARG, these reach every step and every feature.
    const names = ["http_proxy", "https_proxy", "no_proxy"];
    if (proxy?.scheme("all")?.startsWith("socks")) names.unshift("all_proxy");
    this.buildArguments =
      proxy?.url && !this.isDockerfileAlone
        ? Object.fromEntries(names.map((name) => [name, `\${localEnv:${name}}`]))
        : {};
  }

  /** Whether there is anything to say: not so where neither a proxy nor certificates reach the container. */
  public get isNeeded(): boolean {
    return this.settings.proxy?.url !== undefined || this.files !== undefined;
  }

  /** A `devcontainer.json` with what `build` has to hold, or undefined where it needs nothing. */
  public devcontainer(): string | undefined {
    if (Object.keys(this.buildArguments).length === 0) return undefined;
    return JSON.stringify({ build: { dockerfile: "Dockerfile", args: this.buildArguments } }, undefined, 2);
  }

  /**
   * Lines for a Dockerfile, below each `FROM` whose steps are to trust the certificates and before any `USER`. Where there
   * are no certificates they do nothing, so that the image can be built elsewhere. Undefined where steps see none.
   *
   * @param distribution - what the image is made from
   * @throws when it is no `Distribution`
   */
  public dockerfile(distribution: Distribution = Distribution.DEBIAN): string | undefined {
    checkKind("distribution", ofEnum("Distribution", Distribution), distribution);
    const { files } = this;
    if (files === undefined) return undefined;
    const commands = storeCommands(distribution, files);
    const programs = this.variables.map((name) => `ARG ${name}=${storeBundle(distribution)}`);
    return [
      "# The certificates of the network, where Envbuilder has them. Elsewhere this does nothing.",
      `RUN if ls ${files} >/dev/null 2>&1; then \\`,
      ...commands.map((line, index) => `      ${line}${index < commands.length - 1 ? " && \\" : "; \\"}`),
      "    fi",
      ...(programs.length === 0
        ? []
        : [
            "# For programs that do not go by the image's store. Steps see it, and the image does not keep it.",
            ...programs,
          ]),
    ].join("\n");
  }

  /** What to know about it, each a sentence or a few in Markdown. */
  public get notes(): readonly string[] {
    const { proxy } = this.settings;
    const secret =
      "`RUN --mount=type=secret,id=https_proxy,env=https_proxy …`, with the proxy's URL as `buildSecrets.https_proxy`";
    const notes: string[] = [];
    if (proxy?.url && this.isDockerfileAlone) {
      notes.push(
        `No \`devcontainer.json\` is read here, and so there are no \`build.args\`. A step that needs the proxy asks for it: ${secret}.`,
      );
    }
    if (this.devcontainer() !== undefined) {
      notes.push(
        "Values of `build.args` are part of what cached layers are found by: another URL of the proxy builds everything anew, and so does a user or password of each person. Terraform's provisioner finds a cached image only where its own environment holds the same values under the same names.",
      );
      if (proxy?.secret) {
        notes.push(
          `This proxy has a user and a password, which each step then sees. Where they differ from person to person, nobody shares a layer: leave \`args\` out, and let a step that needs the proxy ask for it by ${secret}. Secrets are not part of what layers are found by.`,
        );
      }
    }
    if (this.files !== undefined) {
      notes.push(
        "Cached layers are not found by the certificates: a layer that is cached holds those of the day it was built. When they have changed, change the text of the step, too.",
      );
    }
    return notes;
  }

  private get isDockerfileAlone(): boolean {
    return this.settings.repository?.options.dockerfile !== undefined;
  }

  private get files(): string | undefined {
    return this.settings.ca && caFiles(this.settings.ca);
  }

  private get variables(): readonly string[] {
    const { variables } = this.settings.trust ?? WorkspaceTrust.all();
    return variables.filter((name) => !BY_STORE.includes(name));
  }
}
