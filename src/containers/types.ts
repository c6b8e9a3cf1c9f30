// What a container is made from, and what the runtime knows of one.
import type { Container, EphemeralContainer } from '../kinds/schema/types.ts'

/** A container of a pod, of whichever of its three lists. */
export type ContainerSpec = Readonly<Container> & Pick<EphemeralContainer, 'targetContainerName'>

/** One container of the runtime, as of one moment; replaced, never changed. */
export interface ContainerState {
  readonly id: string
  readonly name: string
  readonly state: 'created' | 'running' | 'exited'
  /** `docker.io/library/nginx:1.27` and `docker.io/library/nginx@sha256:…`. */
  readonly image: string
  readonly imageRef: string
  /** What it was made from: a changed definition means a restart. */
  readonly spec: ContainerSpec
  readonly restartCount: number
  readonly createdAt: number
  readonly startedAt?: number
  readonly finishedAt?: number
  readonly exitCode?: number
  readonly reason?: string
  readonly message?: string
}
