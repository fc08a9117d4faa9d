import { dataSources } from "./reading/elements";
import { isUnset } from "./reading/literal";
import type { Rule } from "./rule";

const REASONS: ReadonlyMap<string, string> = new Map([
  [
    "provider",
    "a template needs one Coder provider, and in a .tf.json file the argument hides all others from Coder's form; " +
      "leave it out and configure the provider without an alias",
  ],
  [
    "depends_on",
    "a data source that waits is read during apply, where Coder passes no values of parameters; " +
      "let the resource that needs an order depend on the data source",
  ],
]);

/** Coder reads its own data sources before Terraform runs, and again while planning: nothing may stand in the way. */
export const coderDataSourceMetaArguments: Rule = {
  id: "coder-data-source-meta-arguments",
  level: "error",
  check: (tree) =>
    dataSources(tree)
      .filter(({ type }) => type.startsWith("coder_"))
      .flatMap(({ address, body }) =>
        [...REASONS]
          .filter(([name]) => {
            const value = body[name];
            return !isUnset(value) && !(Array.isArray(value) && value.length === 0);
          })
          .map(([name, reason]) => ({
            address,
            message: `${name} must not be set on a data source of Coder, got ${JSON.stringify(body[name])}: ${reason}`,
          })),
      ),
};
