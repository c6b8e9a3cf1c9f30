// All tables of parts. A new table is listed here, and loaded from then on where it is needed.
import { admissionParts } from '../api/admission/loaders.ts'
import * as api from '../api/loaders.ts'
import { furtherParts } from '../cluster/loaders.ts'
import { catalogParts } from '../containers/catalog/loaders.ts'
import { flagParts, makers } from '../containers/images/loaders.ts'
import { binaryParts, containerParts, lookupParts, machineParts } from '../containers/programs/loaders.ts'
import { controllerParts } from '../controllers/loaders.ts'
import * as docker from '../docker/loaders.ts'
import { expressionParts, linearParts } from '../engine/expressions/loaders.ts'
import type { PartTable } from '../engine/parts.ts'
import { rareParts } from '../engine/rare.ts'
import { celParts } from '../kinds/cel/loaders.ts'
import { kindParts } from '../kinds/loaders.ts'
import { podUpdateParts } from '../kinds/pod-spec/loaders.ts'
import { typeParts } from '../kinds/schema/loaders.ts'
import { commandParts } from '../kubectl/commands/loaders.ts'
import * as kubectl from '../kubectl/loaders.ts'

import { connectorParts, serverParts } from '../kubelet/loaders.ts'
import { nodeParts } from '../kubelet/node-tools/loaders.ts'
import * as lesson from '../lesson/loaders.ts'
import { filterParts } from '../network/loaders.ts'
import { preemptionParts, volumeBinderParts } from '../scheduler/loaders.ts'

import { toolParts } from '../shell/tools/loaders.ts'

export const families: readonly PartTable<unknown>[] = [
  commandParts,
  ...Object.values(kubectl),
  docker.dockerParts,
  docker.dockerHelpParts,
  toolParts,
  machineParts,
  containerParts,
  lookupParts,
  binaryParts,
  nodeParts,
  filterParts,
  ...Object.values(lesson),
  catalogParts,
  makers,
  flagParts,
  expressionParts,
  linearParts,
  celParts,
  kindParts,
  admissionParts,
  ...Object.values(api),
  preemptionParts,
  volumeBinderParts,
  podUpdateParts,
  typeParts,
  connectorParts,
  controllerParts,
  furtherParts,
  serverParts,
  rareParts,
]
