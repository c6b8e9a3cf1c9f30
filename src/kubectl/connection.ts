// What kubectl is given of the world outside its machine.
import type { ApiServer } from '../api/types.ts'

export interface Connection {
  readonly api: ApiServer
  /** Where that server is, as a kubeconfig says it. */
  readonly server: string
}
