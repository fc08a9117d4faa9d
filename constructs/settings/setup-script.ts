import { ValidationError, shown } from "../errors";
import { markKind } from "./kind";
import { checkLiteralCredentials } from "./literal-credentials";
import { STRING, checkKind } from "./value-kinds";

/**
 * A script of the author's own that runs as root when the build is done, at every start, also of a cached image. It knows the
 * container's variables and, in `TARGET_USER`, who the workspace is for; its folder is the workspace's.
 *
 * It is a file of the template, so that `${…}` in it is the shell's, and no place for secrets: those reach it as
 * `secretEnvironment`. It runs in `/bin/sh`, or in what its first line names, such as `#!/bin/bash`.
 */
export class SetupScript {
  /**
   * A script that the workspace needs: if its exit status is not 0, the container ends.
   *
   * @throws when the script is empty, holds a token or a URL with a password, or begins with `#!` and no absolute path
   */
  public static required(script: string): SetupScript {
    return new SetupScript(script, true);
  }

  /**
   * A script that may fail: then a line in Envbuilder's log says so, and the workspace starts.
   *
   * @throws as `required` does
   */
  public static bestEffort(script: string): SetupScript {
    return new SetupScript(script, false);
  }

  /** The script, with a line break at its end. @internal */
  public readonly text: string;
  /** The program that runs the script, and perhaps an argument, as the first line of the script has them. @internal */
  public readonly interpreter: string;
  // Private, so that types take nothing else for one.
  private readonly mustSucceed: boolean;

  private constructor(script: string, mustSucceed: boolean) {
    markKind(this, "SetupScript");
    checkKind("setupScript", STRING, script);
    if (script.trim() === "") {
      throw new ValidationError(
        "setup-script-empty",
        "setupScript is empty; give the script, or leave setupScript out",
      );
    }
    if (/\$\{TfToken\[|#\{TfToken\[/.test(script)) {
      throw new ValidationError(
        "setup-script-with-reference",
        "setupScript holds a token, which stays as it is in a file of the template; give the value as environment or secretEnvironment, and write $NAME in the script",
      );
    }
    checkLiteralCredentials("setupScript", script);
    // A carriage return would become a part of the last word of each line.
    this.text = `${script.replaceAll("\r\n", "\n").replace(/\n*$/, "")}\n`;
    this.mustSucceed = mustSucceed;
    this.interpreter = interpreterOf(this.text);
  }

  /** Whether a failure ends the container. @internal */
  public get isRequired(): boolean {
    return this.mustSucceed;
  }
}

function interpreterOf(script: string): string {
  const [line = ""] = script.split("\n");
  if (!line.startsWith("#!")) return "/bin/sh";
  const command = line.slice(2).trim();
  if (/^\/[\w./+-]+(?:[ \t]+[\w./=+-]+)?$/.test(command)) return command;
  throw new ValidationError(
    "setup-script-interpreter",
    `setupScript begins with ${shown(line)}, which must be #! and the absolute path of a program with one argument at most; write it as #!/bin/bash`,
  );
}
