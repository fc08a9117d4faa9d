import type { Container } from "@cdktf/provider-docker/lib/container";
import { Construct } from "constructs";
import { planContainer } from "../envbuilder/container-plan";
import { initScript } from "../envbuilder/init-script";
import type { StandaloneSettings } from "../envbuilder/standalone-settings";
import type { CachedImage } from "../providers/envbuilder/cached-image";
import { checkPropKinds } from "../settings/prop-kinds";
import { silence } from "../terraform/annotation";
import { pinLogicalId } from "../terraform/logical-id";
import { escapedForTerraform } from "../terraform/terraform-text";
import { cachedImage, startedImage } from "../workspace/cached-image";
import { containerResource } from "./container-resource";
import { checkDockerOptions, hasOwnNetwork, type DockerContainerOptions } from "./docker-options";
import { provideDocker } from "./docker-provider";

/** An Envbuilder container on Docker. */
export interface EnvbuilderContainerProps extends StandaloneSettings, DockerContainerOptions {
  /** The container's name. */
  readonly name: string;
  /**
   * Whether the container has a terminal and keeps its standard input, for a script that is a shell.
   *
   * @default false
   */
  readonly interactive?: boolean;
  /**
   * Whether Envbuilder only looks for the image in its cache, logs `ENVBUILDER_CACHED_IMAGE=` and the image, and ends
   * (`ENVBUILDER_GET_CACHED_IMAGE`). Terraform then does not wait for the container to stay.
   *
   * @default false
   */
  readonly getCachedImage?: boolean;
}

/**
 * Envbuilder in a Docker container, without Coder: clones a repository, builds its dev container behind whatever proxy and
 * private certificate authority, and runs a script in it. Stands in any stack that has a Docker provider; a `CoderTemplate`
 * gets one.
 */
export class EnvbuilderContainer extends Construct {
  /** The `docker_container` itself, named in Terraform as the construct's id. */
  public readonly resource: Container;
  /** The `envbuilder_cached_image`, where `cache` is probed. */
  public readonly cachedImage: CachedImage | undefined;

  /**
   * @param id - its name in Terraform: letters, digits, _ and -, a letter first
   * @throws when settings contradict each other or would fail in the container
   */
  public constructor(scope: Construct, id: string, props: EnvbuilderContainerProps) {
    super(scope, id);
    checkPropKinds(props);
    silence(this, props.silencedWarnings);
    checkDockerOptions(props);
    provideDocker(this, props);
    const plan = planContainer(props, {
      initScript: props.initScript === undefined ? undefined : initScript(props, escapedForTerraform(props.initScript)),
      initArguments: props.initArguments?.map(escapedForTerraform),
      agent: props.coderAgent && { url: props.coderAgent.url, token: [props.coderAgent.token.piece()] },
      getCachedImage: props.getCachedImage,
      mounts: props.mounts,
      sysAdmin: isSysAdmin(props),
      ownNetwork: hasOwnNetwork(props),
      skipRebuild: props.skipRebuild,
    });
    this.cachedImage = cachedImage(this, id, plan, props.cache);
    const started = { ...plan, image: startedImage(plan, this.cachedImage) };
    const more = {
      ...(props.interactive ? { tty: true, stdinOpen: true } : {}),
      ...(props.getCachedImage ? { mustRun: false } : {}),
    };
    this.resource = pinLogicalId(containerResource(this, props.name, started, props, more), id);
  }
}

/** Whether the container may mount, and so move read-only mounts out of the way. */
export function isSysAdmin({ privileged, addCapabilities }: DockerContainerOptions): boolean {
  return privileged === true || (addCapabilities ?? []).includes("SYS_ADMIN");
}
