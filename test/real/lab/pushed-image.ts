import { join } from "node:path";

import { command } from "./command";
import { docker } from "./docker";
import { daemonImage } from "./registry";
import { stateFolder } from "./state";

/** An image of registry.test, unpacked: its configuration, its history, its layers as archives without compression. */
export class PushedImage {
  private constructor(private readonly folder: string) {}

  public static async of(image: string): Promise<PushedImage> {
    const name = daemonImage(image);
    await docker(["pull", "--quiet", name]);
    const folder = stateFolder("pushed");
    const archive = join(folder, "image.tar");
    await docker(["save", "--output", archive, name]);
    await command("tar", ["-xf", archive, "-C", folder]);
    await docker(["rmi", name]);
    return new PushedImage(folder);
  }

  /** Whether a text stands anywhere in it. */
  public async holds(text: string): Promise<boolean> {
    const { stdout } = await command("grep", ["-rlaF", "-e", text, this.folder], { statuses: [0, 1] });
    return stdout !== "";
  }
}
