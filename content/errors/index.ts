// The index of errors, in the order in which its page shows them.
import type { KnownError, Speaker } from '../../src/lesson/known-error.ts'
import { configuration } from './configuration.ts'
import { docker } from './docker.ts'
import { ingress } from './ingress.ts'
import { jobAnswers, jobStates } from './jobs.ts'
import { kubectl } from './kubectl.ts'
import { request, shell } from './request.ts'
import { server } from './server.ts'
import { status } from './status.ts'

export const errors: Readonly<Record<Speaker, readonly KnownError[]>> = {
  kubectl,
  server: [...server, ...configuration, ...jobAnswers],
  status: [...status, ...jobStates],
  request: [...request, ...ingress],
  shell,
  docker,
}
