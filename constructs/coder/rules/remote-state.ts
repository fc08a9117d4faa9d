import { dataSources } from "./reading/elements";
import type { Rule } from "./rule";

/** A value of another cdktf stack becomes a read of that stack's state file, which Coder's provisioner does not have. */
export const remoteState: Rule = {
  id: "remote-state",
  level: "error",
  check: (tree) =>
    dataSources(tree, "terraform_remote_state")
      .filter(({ body }) => body["backend"] === "local")
      .map(({ address, name }) => ({
        address,
        message: name.startsWith("cross-stack-reference-input")
          ? `values must come from this stack, because Coder runs each template alone, got one of the stack ${name.replace(/^cross-stack-reference-input-?/, "")}; ` +
            `pass a plain value or declare a variable`
          : `backend must not be "local", because Coder's provisioner does not have files of other folders, got "local"; ` +
            `declare a variable or use a remote backend`,
      })),
};
