// dockerd as a service of the machine that has it, the control plane's: it can be stopped. The daemon itself is none of the
// kubelet's business (src/docker); it asks here whether it runs.
import { privateCertificate } from '../containers/registry-hosts.ts'
import type { Kubelet } from './kubelet.ts'

const about = 'docker.service - Docker Application Container Engine'
const socket = '/run/docker.sock'
const settingsFile = '/etc/docker/daemon.json'
const certificateFile = '/root/harbor.example.com.crt'
/** A mirror of Docker Hub, as the tutorial sets one, and the private registry that speaks no TLS on this port. */
const settings = {
  'insecure-registries': ['harbor.example.com:5001'],
  'registry-mirrors': ['http://127.0.0.1:5000'],
}

export class DockerService {
  readonly #kubelet: Kubelet
  /** Learns that the service was stopped or started. */
  changed: (active: boolean) => void = () => {}
  active = true

  constructor(kubelet: Kubelet) {
    this.#kubelet = kubelet
    const { files } = kubelet
    files.makeSpecial(socket, 'socket')
    files.mkdir('/etc/docker', { parents: true })
    // What the private registry's administrator hands out to who shall trust it.
    files.write(certificateFile, privateCertificate)
    files.write(settingsFile, `${JSON.stringify(settings, undefined, 2)}\n`)
  }

  stop(): void {
    if (!this.active) return
    this.active = false
    const { journal, files, services } = this.#kubelet
    services.stop('docker')
    journal.service('docker', `Stopped ${about}.`)
    if (files.exists(socket)) files.remove(socket)
    this.changed(false)
  }

  start(): void {
    if (this.active) return
    this.active = true
    const { journal, files, services } = this.#kubelet
    services.start('docker')
    journal.service('docker', `Started ${about}.`)
    files.makeSpecial(socket, 'socket')
    this.changed(true)
  }
}
