// The order in which a person would write the attributes of a block. The generated classes know them only alphabetically.

/** Settings of Terraform itself that open a block, before what the block is about. */
const HEAD: readonly string[] = ["count", "for_each", "iterator", "provider", "providers", "alias"];

/** What a thing is comes before how it is. */
const LEADING = names(
  "source version key name display_name description type icon default value kind host label metadata spec",
);

const TRAILING: readonly string[] = ["provisioner", "connection", "lifecycle", "depends_on"];

/** Orders of single types, by label; what they do not name follows as declared. */
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  variable: names("description type default sensitive nullable ephemeral"),
  output: names("description value sensitive"),
  coder_agent: names("arch os dir auth env startup_script shutdown_script"),
  coder_app: names("agent_id slug display_name icon url command external subdomain share order"),
  coder_parameter: names(
    "name display_name description icon type form_type mutable ephemeral order default styling option validation",
  ),
  coder_metadata: names("resource_id hide icon daily_cost item"),
  docker_container: names("name image hostname user entrypoint command env"),
  docker_volume: names("name driver driver_opts"),
};

function names(list: string): readonly string[] {
  return list.split(" ");
}

/**
 * The place of an attribute or nested block in its body: less comes first, equals stay as declared.
 *
 * @param type - the type of the resource or data source, or the kind of another top-level block; none for nested blocks
 */
export function attributeRank(name: string, type: string | undefined): number {
  const head = HEAD.indexOf(name);
  if (head >= 0) return head - 1000;
  const last = TRAILING.indexOf(name);
  if (last >= 0) return 1000 + last;
  const own = type === undefined ? undefined : OF_TYPE[type];
  const place = (own ?? LEADING).indexOf(name);
  return place >= 0 ? place - 100 : 0;
}

/** Whether an attribute is one of Terraform's own that open a block and stand apart from the rest. */
export function opensBlock(name: string): boolean {
  return name === "count" || name === "for_each";
}
