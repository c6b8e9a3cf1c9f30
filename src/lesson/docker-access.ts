// `docker` as a program of the workstation and of the control plane's machine. Its code comes with the first use.
import type { Cluster } from '../cluster/cluster.ts'
import type { Tool } from '../shell/command.ts'
import { called } from '../shell/command.ts'
import { dockerAccess } from './loaders.ts'

export const dockerOn = (cluster: Cluster): Tool => ({
  name: 'docker',
  summary: 'build images, run containers',
  run: process => called('docker')(dockerAccess.get('docker')(cluster)).run(process),
})
