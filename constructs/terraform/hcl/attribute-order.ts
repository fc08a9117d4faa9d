// The order in which a person would write the attributes of a block. The generated classes know them only alphabetically.
import type { TerraformBody } from "../tree";

/** Settings of Terraform itself that open a block, before what the block is about. */
const HEAD = names("count for_each provider providers alias");

/** Those that close it. */
const TAIL = names("provisioner connection lifecycle depends_on");

/** What a thing is comes before how it is. */
const LEADING = names(
  "source version key name display_name description type icon kind host label default value metadata spec",
);

/** Orders of types, and of nested blocks by their names; what they do not name stands at the star, or follows, as declared. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  terraform: names("required_version required_providers backend cloud"),
  variable: names("description type default sensitive nullable ephemeral validation"),
  output: names("description value sensitive ephemeral"),

  coder_agent: names(
    "arch os dir auth * env startup_script_behavior startup_script shutdown_script display_apps metadata",
  ),
  coder_app: names(
    "agent_id slug display_name icon group url command external hidden subdomain share order open_in tooltip healthcheck",
  ),
  coder_parameter: names(
    "name display_name description icon type form_type mutable ephemeral order default styling option validation",
  ),
  coder_metadata: names("resource_id hide icon daily_cost item"),
  coder_script: names(
    "agent_id display_name icon run_on_start run_on_stop cron start_blocks_login timeout log_path script",
  ),
  coder_workspace_preset: names("name description icon default parameters prebuilds"),
  option: names("name value description icon"),
  validation: names("condition error_message min max monotonic regex error"),
  item: names("key value sensitive"),

  docker_container: names(
    "name image hostname user privileged runtime working_dir * entrypoint command env host networks_advanced ports " +
      "volumes mounts labels upload",
  ),
  registry_auth: names("address username password config_file_content"),
  docker_volume: names("name driver driver_opts labels"),
  docker_image: names("name build keep_locally"),
  host: names("host ip"),
  labels: names("label value"),
  mounts: names("type source target read_only"),
  networks_advanced: names("name aliases"),
  ports: names("internal external ip protocol"),
  upload: names("file source content content_base64 executable permissions"),
  volumes: names("volume_name host_path container_path read_only"),

  // Of a coder_agent and of a Kubernetes object.
  metadata: names("key display_name script interval timeout order name generate_name namespace labels annotations"),
  // Of a coder_app, and of a docker_container.
  healthcheck: names("url test interval timeout start_period retries threshold"),

  kubernetes_deployment: names("wait_for_rollout metadata spec"),
  kubernetes_deployment_v1: names("wait_for_rollout metadata spec"),
  kubernetes_persistent_volume_claim: names("wait_until_bound metadata spec"),
  kubernetes_persistent_volume_claim_v1: names("wait_until_bound metadata spec"),
  spec: names(
    "replicas strategy selector template hostname service_account_name node_selector host_network security_context " +
      "host_aliases init_container container volume toleration affinity access_modes storage_class_name resources",
  ),
  template: names("metadata spec"),
  container: names(
    "name image image_pull_policy command args working_dir security_context env env_from port resources volume_mount",
  ),
  env: names("name value value_from"),
  resources: names("requests limits"),
  volume: names("name path"),
  volume_mount: names("name mount_path sub_path read_only"),
};

function names(list: string): readonly string[] {
  return list.split(" ");
}

/**
 * The place of an attribute or nested block in its body: less comes first, equals stay as declared.
 *
 * @param orderedAs - the type of the resource or data source, or the name of another block
 */
export function attributeRank(name: string, orderedAs: string): number {
  const head = HEAD.indexOf(name);
  if (head >= 0) return head - 1000;
  const tail = TAIL.indexOf(name);
  if (tail >= 0) return 1000 + tail;
  const own = Object.hasOwn(ORDERS, orderedAs) ? ORDERS[orderedAs] : undefined;
  const order = own ?? LEADING;
  const place = order.indexOf(name);
  const others = order.includes("*") ? order.indexOf("*") : order.length;
  return place >= 0 ? place - others : 0;
}

/** An object with its attributes in that order. */
export function inOrder(value: TerraformBody, orderedAs: string): TerraformBody {
  const entries = Object.entries(value).sort(([a], [b]) => attributeRank(a, orderedAs) - attributeRank(b, orderedAs));
  return Object.fromEntries(entries);
}

/** Whether an attribute is one of Terraform's own that open a block and stand apart from the rest. */
export function opensBlock(name: string): boolean {
  return name === "count" || name === "for_each";
}
