import { agentEnvExpansion } from "./agent-env-expansion";
import { agentName } from "./agent-name";
import { agentNearestResource } from "./agent-nearest-resource";
import { agentOnCachedImage } from "./agent-on-cached-image";
import { agentTokenInPersistentResource } from "./agent-token-in-persistent-resource";
import { agentWithoutResource } from "./agent-without-resource";
import { appAgentReference } from "./app-agent-reference";
import { appSlug } from "./app-slug";
import { backendInTemplate } from "./backend-in-template";
import { coderDataSourceMetaArguments } from "./coder-data-source-meta-arguments";
import { countedReference } from "./counted-reference";
import { dataSourceNamedMe } from "./data-source-named-me";
import { metadataTarget } from "./metadata-target";
import { parameterFormType } from "./parameter-form-type";
import { parameterMutability } from "./parameter-mutability";
import { parameterNameUnique } from "./parameter-name-unique";
import { parameterOptions } from "./parameter-options";
import { parameterValidation } from "./parameter-validation";
import { persistentResource } from "./persistent-resource";
import { presetDefault } from "./preset-default";
import { presetParameters } from "./preset-parameters";
import { remoteState } from "./remote-state";
import type { Rule } from "./rule";
import { unknownTopLevelBlock } from "./unknown-top-level-block";
import { variableDefaultNull } from "./variable-default-null";
import { variableType } from "./variable-type";

/** What is checked of every template, from the whole to its parts: what a reader should repair first comes first. */
export const TEMPLATE_RULES: readonly Rule[] = [
  backendInTemplate,
  unknownTopLevelBlock,
  remoteState,
  countedReference,
  variableType,
  variableDefaultNull,
  dataSourceNamedMe,
  coderDataSourceMetaArguments,
  parameterNameUnique,
  parameterFormType,
  parameterOptions,
  parameterMutability,
  parameterValidation,
  presetParameters,
  presetDefault,
  agentName,
  agentWithoutResource,
  agentOnCachedImage,
  agentNearestResource,
  agentTokenInPersistentResource,
  agentEnvExpansion,
  appSlug,
  appAgentReference,
  metadataTarget,
  persistentResource,
];
