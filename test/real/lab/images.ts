import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { command } from "./command";
import { docker, hasImage, label } from "./docker";
import { settings } from "./settings";
import { statePath } from "./state";
import { tool } from "./tools";

/**
 * The program that we built, packed as upstream's Dockerfile packs it, under upstream's name.
 *
 * An image that has the name already is upstream's own: it stays, and is what the tests run.
 */
export async function makeEnvbuilderImage(): Promise<void> {
  if (await hasImage(settings.images.envbuilder)) {
    return;
  }
  const binary = tool("envbuilder");
  const dockerfile = [
    "FROM scratch",
    "COPY envbuilder /.envbuilder/bin/envbuilder",
    "ENV KANIKO_DIR=/.envbuilder",
    'ENTRYPOINT ["/.envbuilder/bin/envbuilder"]',
  ];
  await docker(["build", "--quiet", ...label(), "--tag", settings.images.envbuilder, "--file", "-", dirname(binary)], {
    input: dockerfile.join("\n"),
  });
}

/**
 * A distribution of one megabyte: BusyBox, a user dev, no certificate authority at all.
 *
 * It has the link from /var/run to /run of real distributions, which Envbuilder's default ignore paths are about, and
 * /etc/os-release, without which Coder's agent does not get ready.
 */
export async function makeBaseImage(): Promise<void> {
  const root = statePath("base");
  for (const folder of ["bin", "etc/ssl/certs", "root", "run", "tmp", "var", "home/dev"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  chmodSync(join(root, "tmp"), 0o1777);
  const busybox = join(root, "bin/busybox");
  copyFileSync((await command("which", ["busybox"])).stdout.trim(), busybox);
  for (const applet of (await command(busybox, ["--list"])).stdout.trim().split("\n")) {
    if (applet !== "busybox") {
      symlinkSync("busybox", join(root, "bin", applet));
    }
  }
  symlinkSync("/run", join(root, "var/run"));
  writeFileSync(join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\ndev:x:1000:1000::/home/dev:/bin/sh\n");
  writeFileSync(join(root, "etc/group"), "root:x:0:\ndev:x:1000:\n");
  writeFileSync(join(root, "etc/os-release"), "ID=busybox\nNAME=busybox\n");
  await command("tar", ["--owner=0", "--group=0", "-C", root, "-cf", `${root}.tar`, "."]);
  await importImage(`${root}.tar`, settings.images.base);
}

/** What holds a pod's namespaces, and whatever else a pod may run beside Envbuilder: the base image, which sleeps. */
export async function makePauseImage(): Promise<string> {
  await importImage(`${statePath("base")}.tar`, settings.images.pause, ["/bin/sleep", "inf"]);
  return settings.images.pause;
}

/** A Debian with the programs that people use, and its own store of certificates: for what is installed into it. */
export async function makeDebianImage(): Promise<void> {
  await importImage(tool("debian"), settings.images.debian);
}

/** The same with Java, Node.js and pip. */
export async function makeJavaImage(): Promise<void> {
  await importImage(tool("debian-java"), settings.images.java);
}

/** Makes an image of an archive that holds a root file system. */
async function importImage(archive: string, name: string, run: readonly string[] = ["/bin/sh"]): Promise<void> {
  const changes = [
    "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    `CMD ${JSON.stringify(run)}`,
    `LABEL ${settings.prefix}=1`,
  ];
  await docker(["import", ...changes.flatMap((change) => ["--change", change]), archive, name]);
}
