// What kubectl is given of the world outside its machine.
import type { ApiServer } from '../api/types.ts'
import type { FieldDescriptions, HelpTexts } from './texts.ts'

export interface Connection {
  readonly api: ApiServer
  /** Where that server is, as a kubeconfig says it. */
  readonly server: string
  /** Texts of `--help`; big, so they are loaded apart. Without them help says so. */
  readonly help?: () => HelpTexts | undefined
  /** Descriptions of fields for `kubectl explain`. */
  readonly descriptions?: () => FieldDescriptions | undefined
}
