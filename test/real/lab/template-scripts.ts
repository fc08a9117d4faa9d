import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Chroot } from "./chroot";

const scripts = join(__dirname, "../../../constructs/envbuilder/scripts");

/** What /bin/sh is somewhere: a name, and how to call it. */
export const SHELLS = ["dash", "bash --posix", "busybox sh"].map((shell) => [shell, shell.split(" ")] as const);

/** Puts the scripts that templates carry where containers have them. */
export function prepared(root: Chroot): Chroot {
  for (const name of ["install-ca.sh", "etc-environment.sh"]) {
    root.write(`/.envbuilder/scripts/${name}`, readFileSync(join(scripts, name), "utf8"));
  }
  return root;
}
