import type { Container } from "@cdktf/provider-docker/lib/container";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import { AccessUrl } from "../coder/access-url";
import { WorkspaceAgent, type WorkspaceAgentProps } from "../coder/agent";
import { standardMetadata } from "../coder/agent-metadata";
import { CoderData } from "../coder/coder-data";
import { answeredGitCredentials } from "../coder/git-credentials-source";
import { askedRepository, isHttpOnly } from "../coder/repository-parameter";
import { planContainer, type ContainerPlan } from "../envbuilder/container-plan";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { checkPersistentFolder } from "../envbuilder/persistent-folder";
import { checkPropKinds } from "../settings/prop-kinds";
import { Metadata } from "../providers/coder/metadata";
import type { CachedImage } from "../providers/envbuilder/cached-image";
import type { ImageCache } from "../settings/image-cache";
import type { Repository } from "../settings/repository";
import { ValidationError, shown } from "../errors";
import { silence } from "../terraform/annotation";
import { commentOn } from "../terraform/comment";
import { attributeOf, call } from "../terraform/expression";
import { pinLogicalId } from "../terraform/logical-id";
import { asNumber } from "../terraform/reference";
import { agentScript } from "../workspace/agent-script";
import { describeWorkspace } from "../workspace/workspace-sections";
import { cachedImage, imageItems, startedImage } from "../workspace/cached-image";
import { containerResource } from "./container-resource";
import { DockerMount } from "./docker-mount";
import { checkDockerOptions, hasOwnNetwork, sharesNetwork, type DockerContainerOptions } from "./docker-options";
import { provideDocker } from "./docker-provider";
import { isSysAdmin } from "./envbuilder-container";
import { dockerNetworkSection } from "./network-section";

/** A Coder workspace on Docker. */
export interface DockerWorkspaceProps extends EnvbuilderSettings, DockerContainerOptions {
  /**
   * The agent.
   *
   * @default - one named `main`, with the dashboard figures of `STANDARD_METADATA`
   */
  readonly agent?: WorkspaceAgentProps;
  /**
   * What containers reach the Coder server by where its access URL says localhost: a host without scheme and port.
   *
   * @default "host.docker.internal", which is the Docker host
   */
  readonly coderHost?: string;
  /**
   * Absolute path in the container of what survives a stop.
   *
   * @default "/workspaces"
   */
  readonly persistentFolder?: string;
}

const RESERVED_LABELS = ["coder.owner", "coder.owner_id", "coder.workspace_id", "coder.workspace_name"];

const DOCKER_HOST = "host.docker.internal";

/**
 * A Coder workspace that Envbuilder makes in a Docker container: with agent, a volume that survives stops, and the
 * container that exists only while the workspace runs. Stands in a `CoderTemplate`, or in any other stack with the
 * providers coder and docker.
 *
 * In Terraform its elements are named as the construct's id, the agent by its own name. Of several in a stack, all but
 * one need a name for their agent.
 */
export class DockerWorkspace extends Construct {
  /** The agent, for applications and more. */
  public readonly agent: WorkspaceAgent;
  /** The `docker_container`, counted: refer to it with an index. */
  public readonly container: Container;
  /** The `envbuilder_cached_image`, where `cache` is probed, counted as well. */
  public readonly cachedImage: CachedImage | undefined;
  /** The `docker_volume` that survives stops. */
  public readonly volume: Volume;
  /** The `coder_metadata` of the container: Coder takes one for each resource. */
  public readonly metadata: Metadata;
  /** One while the workspace runs, none while it is stopped. */
  private readonly startCount: number;

  /**
   * @param id - its name in Terraform: letters, digits, _ and -, a letter first; running workspaces depend on it
   * @throws when settings contradict each other or would fail in the workspace
   */
  public constructor(scope: Construct, id: string, props: DockerWorkspaceProps) {
    super(scope, id);
    checkPropKinds(props);
    silence(this, props.silencedWarnings);
    checkPropKinds(props.agent ?? {}, "agent.");
    const folder = props.persistentFolder ?? "/workspaces";
    checkDockerOptions(props);
    checkReservedLabels(props.labels ?? {});
    checkPersistentFolder(folder, "mounts", props.mounts ?? []);
    provideDocker(this, props);
    const repository = askedRepository(this, props.repository, isHttpOnly(props));
    const gitCredentials = answeredGitCredentials(this, props.gitCredentials);
    const accessUrl = AccessUrl.of(this, props.coderHost ?? DOCKER_HOST);
    this.agent = new WorkspaceAgent(this, "agent", {
      ...props.agent,
      metadata: props.agent?.metadata ?? standardMetadata(folder),
    });
    this.startCount = asNumber(attributeOf(CoderData.of(this).workspace, "startCount"));
    this.volume = this.persistentVolume(id);
    const persistent = DockerMount.volume(attributeOf(this.volume, "name"), folder);
    const plan = this.plan({ ...props, repository, gitCredentials }, persistent, accessUrl);
    this.cachedImage = cachedImage(this, id, plan, props.cache, this.startCount);
    this.container = this.workspaceContainer(id, props, plan, persistent);
    this.metadata = this.describeContainer(id, repository, plan, props.cache);
    describeWorkspace(this, props, dockerNetworkSection(props), "The Docker daemon");
  }

