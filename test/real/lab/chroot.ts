import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type CommandResult, command } from "./command";
import { stateFolder } from "./state";
import { tool } from "./tools";

const PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

/** A root file system that programs run in without a container: for what asks for nothing but files and tools. */
export class Chroot {
  /** A Debian, with all of its own tools, and BusyBox. */
  public static async debian(): Promise<Chroot> {
    const root = new Chroot(stateFolder("debian"));
    await command("tar", ["-C", root.folder, "-xf", tool("debian")]);
    await root.addBusybox();
    return root;
  }

  /** No distribution: BusyBox, dash and bash, and nothing below /etc. */
  public static async small(): Promise<Chroot> {
    const root = new Chroot(stateFolder("small"));
    // Not for its owner alone.
    chmodSync(root.folder, 0o755);
    for (const folder of ["bin", "dev", "etc", "tmp", "usr/sbin"])
      mkdirSync(join(root.folder, folder), { recursive: true });
    await command("mknod", ["-m", "666", join(root.folder, "dev/null"), "c", "1", "3"]);
    await root.addBusybox();
    const { stdout } = await command("/bin/busybox", ["--list"]);
    for (const applet of stdout.trim().split("\n")) {
      if (applet !== "busybox") symlinkSync("busybox", join(root.folder, "bin", applet));
    }
    await Promise.all(["dash", "bash"].map((shell) => root.addProgram(shell)));
    return root;
  }

  private constructor(public readonly folder: string) {}

  /** Runs a program as root, or as another user. Any status is a result. */
  public async run(args: readonly string[], env: NodeJS.ProcessEnv = {}, user = "0:0"): Promise<CommandResult> {
    const all = Array.from({ length: 256 }, (_, status) => status);
    return await command("chroot", [`--userspec=${user}`, this.folder, ...args], {
      env: { PATH, HOME: "/root", ...env },
      statuses: all,
    });
  }

  public write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    chmodSync(join(this.folder, path), mode);
  }

  public link(path: string, target: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    symlinkSync(target, join(this.folder, path));
  }

  /** What is in a file; undefined where there is none. */
  public read(path: string): string | undefined {
    const file = join(this.folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  private async addBusybox(): Promise<void> {
    copyFileSync((await command("which", ["busybox"])).stdout.trim(), join(this.folder, "bin/busybox"));
  }

  /** With the libraries that it wants. */
  private async addProgram(name: string): Promise<void> {
    const { stdout } = await command("ldd", [`/bin/${name}`]);
    const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, file = ""]) => file);
    for (const file of [`/bin/${name}`, ...libraries]) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      copyFileSync(file, join(this.folder, file));
      chmodSync(join(this.folder, file), 0o755);
    }
  }
}
