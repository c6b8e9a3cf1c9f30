// What kubectl is given of the world outside its machine.
import type { ApiServer } from '../api/types.ts'

export interface Connection {
  readonly api: ApiServer
  /** Where that server is, as a kubeconfig says it. */
  readonly server: string
  /** Files that hold the administrator's certificate, whatever happens: nobody has to read them to know who asks. */
  readonly administrator: readonly string[]
}
