// The functions that Kubernetes adds to CEL, each family in a file: k8s.io/apiserver/pkg/cel/library.
import type { Environment } from '@marcbachmann/cel-js'
import { CelError } from '../cel.ts'

/** Adds its functions to an environment. */
export type Library = (environment: Environment) => void

export const fail = (message: string): never => {
  throw new CelError(message)
}

/** A namespace of functions (`sets.contains`), which CEL sees as a constant. */
export class Namespace {}
