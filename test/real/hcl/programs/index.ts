import { agents } from "./agents";
import { containers } from "./containers";
import { expressionPrograms } from "./expressions";
import { kubernetes } from "./kubernetes";
import { lifecycle } from "./lifecycle";
import { locals } from "./locals";
import { modules } from "./modules";
import { outputs } from "./outputs";
import { overrides } from "./overrides";
import { parameters } from "./parameters";
import type { Program } from "./program";
import { providers } from "./providers";
import { randomStrings } from "./random-strings";
import { refactoring } from "./refactoring";
import { repetition } from "./repetition";
import { states } from "./state";
import { strings } from "./strings";
import { variables } from "./variables";
import { wholeTemplate } from "./whole-template";

/** One program per feature of the Terraform language that cdktf can express. */
export const PROGRAMS: readonly Program[] = [
  [agents, containers, expressionPrograms, kubernetes, lifecycle, locals, modules, outputs, overrides, parameters],
  [providers, randomStrings, refactoring, repetition, states, strings, variables, wholeTemplate],
].flat(2);
