// What is served: a cluster, as far as its API server's adapter needs it.
import type { ApiServer } from '../../src/api/types.ts'
import type { Engine } from '../../src/engine/engine.ts'

export interface World {
  readonly engine: Engine
  readonly api: ApiServer
}
