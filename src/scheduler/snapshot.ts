// The nodes as filters and scores see them, and the other objects that some of them ask about.

import type { Informer, Informers } from '../api/informer.ts'
import type { Service } from '../kinds/schema/types.ts'
import type { NodeInfo } from './node-info.ts'

export class Snapshot {
  readonly nodes = new Map<string, NodeInfo>()
  /** In an order that does not depend on names alone: by zone, as they came. */
  list: NodeInfo[] = []
  /** Number of pods on all nodes that have required (anti-)affinity, so that most pods need not look at others. */
  withAntiAffinity = 0
  withAffinity = 0
  readonly informers: Informers
  readonly services: Informer<Service>

  constructor(informers: Informers) {
    this.informers = informers
    this.services = informers.of('services')
  }
}