  private persistentVolume(id: string): Volume {
    const { workspace } = CoderData.of(this);
    const volume = new Volume(this, "volume", {
      // By id, because users may rename workspaces.
      name: `coder-${attributeOf(workspace, "id")}-${id}`,
      labels: [
        ...ownerLabels(this),
        // The name may have changed since, and labels of a volume cannot.
        { label: "coder.workspace_name_at_creation", value: attributeOf(workspace, "name") },
      ],
      lifecycle: { ignoreChanges: "all" },
    });
    commentOn(volume, "Survives stops. Never replaced: a change here would throw away what users have in it.");
    return pinLogicalId(volume, id);
  }

  private plan(props: DockerWorkspaceProps, persistent: DockerMount, accessUrl: AccessUrl): ContainerPlan {
    const proxied = props.proxy?.url !== undefined;
    return planContainer(
      { ...props, hosts: sharesNetwork(props) ? {} : { [DOCKER_HOST]: "host-gateway", ...props.hosts } },
      {
        initScript: [agentScript(this, this.agent, accessUrl, props, proxied)],
        agent: { url: accessUrl.url, token: attributeOf(this.agent.resource, "token") },
        directHosts: proxied ? [accessUrl.host, DOCKER_HOST] : [],
        // Behind the author's, which messages number.
        mounts: [...(props.mounts ?? []), persistent],
        sysAdmin: isSysAdmin(props),
        ownNetwork: hasOwnNetwork(props),
        skipRebuild: props.skipRebuild,
      },
    );
  }

  private workspaceContainer(
    id: string,
    props: DockerWorkspaceProps,
    plan: ContainerPlan,
    persistent: DockerMount,
  ): Container {
    const { workspace, owner } = CoderData.of(this);
    const options = {
      ...props,
      hostname: sharesNetwork(props) ? undefined : (props.hostname ?? attributeOf(workspace, "name")),
      mounts: [persistent, ...(props.mounts ?? [])],
      labels: {
        ...Object.fromEntries(ownerLabels(this).map(({ label, value }) => [label, value])),
        "coder.workspace_name": attributeOf(workspace, "name"),
        ...props.labels,
      },
    };
    // A workspace may have several containers. Names in Coder have no dots, so that none of another workspace is like it.
    const suffix = id === "workspace" ? "" : `.${id}`;
    const name = `coder-${attributeOf(owner, "name")}-${call("lower", attributeOf(workspace, "name"))}${suffix}`;
    const started = { ...plan, image: startedImage(plan, this.cachedImage) };
    const container = containerResource(this, name, started, options, { count: this.startCount });
    commentOn(
      container,
      "Exists only while the workspace runs. Envbuilder replaces its filesystem by the image that it builds.",
    );
    return pinLogicalId(container, id);
  }

  private describeContainer(
    id: string,
    repository: Repository,
    plan: ContainerPlan,
    cache: ImageCache | undefined,
  ): Metadata {
    const instance = `${this.container.terraformResourceType}.${id}[0]`;
    const metadata = new Metadata(this, "metadata", {
      count: this.startCount,
      resourceId: `\${${instance}.id}`,
      item: [...imageItems(plan.image, `${instance}.image`, cache), { key: "repository", value: repository.url }],
    });
    return pinLogicalId(metadata, id);
  }
}

/** What Coder's administrators find containers by. */
function checkReservedLabels(labels: { readonly [name: string]: string }): void {
  const taken = Object.keys(labels).find((name) => RESERVED_LABELS.includes(name));
  if (taken === undefined) return;
  throw new ValidationError(
    "label-reserved",
    `labels has ${shown(taken)}, which says whose workspace this is and is set already; leave it out`,
  );
}

function ownerLabels(scope: Construct): { label: string; value: string }[] {
  const { workspace, owner } = CoderData.of(scope);
  return [
    { label: "coder.owner", value: attributeOf(owner, "name") },
    { label: "coder.owner_id", value: attributeOf(owner, "id") },
    { label: "coder.workspace_id", value: attributeOf(workspace, "id") },
  ];
}
