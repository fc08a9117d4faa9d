import { posix } from "node:path";
import { ValidationError, shown } from "../errors";
import type { Size } from "../settings/size";
import { hasReference } from "../settings/text";

/** How a mount is used. */
export interface DockerMountOptions {
  /**
   * Whether the container may only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Something that is mounted into a container. */
export class DockerMount {
  /**
   * A volume of Docker, by name.
   *
   * @param containerPath - absolute path in the container
   */
  public static volume(name: string, containerPath: string, options: DockerMountOptions = {}): DockerMount {
    return new DockerMount("volume", name, containerPath, options);
  }

  /**
   * A file or directory of the Docker host, which has to exist: Docker creates none.
   *
   * @param hostPath - absolute path on the host
   * @param containerPath - absolute path in the container
   * @throws when the host's path is not absolute
   */
  public static bind(hostPath: string, containerPath: string, options: DockerMountOptions = {}): DockerMount {
    if (!hasReference(hostPath) && !posix.isAbsolute(hostPath)) {
      throw new ValidationError(
        "host-path-not-absolute",
        `mount source ${shown(hostPath)} must be an absolute path of the Docker host, where Terraform's working directory means nothing; write it from the root`,
      );
    }
    return new DockerMount("bind", hostPath, containerPath, options);
  }

  /**
   * A filesystem in memory, empty at each start.
   *
   * @param containerPath - absolute path in the container
   */
  public static memory(containerPath: string, size: Size): DockerMount {
    return new DockerMount("tmpfs", undefined, containerPath, {}, size);
  }

  private constructor(
    /** @internal */
    public readonly type: "volume" | "bind" | "tmpfs",
    /** @internal */
    public readonly source: string | undefined,
    /** @internal */
    public readonly path: string,
    // Private, so that types take nothing else for one.
    private readonly options: DockerMountOptions,
    /** @internal */
    public readonly size?: Size,
  ) {}

  /** @internal */
  public get readOnly(): boolean {
    return this.options.readOnly ?? false;
  }
}
